//! Connections that fail before the answer is whole.

use crate::support::{client, client_at, error_of};
use farrier_tests::server::{RefusingPort, ScriptedResponse, Server};
use farrier_tests::signin::{REQUEST_ID, granted, refresh_grant, refusal, tokens};
use signin_client::ErrorKind;
use signin_client::error::CreateOAuth2TokenError;

#[test]
fn a_refused_connection_is_said_to_be_refused_and_tried_again() {
    let port = RefusingPort::new();
    let error = client_at(port.url()).create_oauth2_token(refresh_grant()).send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(
        error.to_string().starts_with("CreateOAuth2Token: could not connect: Connection refused"),
        "{error}"
    );
    assert_eq!(error.attempts(), 3);
}

#[test]
fn a_host_without_an_address_is_a_failed_connection() {
    let client = client_at("http://no-such-host.invalid");
    let error = client.create_oauth2_token(refresh_grant()).retries(0).send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.to_string().contains("could not connect: "), "{error}");
}

#[test]
fn a_connection_closed_or_reset_before_the_answer_is_broken() {
    let broke = "the connection broke before the answer was whole: ";
    for (answer, text) in [
        (ScriptedResponse::close(), broke),
        (ScriptedResponse::reset(), broke),
        (ScriptedResponse::raw("SSH-2.0-OpenSSH_9.6\r\n"), "the answer cannot be read: "),
    ] {
        let error = error_of(answer);
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert!(error.to_string().contains(text), "{error}");
        assert_eq!(error.status(), None);
    }
}

#[test]
fn a_success_that_breaks_off_keeps_what_came() {
    let cut_short = granted().body(&tokens().to_string()[..40]);
    for answer in [
        cut_short.clone().then_close(),
        cut_short.clone().chunked().then_close(),
        cut_short.clone().then_reset(),
        cut_short.chunked().then_reset(),
    ] {
        let error = error_of(answer);
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert_eq!((error.status().unwrap().as_u16(), error.request_id()), (200, Some(REQUEST_ID)));
        assert!(tokens().to_string().as_bytes().starts_with(error.raw_response().unwrap().body()));
        assert!(error.to_string().contains("the connection broke before the answer was whole: "), "{error}");
    }
}

#[test]
fn an_error_that_breaks_off_is_still_the_services_error() {
    let error = error_of(refusal(401, "AccessDeniedException", "TOKEN_EXPIRED").then_close());
    assert_eq!(error.kind(), ErrorKind::Service);
    assert!(matches!(error.service_error(), Some(CreateOAuth2TokenError::AccessDeniedException(_))));
}

#[test]
fn a_reset_is_no_end_of_an_answer_without_a_length() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{";
    let error = error_of(ScriptedResponse::raw_then_reset(head));
    assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
}

#[test]
fn a_connection_is_used_again_unless_it_broke() {
    let server = Server::script([granted(), granted().body("{").then_reset(), granted()]);
    let client = client(&server);
    client.create_oauth2_token(refresh_grant()).send().unwrap();
    client.create_oauth2_token(refresh_grant()).retries(0).send().unwrap_err();
    client.create_oauth2_token(refresh_grant()).send().unwrap();
    assert_eq!(server.connections(), 2);
}
