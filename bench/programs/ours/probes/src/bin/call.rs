//! Makes calls through an in-memory transport, or only parts of calls: `call whole|request|response COUNT`.

use farrier_runtime::operation::{self, RequestOptions};
use harness::{Result, argument, number, sequential};
use http::Uri;
use probes::{FixedResponse, grant, response};
use signin_client::Client;
use signin_client::operation::CreateOAuth2Token;
use std::hint::black_box;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let count = number(1, "number of calls")?;
    let client = Client::builder().endpoint_url("http://127.0.0.1").transport(FixedResponse).build()?;
    let endpoint = Uri::from_static("http://127.0.0.1");
    let options = RequestOptions::default();
    match argument(0, "part of the call")?.as_str() {
        "whole" => {
            sequential(count, async || {
                black_box(client.create_oauth2_token(grant()).await?);
                Ok(())
            })
            .await
        }
        "request" => {
            sequential(count, async || {
                black_box(operation::request::<CreateOAuth2Token>(grant().into(), &endpoint, &options)?);
                Ok(())
            })
            .await
        }
        "response" => {
            sequential(count, async || {
                black_box(operation::response::<CreateOAuth2Token>(response())?);
                Ok(())
            })
            .await
        }
        other => Err(format!("unknown part `{other}`, expected `whole`, `request` or `response`").into()),
    }
}
