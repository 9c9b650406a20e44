//! Hooks after a response.

use super::support::{AfterResponse, client_with_hook, record_responses};
use farrier_runtime::client::AttemptResponse;
use farrier_runtime::types::Bytes;
use farrier_tests::server::{RefusingPort, ScriptedResponse, Server};
use farrier_tests::signin::{refresh_grant, token_response, tokens};
use signin_client::{Client, ErrorKind};

#[tokio::test]
async fn hook_sees_responses_of_any_status() {
    let busy = ScriptedResponse::json(503, "not JSON").header("x-extra", "e");
    let server = Server::script([busy, ScriptedResponse::new(500), token_response()]);
    let (hook, recorded) = record_responses(|response| {
        let extra = response.headers().get("x-extra").cloned();
        (response.operation(), response.number(), response.status().as_u16(), extra, response.body().clone())
    });
    client_with_hook(&server, hook).create_oauth2_token(refresh_grant()).await.unwrap();
    let extra = Some(http::HeaderValue::from_static("e"));
    let (name, tokens) = ("CreateOAuth2Token", Bytes::from(tokens().to_string()));
    let expected = [
        (name, 1, 503, extra, Bytes::from("not JSON")),
        (name, 2, 500, None, Bytes::new()),
        (name, 3, 200, None, tokens),
    ];
    assert_eq!(recorded.take(), expected);
}

#[tokio::test]
async fn hook_sees_a_partial_response_but_no_refused_connection() {
    let (hook, recorded) = record_responses(|response| response.body().clone());
    let server = Server::always(ScriptedResponse::json(200, "half").then_close());
    client_with_hook(&server, hook).create_oauth2_token(refresh_grant()).retries(0).await.unwrap_err();
    assert_eq!(recorded.take(), ["half"]);

    let (hook, recorded) = record_responses(|_| ());
    let port = RefusingPort::new();
    let client = Client::builder().endpoint_url(port.url()).hook(hook).build().unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert!(recorded.take().is_empty());
}

#[tokio::test]
async fn hook_error_ends_the_call_and_keeps_the_response() {
    for response in [ScriptedResponse::json(503, "the body"), ScriptedResponse::json(200, "the body")] {
        let server = Server::always(response.header("x-amzn-requestid", "the-id"));
        let hook = AfterResponse(|_: &AttemptResponse| Err("the nonce is missing".into()));
        let error = client_with_hook(&server, hook).create_oauth2_token(refresh_grant()).await.unwrap_err();
        let status = error.status().unwrap().as_u16();
        let expected = format!(
            "CreateOAuth2Token: hook failed: the nonce is missing (HTTP {status}, request id the-id)"
        );
        assert_eq!((error.kind(), error.to_string()), (ErrorKind::Hook, expected));
        assert_eq!(error.raw_response().unwrap().body(), "the body");
        assert!(!error.is_retryable());
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn streamed_body_is_empty_in_the_hook() {
    let server = Server::always(ScriptedResponse::new(200).body("the stream"));
    let (hook, recorded) = record_responses(|response| response.body().clone());
    let client = snapshot_requests::Client::builder().endpoint_url(server.url()).hook(hook).build().unwrap();
    let output = client.download().await.unwrap();
    assert_eq!(recorded.take(), [""]);
    assert_eq!(output.body.collect().await.unwrap(), "the stream");
}
