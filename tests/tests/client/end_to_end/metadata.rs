//! Metadata of responses and errors: status, request ids, headers, attempts and retry delay.

use farrier_runtime::client::{AttemptResponse, Hook};
use farrier_runtime::testing::MockTransport;
use farrier_runtime::transport::{BoxError, TransportError};
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{
    REQUEST_ID, client, error_response, refresh_grant, token_response, tokens, with_request_id,
};
use signin_client::{Client, ErrorKind};
use std::time::Duration;

/// Adds the extended request id that some services return, and another header.
fn with_ids(response: ScriptedResponse) -> ScriptedResponse {
    response.header("x-amz-id-2", "the-second-id").header("x-extra", "e")
}

#[tokio::test]
async fn metadata_has_status_ids_headers_and_attempts() {
    let server = Server::script([ScriptedResponse::new(503), with_ids(token_response())]);
    let response = client(&server).create_oauth2_token(refresh_grant()).with_metadata().await.unwrap();
    let metadata = response.metadata;
    assert_eq!((metadata.status().as_u16(), metadata.attempts()), (200, 2));
    assert_eq!(metadata.request_id(), Some(REQUEST_ID));
    assert_eq!(metadata.extended_request_id(), Some("the-second-id"));
    assert_eq!(metadata.headers()["x-extra"], "e");
    assert!(metadata.retry_delay() <= Duration::from_millis(50));
}

struct RejectAccepted;

impl Hook for RejectAccepted {
    async fn after_response(&self, response: &AttemptResponse) -> Result<(), BoxError> {
        if response.status() == 202 { Err("not yet".into()) } else { Ok(()) }
    }
}

#[tokio::test]
async fn error_has_response_metadata_if_there_was_a_response() {
    for (response, kind) in [
        (error_response(400, "ValidationException", "INVALID_REQUEST"), ErrorKind::Service),
        (with_request_id(ScriptedResponse::new(404)), ErrorKind::Service),
        (with_request_id(ScriptedResponse::json(200, "not JSON")), ErrorKind::Response),
        (with_request_id(ScriptedResponse::json(200, "{").then_close()), ErrorKind::Connection),
        (with_request_id(ScriptedResponse::new(202)), ErrorKind::Hook),
    ] {
        let server = Server::always(with_ids(response));
        let client = Client::builder().endpoint_url(server.url()).hook(RejectAccepted).build().unwrap();
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
async fn attempts_and_retry_delay_are_reported_on_success_and_failure() {
    let busy = || http::Response::builder().status(503).header("retry-after", "7").body("").unwrap();
    let expected_delay = Duration::from_secs(14)..Duration::from_secs(15);
    let client = |mock| Client::builder().endpoint_url("http://signin.test").transport(mock).build().unwrap();

    let mock = MockTransport::new().reply_with(busy()).reply_with(busy()).reply(200, tokens().to_string());
    let response = client(mock).create_oauth2_token(refresh_grant()).with_metadata().await.unwrap();
    assert_eq!(response.metadata.attempts(), 3);
    assert!(
        expected_delay.contains(&response.metadata.retry_delay()),
        "{:?}",
        response.metadata.retry_delay()
    );

    let mock =
        MockTransport::new().reply_with(busy()).reply_with(busy()).fail(TransportError::connect("refused"));
    let error = client(mock).create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.status()), (ErrorKind::Connection, 3, None));
    assert_eq!((error.request_id(), error.extended_request_id(), error.headers()), (None, None, None));
    assert!(expected_delay.contains(&error.retry_delay()), "{:?}", error.retry_delay());
}
