//! Read, total and connect timeouts.

use super::support::client_at;
use farrier_runtime::transport::{Timeouts, Transport, TransportError, TransportErrorKind, UreqTransport};
use farrier_runtime::types::Body;
use farrier_tests::server::{FullPort, ScriptedResponse, Server};
use farrier_tests::signin::{refresh_grant, token_response};
use signin_client::ErrorKind;
use std::net::TcpListener;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_millis(50);
const LONG_TIMEOUT: Duration = Duration::from_secs(600);

/// Polls a future that blocks the thread, and returns its output. Panics if it is pending.
fn poll_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the future is pending"),
    }
}

/// Sends a request with these timeouts, and returns the response body.
fn fetch(url: String, timeouts: Timeouts) -> Result<String, TransportError> {
    let mut request = http::Request::new(Body::default());
    *request.uri_mut() = url.parse().unwrap();
    request.extensions_mut().insert(timeouts);
    let response = poll_once(UreqTransport::new().send(request))?;
    let body = poll_once(response.into_body().collect()).map_err(TransportError::interrupted)?;
    Ok(String::from_utf8(body.into()).unwrap())
}

fn check(error: TransportError, text: &str, may_have_been_sent: bool) {
    assert_eq!((error.to_string().as_str(), error.kind()), (text, TransportErrorKind::Timeout));
    assert_eq!(error.may_have_been_sent(), may_have_been_sent);
}

#[test]
fn read_and_total_timeouts_end_a_stalled_response() {
    for response in
        [ScriptedResponse::hang(), token_response().then_hang(), token_response().chunked().then_hang()]
    {
        let server = Server::always(response);
        let read = Timeouts { read: Some(TIMEOUT), total: Some(LONG_TIMEOUT) };
        check(fetch(server.url(), read).unwrap_err(), "read timed out after 50ms", true);
        let total = Timeouts { read: Some(LONG_TIMEOUT), total: Some(TIMEOUT) };
        check(fetch(server.url(), total).unwrap_err(), "request timed out after 50ms", true);
    }
}

#[test]
fn timeout_of_duration_max_is_unlimited() {
    let server = Server::always(ScriptedResponse::new(200).body("whole"));
    let timeouts = Timeouts { read: Some(Duration::MAX), total: Some(Duration::MAX) };
    assert_eq!(fetch(server.url(), timeouts).unwrap(), "whole");
    let timeouts = Timeouts { read: Some(LONG_TIMEOUT), total: Some(LONG_TIMEOUT) };
    assert_eq!(fetch(server.url(), timeouts).unwrap(), "whole");
}

#[test]
fn timeout_in_the_tls_handshake_means_nothing_was_sent() {
    // The system accepts the connection; no server ever reads from it.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let read = Timeouts { read: Some(TIMEOUT), total: None };
    check(fetch(url.clone(), read).unwrap_err(), "connect timed out after 50ms", false);
    let total = Timeouts { read: None, total: Some(TIMEOUT) };
    check(fetch(url.clone(), total).unwrap_err(), "request timed out after 50ms", false);

    let transport = UreqTransport::builder().connect_timeout(TIMEOUT).build().unwrap();
    let mut request = http::Request::new(Body::default());
    *request.uri_mut() = url.parse().unwrap();
    check(poll_once(transport.send(request)).unwrap_err(), "connect timed out after 50ms", false);
}

#[test]
fn shorter_total_timeout_is_reported_while_connecting() {
    let port = FullPort::new();
    let total = Timeouts { read: None, total: Some(TIMEOUT) };
    check(fetch(port.url(), total).unwrap_err(), "request timed out after 50ms", false);
}

#[test]
fn shorter_call_and_attempt_timeouts_are_reported_while_connecting() {
    let port = FullPort::new();
    // In a TLS handshake, no server ever reads from the connection.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    for url in [port.url(), format!("https://{}", listener.local_addr().unwrap())] {
        let client = client_at(url);
        let call = || client.create_oauth2_token(refresh_grant());
        let error = call().timeout(TIMEOUT).send().unwrap_err();
        assert_eq!(error.to_string(), "CreateOAuth2Token: call timed out after 50ms");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
        let error = call().attempt_timeout(TIMEOUT).retries(1).send().unwrap_err();
        // Nothing was sent.
        assert_eq!(error.to_string(), "CreateOAuth2Token: attempt timed out after 50ms (2 attempts)");
        assert_eq!(error.kind(), ErrorKind::Timeout);
    }
}

#[test]
fn call_timeout_ends_a_stalled_call() {
    for response in [ScriptedResponse::hang(), token_response().body("{").then_hang()] {
        let server = Server::always(response);
        let call = client_at(server.url()).create_oauth2_token(refresh_grant()).timeout(TIMEOUT);
        let error = call.send().unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1), "{error}");
    }
}

#[test]
fn call_timeout_does_not_affect_faster_calls() {
    let server = Server::always(token_response());
    let client = client_at(server.url());
    for timeout in [LONG_TIMEOUT, Duration::MAX] {
        client.create_oauth2_token(refresh_grant()).timeout(timeout).send().unwrap();
    }
    assert_eq!(server.connections(), 1);
}
