//! Makes calls through a transport in memory, whole or in part: `call whole|request|response COUNT`.

use farrier_runtime::operation::{self, RequestOptions};
use harness::{Result, argument, number, one_by_one};
use http::Uri;
use probes::{Granting, grant, granted};
use signin_client::Client;
use signin_client::operation::CreateOAuth2Token;
use std::hint::black_box;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let count = number(1, "how many calls")?;
    let client = Client::builder().endpoint_url("http://127.0.0.1").transport(Granting).build()?;
    let endpoint = Uri::from_static("http://127.0.0.1");
    let options = RequestOptions::default();
    match argument(0, "what to do")?.as_str() {
        "whole" => {
            one_by_one(count, async || {
                black_box(client.create_oauth2_token(grant()).await?);
                Ok(())
            })
            .await
        }
        "request" => {
            one_by_one(count, async || {
                black_box(operation::request::<CreateOAuth2Token>(grant().into(), &endpoint, &options)?);
                Ok(())
            })
            .await
        }
        "response" => {
            one_by_one(count, async || {
                black_box(operation::response::<CreateOAuth2Token>(granted())?);
                Ok(())
            })
            .await
        }
        other => Err(format!("`{other}` is none of `whole`, `request`, `response`").into()),
    }
}
