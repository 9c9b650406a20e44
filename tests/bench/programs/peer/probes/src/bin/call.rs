//! Makes calls through a transport in memory: `call whole COUNT`.

use aws_sdk_signin::Client;
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use harness::{Result, TOKENS, argument, number, one_by_one};
use http::{HeaderValue, Response, header};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    if argument(0, "what to do")? != "whole" {
        return Err("the peer's calls are made as a whole".into());
    }
    let granting = infallible_client_fn(|_| {
        let mut response = Response::new(SdkBody::from(TOKENS));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    });
    let client = Client::from_conf(probes::config("http://127.0.0.1").http_client(granting).build());
    one_by_one(number(1, "how many calls")?, async || probes::refresh(&client).await).await
}
