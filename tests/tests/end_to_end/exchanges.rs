//! What is told of an exchange, whatever came of it.

use farrier_runtime::client::{AttemptResponse, Hook};
use farrier_runtime::testing::MockTransport;
use farrier_runtime::transport::{BoxError, TransportError};
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{REQUEST_ID, client, granted, refresh_grant, refusal, tokens, with_request_id};
use signin_client::{Client, ErrorKind};
use std::time::Duration;

/// The second id that some services log a request under.
fn with_ids(answer: ScriptedResponse) -> ScriptedResponse {
    answer.header("x-amz-id-2", "the-second-id").header("x-extra", "e")
}

#[tokio::test]
async fn metadata_tells_status_ids_headers_and_attempts() {
    let server = Server::script([ScriptedResponse::new(503), with_ids(granted())]);
    let response = client(&server).create_oauth2_token(refresh_grant()).with_metadata().await.unwrap();
    let metadata = response.metadata;
    assert_eq!((metadata.status().as_u16(), metadata.attempts()), (200, 2));
    assert_eq!(metadata.request_id(), Some(REQUEST_ID));
    assert_eq!(metadata.extended_request_id(), Some("the-second-id"));
    assert_eq!(metadata.headers()["x-extra"], "e");
    assert!(metadata.retry_delay() <= Duration::from_millis(50));
}

struct Refusing;

impl Hook for Refusing {
    async fn after_response(&self, answer: &AttemptResponse) -> Result<(), BoxError> {
        if answer.status() == 202 { Err("not yet".into()) } else { Ok(()) }
    }
}

#[tokio::test]
async fn an_error_tells_them_too_where_there_was_an_answer() {
    for (answer, kind) in [
        (refusal(400, "ValidationException", "INVALID_REQUEST"), ErrorKind::Service),
        (with_request_id(ScriptedResponse::new(404)), ErrorKind::Service),
        (with_request_id(ScriptedResponse::json(200, "not JSON")), ErrorKind::Response),
        (with_request_id(ScriptedResponse::json(200, "{").then_close()), ErrorKind::Connection),
        (with_request_id(ScriptedResponse::new(202)), ErrorKind::Hook),
    ] {
        let server = Server::always(with_ids(answer));
        let client = Client::builder().endpoint_url(server.url()).hook(Refusing).build().unwrap();
        let error = client.create_oauth2_token(refresh_grant()).retries(0).await.unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(error.status().is_some(), "{error}");
        assert_eq!(error.request_id(), Some(REQUEST_ID), "{error}");
        assert_eq!(error.extended_request_id(), Some("the-second-id"), "{error}");
        assert_eq!(error.headers().unwrap()["x-extra"], "e", "{error}");
        assert_eq!((error.attempts(), error.retry_delay()), (1, Duration::ZERO), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn attempts_and_the_time_between_them_are_told_of_success_and_failure() {
    let busy = || http::Response::builder().status(503).header("retry-after", "7").body("").unwrap();
    let waits = Duration::from_secs(14)..Duration::from_secs(15);
    let client = |mock| Client::builder().endpoint_url("http://signin.test").transport(mock).build().unwrap();

    let mock = MockTransport::new().reply_with(busy()).reply_with(busy()).reply(200, tokens().to_string());
    let response = client(mock).create_oauth2_token(refresh_grant()).with_metadata().await.unwrap();
    assert_eq!(response.metadata.attempts(), 3);
    assert!(waits.contains(&response.metadata.retry_delay()), "{:?}", response.metadata.retry_delay());

    let mock =
        MockTransport::new().reply_with(busy()).reply_with(busy()).fail(TransportError::connect("refused"));
    let error = client(mock).create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.status()), (ErrorKind::Connection, 3, None));
    assert_eq!((error.request_id(), error.extended_request_id(), error.headers()), (None, None, None));
    assert!(waits.contains(&error.retry_delay()), "{:?}", error.retry_delay());
}
