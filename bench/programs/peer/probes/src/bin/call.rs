//! Makes calls through an in-memory transport: `call whole COUNT`.

use aws_sdk_signin::Client;
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use harness::{Result, TOKENS, argument, number, sequential};
use http::{HeaderValue, Response, header};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    if argument(0, "part of the call")? != "whole" {
        return Err("unknown part, expected `whole`".into());
    }
    let http_client = infallible_client_fn(|_| {
        let mut response = Response::new(SdkBody::from(TOKENS));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    });
    let client = Client::from_conf(probes::config("http://127.0.0.1").http_client(http_client).build());
    sequential(number(1, "number of calls")?, async || probes::refresh(&client).await).await
}
