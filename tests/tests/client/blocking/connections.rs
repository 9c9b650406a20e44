//! Connections that fail before the response is complete.

use super::support::{client, client_at, error_of};
use farrier_tests::server::{RefusingPort, ScriptedResponse, Server};
use farrier_tests::signin::{REQUEST_ID, error_response, refresh_grant, token_response, tokens};
use signin_client::ErrorKind;
use signin_client::error::CreateOAuth2TokenError;

#[test]
fn retries_a_refused_connection() {
    let port = RefusingPort::new();
    let error = client_at(port.url()).create_oauth2_token(refresh_grant()).send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    let expected = format!("CreateOAuth2Token: could not connect to `{}`: Connection refused", port.url());
    assert!(error.to_string().starts_with(&expected), "{error}");
    assert_eq!(error.attempts(), 3);
}

#[test]
fn unresolvable_host_is_a_connection_error() {
    let client = client_at("http://no-such-host.invalid");
    let error = client.create_oauth2_token(refresh_grant()).retries(0).send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.to_string().contains("could not connect to `http://no-such-host.invalid:80`: "), "{error}");
}

#[test]
fn close_or_reset_before_the_response_is_a_connection_error() {
    let interrupted = "connection closed before the response was complete: ";
    for (response, text) in [
        (ScriptedResponse::close(), interrupted),
        (ScriptedResponse::reset(), interrupted),
        (ScriptedResponse::raw("SSH-2.0-OpenSSH_9.6\r\n"), "could not read the response: "),
    ] {
        let error = error_of(response);
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert!(error.to_string().contains(text), "{error}");
        assert_eq!(error.status(), None);
    }
}

#[test]
fn interrupted_success_keeps_the_partial_response() {
    let truncated = token_response().body(&tokens().to_string()[..40]);
    for response in [
        truncated.clone().then_close(),
        truncated.clone().chunked().then_close(),
        truncated.clone().then_reset(),
        truncated.chunked().then_reset(),
    ] {
        let error = error_of(response);
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert_eq!((error.status().unwrap().as_u16(), error.request_id()), (200, Some(REQUEST_ID)));
        assert!(tokens().to_string().as_bytes().starts_with(error.raw_response().unwrap().body()));
        assert!(
            error.to_string().contains("connection closed before the response was complete: "),
            "{error}"
        );
    }
}

#[test]
fn interrupted_error_response_is_a_service_error() {
    let error = error_of(error_response(401, "AccessDeniedException", "TOKEN_EXPIRED").then_close());
    assert_eq!(error.kind(), ErrorKind::Service);
    assert!(matches!(error.service_error(), Some(CreateOAuth2TokenError::AccessDeniedException(_))));
}

#[test]
fn reset_does_not_end_a_response_without_a_length() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{";
    let error = error_of(ScriptedResponse::raw_then_reset(head));
    assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
}

#[test]
fn connection_is_reused_unless_broken() {
    let server =
        Server::script([token_response(), token_response().body("{").then_reset(), token_response()]);
    let client = client(&server);
    client.create_oauth2_token(refresh_grant()).send().unwrap();
    client.create_oauth2_token(refresh_grant()).retries(0).send().unwrap_err();
    client.create_oauth2_token(refresh_grant()).send().unwrap();
    assert_eq!(server.connections(), 2);
}
