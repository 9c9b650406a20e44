//! The cases of the fault matrix.

use crate::case::Connections::{AtMostOnePerAttempt, None as NoConnections, One, OnePerAttempt};
use crate::case::ResponseHead::{Missing, Received};
use crate::case::{Case, CaseServer, Connections, Expected, ExpectedError, ResponseHead, TIMEOUT};
use crate::certificates::{Authority, TRUSTED, serve};
use farrier_tests::http2::{self, Http2Response, StreamEnd};
use farrier_tests::server::{RefusingPort, ScriptedResponse, Server};
use farrier_tests::signin::{REQUEST_ID, error_response, token_response, tokens, with_request_id};
use rcgen::date_time_ymd;
use signin_client::ErrorKind;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// An HTTP date that no clock shows.
const LONG_AGO: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

/// A call that fails.
fn fails(attempts: u32, connections: Connections, error: ExpectedError) -> Expected {
    Expected { attempts, connections, min_duration: Duration::ZERO, error: Some(error) }
}

/// A call that succeeds after retries.
fn succeeds(attempts: u32, min_duration: Duration) -> Expected {
    Expected { attempts, connections: AtMostOnePerAttempt, min_duration, error: None }
}

/// A retryable error.
fn retryable_error(kind: ErrorKind, text: &'static str, response: ResponseHead) -> ExpectedError {
    ExpectedError { kind, text, response, retryable: true }
}

/// Creates a case from the attempts of its calls: refresh, redeem, repeatable refresh.
fn case(
    name: &'static str,
    server: fn() -> CaseServer,
    connections: Connections,
    error: ExpectedError,
    [refresh, redeem, repeatable]: [u32; 3],
) -> Case {
    let fails = |attempts| fails(attempts, connections, error);
    Case { name, server, refresh: fails(refresh), redeem: fails(redeem), repeatable: fails(repeatable) }
}

/// A lost response: the service may have processed the request, so only repeatable calls are retried.
fn ambiguous(
    name: &'static str,
    server: fn() -> CaseServer,
    connections: Connections,
    error: ExpectedError,
) -> Case {
    case(name, server, connections, error, [1, 1, 3])
}

/// A transient error response that leaves open if the service processed the request: single-use calls are not
/// retried. Retries use another connection, which may reach a healthy host.
fn failed(name: &'static str, server: fn() -> CaseServer, error: ExpectedError) -> Case {
    case(name, server, OnePerAttempt, error, [3, 1, 3])
}

/// A failure after which the service has not processed the request: every call is retried.
fn unprocessed(
    name: &'static str,
    server: fn() -> CaseServer,
    connections: Connections,
    error: ExpectedError,
) -> Case {
    case(name, server, connections, error, [3, 3, 3])
}

/// A permanent failure: no call is retried.
fn permanent(name: &'static str, server: fn() -> CaseServer, text: &'static str) -> Case {
    let error = ExpectedError { kind: ErrorKind::Connection, text, response: Missing, retryable: false };
    case(name, server, OnePerAttempt, error, [1, 1, 1])
}

/// A stalled response: each attempt times out.
fn stalled(name: &'static str, server: fn() -> CaseServer, error: ExpectedError) -> Case {
    let mut case = ambiguous(name, server, OnePerAttempt, error);
    for expected in [&mut case.refresh, &mut case.redeem, &mut case.repeatable] {
        expected.min_duration = expected.attempts * TIMEOUT;
    }
    case
}

fn always(response: ScriptedResponse) -> CaseServer {
    CaseServer::Http(Server::always(response))
}

fn script(responses: impl IntoIterator<Item = ScriptedResponse>) -> CaseServer {
    CaseServer::Http(Server::script(responses))
}

/// Returns a refresh response whose body ends after 40 bytes.
fn truncated_response() -> ScriptedResponse {
    token_response().body(&tokens().to_string()[..40])
}

fn throttled() -> ScriptedResponse {
    error_response(429, "TooManyRequestsError", "INVALID_REQUEST")
}

/// Responds to a ClientHello in plain text.
fn respond_in_plain_text(mut connection: &TcpStream) {
    connection.read_exact(&mut [0]).unwrap();
    connection.write_all(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n").unwrap();
}

/// Connections that are refused, closed or reset.
pub(crate) fn broken_connections() -> Vec<Case> {
    use ErrorKind::Connection;
    let closed = "connection closed before the response was complete: the server closed the connection";
    let reset = "connection closed before the response was complete: Connection reset by peer";
    vec![
        unprocessed(
            "refused",
            || CaseServer::Refusing(RefusingPort::new()),
            NoConnections,
            retryable_error(Connection, "could not connect to {server}: Connection refused", Missing),
        ),
        ambiguous(
            "reset before the response",
            || always(ScriptedResponse::reset()),
            OnePerAttempt,
            retryable_error(Connection, reset, Missing),
        ),
        ambiguous(
            "reset in the head",
            || always(ScriptedResponse::raw_then_reset("HTTP/1.1 200 O")),
            OnePerAttempt,
            retryable_error(Connection, reset, Missing),
        ),
        ambiguous(
            "reset in the body",
            || always(truncated_response().then_reset()),
            OnePerAttempt,
            retryable_error(Connection, reset, Received(200)),
        ),
        ambiguous(
            "closed before the response",
            || always(ScriptedResponse::close()),
            OnePerAttempt,
            retryable_error(Connection, closed, Missing),
        ),
        ambiguous(
            "truncated body",
            || always(truncated_response().then_close()),
            OnePerAttempt,
            retryable_error(Connection, closed, Received(200)),
        ),
        ambiguous(
            "truncated body in chunks",
            || always(truncated_response().chunked().then_close()),
            OnePerAttempt,
            retryable_error(Connection, closed, Received(200)),
        ),
    ]
}

/// Stalled responses, for clients with a read timeout of [`TIMEOUT`].
pub(crate) fn read_timeouts() -> Vec<Case> {
    use ErrorKind::Timeout;
    let read_timeout = "read timed out after 250ms";
    vec![
        stalled(
            "no response",
            || always(ScriptedResponse::hang()),
            retryable_error(Timeout, read_timeout, Missing),
        ),
        stalled(
            "stalled headers",
            || always(ScriptedResponse::raw_then_hang("HTTP/1.1 200 OK\r\ncontent-type: appl")),
            retryable_error(Timeout, read_timeout, Missing),
        ),
        stalled(
            "stalled body",
            || always(truncated_response().then_hang()),
            retryable_error(Timeout, read_timeout, Received(200)),
        ),
        stalled(
            "stalled body in chunks",
            || always(truncated_response().chunked().then_hang()),
            retryable_error(Timeout, read_timeout, Received(200)),
        ),
    ]
}

/// Responses whose bodies trickle, for clients with a grace period of [`TIMEOUT`].
pub(crate) fn slow_bodies() -> Vec<Case> {
    let stalled_download = "download stalled: slower than 1000000 bytes per second for 250ms";
    let error = retryable_error(ErrorKind::Timeout, stalled_download, Received(200));
    vec![
        stalled("slow body", || always(truncated_response().then_trickle()), error),
        stalled("slow body in chunks", || always(truncated_response().chunked().then_trickle()), error),
        stalled("slow body of a silent server", || always(truncated_response().then_hang()), error),
    ]
}

/// Responses whose heads trickle. An async client has a read timeout of [`TIMEOUT`] for the whole head, a blocking
/// client a grace period of [`TIMEOUT`].
pub(crate) fn slow_heads(error: &'static str) -> Vec<Case> {
    vec![stalled(
        "slow head",
        || always(ScriptedResponse::raw_then_trickle("HTTP/1.1 200 OK\r\nx: y")),
        retryable_error(ErrorKind::Timeout, error, Missing),
    )]
}

/// Stalled responses, for clients with an attempt timeout of [`TIMEOUT`].
pub(crate) fn attempt_timeouts() -> Vec<Case> {
    let error = retryable_error(ErrorKind::Timeout, "attempt timed out after 250ms", Missing);
    vec![
        stalled("no response", || always(ScriptedResponse::hang()), error),
        stalled(
            "stalled headers",
            || always(ScriptedResponse::raw_then_hang("HTTP/1.1 200 OK\r\ncontent-type: appl")),
            error,
        ),
        stalled("stalled body", || always(truncated_response().then_hang()), error),
    ]
}

/// Stalled responses, for clients with a call timeout of [`TIMEOUT`], which leaves no time for a retry.
pub(crate) fn call_timeouts() -> Vec<Case> {
    let mut cases = attempt_timeouts();
    for case in &mut cases {
        let error = retryable_error(ErrorKind::Timeout, "call timed out after 250ms", Missing);
        case.redeem.error = Some(error);
        (case.refresh, case.repeatable) = (case.redeem, case.redeem);
    }
    cases
}

/// Error responses.
pub(crate) fn error_responses() -> Vec<Case> {
    use ErrorKind::Service;
    let throttled_once = || script([throttled().header("retry-after", "1"), token_response()]);
    vec![
        unprocessed(
            "429 without Retry-After",
            || always(throttled()),
            One,
            retryable_error(Service, "TooManyRequestsError: the message", Received(429)),
        ),
        Case {
            name: "429 with Retry-After",
            server: throttled_once,
            refresh: succeeds(2, SECOND),
            redeem: succeeds(2, SECOND),
            repeatable: succeeds(2, SECOND),
        },
        failed(
            "500",
            || always(error_response(500, "InternalServerException", "server_error")),
            retryable_error(Service, "InternalServerException: the message", Received(500)),
        ),
        failed(
            "503 in every attempt",
            || always(with_request_id(ScriptedResponse::new(503))),
            retryable_error(Service, "error without a code", Received(503)),
        ),
        unprocessed(
            "503 with a throttling code",
            || always(error_response(503, "SlowDown", "server_error")),
            One,
            retryable_error(Service, "SlowDown: the message", Received(503)),
        ),
        Case {
            name: "503 twice then 200",
            server: || {
                let busy = with_request_id(ScriptedResponse::new(503));
                script([busy.clone(), busy, token_response()])
            },
            refresh: succeeds(3, Duration::ZERO),
            redeem: fails(
                1,
                AtMostOnePerAttempt,
                ExpectedError {
                    kind: Service,
                    text: "error without a code",
                    response: Received(503),
                    retryable: true,
                },
            ),
            repeatable: succeeds(3, Duration::ZERO),
        },
        case(
            "clock skew of an unsigned call",
            || always(error_response(400, "RequestExpired", "INVALID_REQUEST").header("date", LONG_AGO)),
            AtMostOnePerAttempt,
            ExpectedError {
                kind: Service,
                text: "RequestExpired: the message",
                response: Received(400),
                retryable: false,
            },
            [1, 1, 1],
        ),
        case(
            "control characters in an error",
            || {
                let body = r#"{"__type": "Odd", "message": "\u001b[31ma\u202eb\u0000c\nd"}"#;
                always(with_request_id(ScriptedResponse::json(400, body)))
            },
            AtMostOnePerAttempt,
            ExpectedError {
                kind: Service,
                text: r"Odd: \u{1b}[31ma\u{202e}b\u{0}c d",
                response: Received(400),
                retryable: false,
            },
            [1, 1, 1],
        ),
    ]
}

/// Faults of HTTP/2 servers, for clients that trust [`TRUSTED`].
pub(crate) fn http2() -> Vec<Case> {
    use ErrorKind::{Connection, Service};
    let ended = "connection closed before the response was complete: the server ended the stream early";
    let closed = "connection closed before the response was complete: the server closed the connection";
    let refused = "the server refused the request without processing it: stream error received: refused \
                   stream before processing any application logic";
    vec![
        ambiguous(
            "stream reset in the body",
            || http2_server(|| part_of_a_response().header("content-length", "400").end(StreamEnd::Reset(0))),
            One,
            retryable_error(Connection, ended, Received(200)),
        ),
        ambiguous(
            "stream reset in a body without a length",
            || http2_server(|| part_of_a_response().end(StreamEnd::Reset(0))),
            One,
            retryable_error(Connection, ended, Received(200)),
        ),
        ambiguous(
            "connection closed with GOAWAY in the body",
            || http2_server(|| part_of_a_response().header("content-length", "400").end(StreamEnd::GoAway)),
            OnePerAttempt,
            retryable_error(Connection, closed, Received(200)),
        ),
        unprocessed(
            "refused stream",
            || http2_server(|| Http2Response::none(StreamEnd::Reset(7))),
            AtMostOnePerAttempt,
            retryable_error(Connection, refused, Missing),
        ),
        failed(
            "500",
            || http2_server(|| http2_error(500, "InternalServerException")),
            retryable_error(Service, "InternalServerException: the message", Received(500)),
        ),
        unprocessed(
            "503 with a throttling code",
            || http2_server(|| http2_error(503, "SlowDown")),
            One,
            retryable_error(Service, "SlowDown: the message", Received(503)),
        ),
    ]
}

fn http2_server(respond: fn() -> Http2Response) -> CaseServer {
    CaseServer::Https(http2::serve(TRUSTED.server_config("localhost", |_| ()), respond))
}

fn part_of_a_response() -> Http2Response {
    let response = Http2Response::new(200).header("content-type", "application/json");
    response.header("x-amzn-requestid", REQUEST_ID).body(&tokens().to_string()[..40])
}

fn http2_error(status: u16, shape: &str) -> Http2Response {
    let response = Http2Response::new(status).header("x-amzn-errortype", shape);
    let response = response.header("content-type", "application/json").header("x-amzn-requestid", REQUEST_ID);
    response.body(r#"{"error": "server_error", "message": "the message"}"#)
}

/// Permanent failures.
pub(crate) fn permanent_failures() -> Vec<Case> {
    let unknown_issuer = "could not connect to {server}: the server's certificate is signed by an unknown authority \
                    (UnknownIssuer)";
    let wrong_host = "could not connect to {server}: the server's certificate is not valid for this host, only for \
                     DnsName(\"other.test\")";
    let too_large = "could not read the response: headers exceed the client's limits";
    vec![
        permanent(
            "unknown root",
            || CaseServer::Https(serve(Authority::named("unknown").server_config("localhost", |_| ()))),
            unknown_issuer,
        ),
        permanent(
            "expired certificate",
            || {
                let expire =
                    |params: &mut rcgen::CertificateParams| params.not_after = date_time_ymd(2020, 1, 1);
                CaseServer::Https(serve(TRUSTED.server_config("localhost", expire)))
            },
            "could not connect to {server}: the server's certificate has expired",
        ),
        permanent(
            "wrong host",
            || CaseServer::Https(serve(TRUSTED.server_config("other.test", |_| ()))),
            wrong_host,
        ),
        permanent(
            "plain text at an https URL",
            || CaseServer::Https(Server::raw(respond_in_plain_text)),
            "could not connect to {server}: the server did not respond with TLS: check the port and scheme of the URL",
        ),
        permanent(
            "oversized header",
            || always(token_response().header("x", &"x".repeat(1 << 20))),
            too_large,
        ),
        permanent(
            "too many headers",
            || always((0..1000).fold(token_response(), |a, _| a.header("x", "y"))),
            too_large,
        ),
    ]
}
