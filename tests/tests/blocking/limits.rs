//! Servers that are slower than a request may take.

use crate::support::client_at;
use farrier_runtime::transport::{Timeouts, Transport, TransportError, TransportErrorKind, UreqTransport};
use farrier_runtime::types::Body;
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{granted, refresh_grant};
use signin_client::ErrorKind;
use std::net::TcpListener;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

const LIMIT: Duration = Duration::from_millis(50);
const PLENTY: Duration = Duration::from_secs(600);

/// What a future gives that blocks instead of waiting.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it has to wait"),
    }
}

/// The whole answer to a request with these limits.
fn exchange(url: String, limits: Timeouts) -> Result<String, TransportError> {
    let mut request = http::Request::new(Body::default());
    *request.uri_mut() = url.parse().unwrap();
    request.extensions_mut().insert(limits);
    let response = at_once(UreqTransport::new().send(request))?;
    let body = at_once(response.into_body().collect()).map_err(TransportError::interrupted)?;
    Ok(String::from_utf8(body.into()).unwrap())
}

fn check(error: TransportError, text: &str, may_have_been_sent: bool) {
    assert_eq!((error.to_string().as_str(), error.kind()), (text, TransportErrorKind::Timeout));
    assert_eq!(error.may_have_been_sent(), may_have_been_sent);
}

#[test]
fn an_answer_that_does_not_come_or_does_not_go_on_ends_at_either_limit() {
    let more = "no more of the answer within 50ms";
    for (answer, missing) in [
        (ScriptedResponse::silence(), "no answer within 50ms"),
        (granted().then_hang(), more),
        (granted().chunked().then_hang(), more),
    ] {
        let server = Server::always(answer);
        let read = Timeouts { read: Some(LIMIT), total: Some(PLENTY) };
        check(exchange(server.url(), read).unwrap_err(), missing, true);
        let total = Timeouts { read: Some(PLENTY), total: Some(LIMIT) };
        check(exchange(server.url(), total).unwrap_err(), "no answer within 50ms", true);
    }
}

#[test]
fn a_limit_without_end_is_none() {
    let server = Server::always(ScriptedResponse::new(200).body("whole"));
    let limits = Timeouts { read: Some(Duration::MAX), total: Some(Duration::MAX) };
    assert_eq!(exchange(server.url(), limits).unwrap(), "whole");
    let limits = Timeouts { read: Some(PLENTY), total: Some(PLENTY) };
    assert_eq!(exchange(server.url(), limits).unwrap(), "whole");
}

#[test]
fn a_limit_that_is_reached_in_the_handshake_of_tls_means_that_nothing_was_sent() {
    // The system accepts the connection, and nobody says a word on it.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let read = Timeouts { read: Some(LIMIT), total: None };
    check(exchange(url.clone(), read).unwrap_err(), "no connection within 50ms", false);
    let total = Timeouts { read: None, total: Some(LIMIT) };
    check(exchange(url.clone(), total).unwrap_err(), "no answer within 50ms", false);

    let transport = UreqTransport::builder().connect_timeout(LIMIT).build().unwrap();
    let mut request = http::Request::new(Body::default());
    *request.uri_mut() = url.parse().unwrap();
    check(at_once(transport.send(request)).unwrap_err(), "no connection within 50ms", false);
}

#[test]
fn a_call_ends_at_its_limit() {
    for answer in [ScriptedResponse::silence(), granted().body("{").then_hang()] {
        let server = Server::always(answer);
        let call = client_at(server.url()).create_oauth2_token(refresh_grant()).timeout(LIMIT);
        let error = call.send().unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1), "{error}");
    }
}

#[test]
fn a_call_that_is_made_in_time_knows_nothing_of_its_limit() {
    let server = Server::always(granted());
    let client = client_at(server.url());
    for limit in [PLENTY, Duration::MAX] {
        client.create_oauth2_token(refresh_grant()).timeout(limit).send().unwrap();
    }
    assert_eq!(server.connections(), 1);
}
