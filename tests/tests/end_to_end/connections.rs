//! Connections that fail before the answer is whole.

use crate::support::{error_of, sources};
use farrier_tests::server::{RefusingPort, ScriptedResponse, Server};
use farrier_tests::signin::{
    REQUEST_ID, client, client_at, code_grant, granted, refresh_grant, refusal, tokens,
};
use signin_client::ErrorKind;
use signin_client::error::CreateOAuth2TokenError;

#[tokio::test]
async fn a_refused_connection_is_said_to_be_refused() {
    let port = RefusingPort::new();
    let client = client_at(port.url());
    let error = client.create_oauth2_token(refresh_grant()).retries(0).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(
        error.to_string().starts_with("CreateOAuth2Token: could not connect: Connection refused"),
        "{error}"
    );
    assert!(error.is_retryable());
    assert_eq!(error.attempts(), 1);
    assert_eq!((error.status(), error.request_id(), error.fault()), (None, None, None));
    assert!(error.raw_response().is_none());
    assert!(!sources(&error).is_empty());
}

#[tokio::test]
async fn a_host_without_an_address_is_a_failed_connection() {
    let client = client_at("http://no-such-host.invalid");
    let error = client.create_oauth2_token(refresh_grant()).retries(0).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.to_string().contains("could not connect"), "{error}");
}

#[tokio::test]
async fn a_connection_closed_or_reset_before_the_answer_is_broken() {
    for answer in [ScriptedResponse::close(), ScriptedResponse::reset()] {
        let error = error_of(answer).await;
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert!(error.to_string().contains("the connection broke before the answer was whole"), "{error}");
        assert_eq!(error.status(), None);
        assert!(!error.to_string().contains('\n'));
    }
}

#[tokio::test]
async fn an_answer_that_is_not_http_is_a_broken_connection() {
    let server = Server::always(ScriptedResponse::raw("SSH-2.0-OpenSSH_9.6\r\n"));
    let error = client(&server).create_oauth2_token(code_grant()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert_eq!(error.attempts(), 1, "the service may have received the code");
}

#[tokio::test]
async fn a_success_that_breaks_off_keeps_what_came() {
    let half = &tokens().to_string()[..40];
    let body_cut_short = granted().body(half);
    for answer in [body_cut_short.clone().then_close(), body_cut_short.clone().chunked().then_close()] {
        let error = error_of(answer).await;
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.request_id(), Some(REQUEST_ID));
        assert_eq!(error.raw_response().unwrap().body(), half);
        assert_eq!(error.fault(), None);
        assert!(error.is_retryable());
        let line = error.to_string();
        assert!(line.contains("the connection broke before the answer was whole: "), "{line}");
        assert!(line.ends_with(&format!("(HTTP 200, request id {REQUEST_ID})")), "{line}");
    }
}

#[tokio::test]
async fn an_answer_that_would_be_whole_but_is_announced_longer_is_not_taken() {
    let error = error_of(granted().then_close()).await;
    assert_eq!(error.kind(), ErrorKind::Connection);
}

#[tokio::test]
async fn an_error_that_breaks_off_is_still_the_services_error() {
    let whole = refusal(401, "AccessDeniedException", "TOKEN_EXPIRED");
    for answer in [whole.clone().then_close(), whole.clone().chunked().then_close()] {
        let error = error_of(answer).await;
        assert_eq!(error.kind(), ErrorKind::Service);
        assert!(matches!(error.service_error(), Some(CreateOAuth2TokenError::AccessDeniedException(_))));
        assert_eq!(error.message(), Some("the message"));
        assert!(!error.is_retryable());
        assert!(sources(&error)[0].contains("the connection broke"), "{error:?}");
    }

    let error = error_of(whole.body(r#"{"error": "TOK"#).then_close()).await;
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.code(), Some("AccessDeniedException"));
    assert_eq!(error.service_error(), None);
    assert_eq!(error.raw_response().unwrap().body(), r#"{"error": "TOK"#);
}

#[tokio::test]
async fn a_reset_in_the_middle_of_the_body_is_a_broken_connection() {
    let half = &tokens().to_string()[..40];
    let error = error_of(granted().body(half).then_reset()).await;
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.to_string().contains("the connection broke before the answer was whole"), "{error}");
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn a_connection_that_broke_is_not_used_again() {
    let server = Server::script([granted().body("{").then_reset(), granted()]);
    let client = client(&server);
    client.create_oauth2_token(code_grant()).await.unwrap_err();
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    assert_eq!(server.connections(), 2);
}
