//! After a response.

use crate::support::{After, hooked, of_answers};
use farrier_runtime::client::AttemptResponse;
use farrier_runtime::types::Bytes;
use farrier_tests::server::{RefusingPort, ScriptedResponse, Server};
use farrier_tests::signin::{granted, refresh_grant, tokens};
use signin_client::{Client, ErrorKind};

#[tokio::test]
async fn a_hook_sees_every_response_whatever_its_status() {
    let busy = ScriptedResponse::json(503, "not JSON").header("x-extra", "e");
    let server = Server::script([busy, ScriptedResponse::new(500), granted()]);
    let (hook, notes) = of_answers(|answer| {
        let extra = answer.headers().get("x-extra").cloned();
        (answer.operation(), answer.number(), answer.status().as_u16(), extra, answer.body().clone())
    });
    hooked(&server, hook).create_oauth2_token(refresh_grant()).await.unwrap();
    let extra = Some(http::HeaderValue::from_static("e"));
    let (name, tokens) = ("CreateOAuth2Token", Bytes::from(tokens().to_string()));
    let expected = [
        (name, 1, 503, extra, Bytes::from("not JSON")),
        (name, 2, 500, None, Bytes::new()),
        (name, 3, 200, None, tokens),
    ];
    assert_eq!(notes.take(), expected);
}

#[tokio::test]
async fn a_hook_sees_what_came_before_the_connection_broke_and_nothing_if_there_was_no_answer() {
    let (hook, notes) = of_answers(|answer| answer.body().clone());
    let server = Server::always(ScriptedResponse::json(200, "half").then_close());
    hooked(&server, hook).create_oauth2_token(refresh_grant()).retries(0).await.unwrap_err();
    assert_eq!(notes.take(), ["half"]);

    let (hook, notes) = of_answers(|_| ());
    let port = RefusingPort::new();
    let client = Client::builder().endpoint_url(port.url()).hook(hook).build().unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert!(notes.take().is_empty());
}

#[tokio::test]
async fn an_error_ends_the_call_and_keeps_the_answer() {
    for answer in [ScriptedResponse::json(503, "the body"), ScriptedResponse::json(200, "the body")] {
        let server = Server::always(answer.header("x-amzn-requestid", "the-id"));
        let hook = After(|_: &AttemptResponse| Err("the nonce is missing".into()));
        let error = hooked(&server, hook).create_oauth2_token(refresh_grant()).await.unwrap_err();
        let status = error.status().unwrap().as_u16();
        let expected = format!(
            "CreateOAuth2Token: a hook refused it: the nonce is missing (HTTP {status}, request id the-id)"
        );
        assert_eq!((error.kind(), error.to_string()), (ErrorKind::Hook, expected));
        assert_eq!(error.raw_response().unwrap().body(), "the body");
        assert!(!error.is_retryable());
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn the_body_of_a_streamed_output_is_still_on_its_way() {
    let server = Server::always(ScriptedResponse::new(200).body("the stream"));
    let (hook, notes) = of_answers(|answer| answer.body().clone());
    let client = golden_requests::Client::builder().endpoint_url(server.url()).hook(hook).build().unwrap();
    let output = client.download().await.unwrap();
    assert_eq!(notes.take(), [""]);
    assert_eq!(output.body.collect().await.unwrap(), "the stream");
}
