//! Connections that fail before the response is complete.

use super::support::{error_of, sources};
use farrier_runtime::transport::{BoxFuture, Transport, TransportError};
use farrier_runtime::types::Body;
use farrier_tests::server::{RefusingPort, ScriptedResponse, Server};
use farrier_tests::signin::{
    REQUEST_ID, client, client_at, code_grant, error_response, refresh_grant, token_response, tokens,
};
use signin_client::error::CreateOAuth2TokenError;
use signin_client::{Client, ErrorKind};
use std::time::Duration;

#[tokio::test]
async fn connection_refused_is_a_connection_error() {
    let port = RefusingPort::new();
    let client = client_at(port.url());
    let error = client.create_oauth2_token(refresh_grant()).retries(0).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    let expected = format!("CreateOAuth2Token: could not connect to `{}`: Connection refused", port.url());
    assert!(error.to_string().starts_with(&expected), "{error}");
    assert!(error.is_retryable());
    assert_eq!(error.attempts(), 1);
    assert_eq!((error.status(), error.request_id(), error.fault()), (None, None, None));
    assert!(error.raw_response().is_none());
    assert!(!sources(&error).is_empty());
}

#[tokio::test]
async fn unresolvable_host_is_a_connection_error() {
    let client = client_at("http://no-such-host.invalid");
    let error = client.create_oauth2_token(refresh_grant()).retries(0).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.to_string().contains("could not connect to `http://no-such-host.invalid:80`: "), "{error}");
}

/// A transport whose connections fail in the same way.
#[derive(Debug)]
struct Unreachable(fn() -> TransportError);

impl Transport for Unreachable {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(std::future::ready(Err((self.0)())))
    }
}

#[tokio::test]
async fn connection_errors_name_the_region_of_the_host() {
    for (fail, expected) in [
        (
            (|| TransportError::connect("unknown host")) as fn() -> _,
            "CreateOAuth2Token: could not connect to `https://us-esat-1.signin.aws.amazon.com:443` (region \
             `us-esat-1`): unknown host",
        ),
        (
            || TransportError::timeout("connect", Duration::from_secs(3), false),
            "CreateOAuth2Token: connect to `https://us-esat-1.signin.aws.amazon.com:443` (region `us-esat-1`) \
             timed out after 3s",
        ),
        (
            || TransportError::timeout("read", Duration::from_secs(3), true),
            "CreateOAuth2Token: read timed out after 3s",
        ),
    ] {
        let builder = Client::builder().region("us-esat-1").transport(Unreachable(fail)).retries(0);
        let error = builder.build().unwrap().create_oauth2_token(refresh_grant()).await.unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn close_or_reset_before_the_response_is_a_connection_error() {
    for response in [ScriptedResponse::close(), ScriptedResponse::reset()] {
        let error = error_of(response).await;
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert!(error.to_string().contains("connection closed before the response was complete"), "{error}");
        assert_eq!(error.status(), None);
        assert!(!error.to_string().contains('\n'));
    }
}

#[tokio::test]
async fn non_http_response_is_a_connection_error() {
    let server = Server::always(ScriptedResponse::raw("SSH-2.0-OpenSSH_9.6\r\n"));
    let error = client(&server).create_oauth2_token(code_grant()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert_eq!(error.attempts(), 1, "the service may have received the code");
}

#[tokio::test]
async fn interrupted_success_keeps_the_partial_response() {
    let partial = &tokens().to_string()[..40];
    let truncated = token_response().body(partial);
    for response in [truncated.clone().then_close(), truncated.clone().chunked().then_close()] {
        let error = error_of(response).await;
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.request_id(), Some(REQUEST_ID));
        assert_eq!(error.raw_response().unwrap().body(), partial);
        assert_eq!(error.fault(), None);
        assert!(error.is_retryable());
        let line = error.to_string();
        assert!(line.contains("connection closed before the response was complete: "), "{line}");
        assert!(line.ends_with(&format!("(HTTP 200, request id {REQUEST_ID})")), "{line}");
    }
}

#[tokio::test]
async fn complete_json_shorter_than_content_length_is_an_error() {
    let error = error_of(token_response().then_close()).await;
    assert_eq!(error.kind(), ErrorKind::Connection);
}

#[tokio::test]
async fn interrupted_error_response_is_a_service_error() {
    let complete = error_response(401, "AccessDeniedException", "TOKEN_EXPIRED");
    for response in [complete.clone().then_close(), complete.clone().chunked().then_close()] {
        let error = error_of(response).await;
        assert_eq!(error.kind(), ErrorKind::Service);
        assert!(matches!(error.service_error(), Some(CreateOAuth2TokenError::AccessDeniedException(_))));
        assert_eq!(error.message(), Some("the message"));
        assert!(!error.is_retryable());
        assert!(sources(&error)[0].contains("connection closed before the response"), "{error:?}");
    }

    let error = error_of(complete.body(r#"{"error": "TOK"#).then_close()).await;
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.code(), Some("AccessDeniedException"));
    assert_eq!(error.service_error(), None);
    assert_eq!(error.raw_response().unwrap().body(), r#"{"error": "TOK"#);
}

#[tokio::test]
async fn reset_during_the_body_is_a_connection_error() {
    let partial = &tokens().to_string()[..40];
    let error = error_of(token_response().body(partial).then_reset()).await;
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.to_string().contains("connection closed before the response was complete"), "{error}");
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn broken_connection_is_not_reused() {
    let server = Server::script([token_response().body("{").then_reset(), token_response()]);
    let client = client(&server);
    client.create_oauth2_token(code_grant()).await.unwrap_err();
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    assert_eq!(server.connections(), 2);
}
