//! The matrix.

use crate::case::Connections::{AtMostOneEach, None as NoConnections, OneEach};
use crate::case::ResponseSeen::{No, With};
use crate::case::{Case, Connections, Expected, Failed, LIMIT, Peer};
use crate::certificates::{Authority, TRUSTED, serve};
use farrier_tests::server::{RefusingPort, ScriptedResponse, Server};
use farrier_tests::signin::{granted, refusal, tokens, with_request_id};
use rcgen::date_time_ymd;
use signin_client::ErrorKind;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// A call that fails.
fn fails(attempts: u32, connections: Connections, error: Failed) -> Expected {
    Expected { attempts, connections, at_least: Duration::ZERO, error: Some(error) }
}

/// A call that succeeds in the end.
fn succeeds(attempts: u32, at_least: Duration) -> Expected {
    Expected { attempts, connections: AtMostOneEach, at_least, error: None }
}

/// A failure that may be gone the next time.
fn passing(kind: ErrorKind, text: &'static str, answer: crate::case::ResponseSeen) -> Failed {
    Failed { kind, text, answer, retryable: true }
}

/// What is tried again only if it may be sent twice: it leaves open whether the service did what it was asked.
fn ambiguous(name: &'static str, server: fn() -> Peer, connections: Connections, error: Failed) -> Case {
    Case { name, server, refresh: fails(3, connections, error), redeem: fails(1, connections, error) }
}

/// What is tried again in any case: the service has certainly done nothing.
fn undone(name: &'static str, server: fn() -> Peer, connections: Connections, error: Failed) -> Case {
    Case { name, server, refresh: fails(3, connections, error), redeem: fails(3, connections, error) }
}

/// What is never tried again, since it would fail again.
fn permanent(name: &'static str, server: fn() -> Peer, text: &'static str) -> Case {
    let error = Failed { kind: ErrorKind::Connection, text, answer: No, retryable: false };
    Case { name, server, refresh: fails(1, OneEach, error), redeem: fails(1, OneEach, error) }
}

/// What is waited for in vain.
fn stalled(name: &'static str, server: fn() -> Peer, error: Failed) -> Case {
    let mut case = ambiguous(name, server, OneEach, error);
    (case.refresh.at_least, case.redeem.at_least) = (3 * LIMIT, LIMIT);
    case
}

fn always(answer: ScriptedResponse) -> Peer {
    Peer::Http(Server::always(answer))
}

fn script(answers: impl IntoIterator<Item = ScriptedResponse>) -> Peer {
    Peer::Http(Server::script(answers))
}

/// The beginning of the answer to a refresh.
fn half() -> ScriptedResponse {
    granted().body(&tokens().to_string()[..40])
}

fn throttled() -> ScriptedResponse {
    refusal(429, "TooManyRequestsError", "INVALID_REQUEST")
}

/// What a server without TLS does with a client's hello.
fn refuse_to_understand(mut connection: &TcpStream) {
    connection.read_exact(&mut [0]).unwrap();
    connection.write_all(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n").unwrap();
}

/// Whose connections break, or are not made.
pub(crate) fn connections() -> Vec<Case> {
    use ErrorKind::Connection;
    let closed = "the connection broke before the answer was whole: the server closed the connection";
    let reset = "the connection broke before the answer was whole: Connection reset by peer";
    vec![
        undone(
            "refused",
            || Peer::Refusing(RefusingPort::new()),
            NoConnections,
            passing(Connection, "could not connect: Connection refused", No),
        ),
        ambiguous(
            "reset before the answer",
            || always(ScriptedResponse::reset()),
            OneEach,
            passing(Connection, reset, No),
        ),
        ambiguous(
            "reset in the head",
            || always(ScriptedResponse::raw_then_reset("HTTP/1.1 200 O")),
            OneEach,
            passing(Connection, reset, No),
        ),
        ambiguous(
            "reset in the body",
            || always(half().then_reset()),
            OneEach,
            passing(Connection, reset, With(200)),
        ),
        ambiguous(
            "closed before the answer",
            || always(ScriptedResponse::close()),
            OneEach,
            passing(Connection, closed, No),
        ),
        ambiguous(
            "truncated body",
            || always(half().then_close()),
            OneEach,
            passing(Connection, closed, With(200)),
        ),
        ambiguous(
            "truncated body in chunks",
            || always(half().chunked().then_close()),
            OneEach,
            passing(Connection, closed, With(200)),
        ),
    ]
}

/// Who fall silent, for clients that wait for [`LIMIT`] until something comes.
pub(crate) fn silent() -> Vec<Case> {
    use ErrorKind::Timeout;
    let (nothing, no_more) = ("no answer within 250ms", "no more of the answer within 250ms");
    vec![
        stalled("silence", || always(ScriptedResponse::silence()), passing(Timeout, nothing, No)),
        stalled(
            "stalled headers",
            || always(ScriptedResponse::raw_then_hang("HTTP/1.1 200 OK\r\ncontent-type: appl")),
            passing(Timeout, nothing, No),
        ),
        stalled("stalled body", || always(half().then_hang()), passing(Timeout, no_more, With(200))),
        stalled(
            "stalled body in chunks",
            || always(half().chunked().then_hang()),
            passing(Timeout, no_more, With(200)),
        ),
    ]
}

/// The same, for clients whose attempts may take [`LIMIT`].
pub(crate) fn slow() -> Vec<Case> {
    let error = passing(ErrorKind::Timeout, "no answer within 250ms, the limit of an attempt", No);
    vec![
        stalled("silence", || always(ScriptedResponse::silence()), error),
        stalled(
            "stalled headers",
            || always(ScriptedResponse::raw_then_hang("HTTP/1.1 200 OK\r\ncontent-type: appl")),
            error,
        ),
        stalled("stalled body", || always(half().then_hang()), error),
    ]
}

/// The same, for clients whose calls may take [`LIMIT`]: there is no time for another attempt.
pub(crate) fn late() -> Vec<Case> {
    let mut cases = slow();
    for case in &mut cases {
        let error = passing(ErrorKind::Timeout, "no answer within 250ms", No);
        case.redeem.error = Some(error);
        case.refresh = case.redeem;
    }
    cases
}

/// Who answer with an error.
pub(crate) fn answers() -> Vec<Case> {
    use ErrorKind::Service;
    let asking_to_wait = || script([throttled().header("retry-after", "1"), granted()]);
    vec![
        undone(
            "429 without Retry-After",
            || always(throttled()),
            AtMostOneEach,
            passing(Service, "TooManyRequestsError: the message", With(429)),
        ),
        Case {
            name: "429 with Retry-After",
            server: asking_to_wait,
            refresh: succeeds(2, SECOND),
            redeem: succeeds(2, SECOND),
        },
        ambiguous(
            "500",
            || always(refusal(500, "InternalServerException", "server_error")),
            AtMostOneEach,
            passing(Service, "InternalServerException: the message", With(500)),
        ),
        undone(
            "503 without an end",
            || always(with_request_id(ScriptedResponse::new(503))),
            AtMostOneEach,
            passing(Service, "error without a code", With(503)),
        ),
        Case {
            name: "503 twice then 200",
            server: || script([ScriptedResponse::new(503), ScriptedResponse::new(503), granted()]),
            refresh: succeeds(3, Duration::ZERO),
            redeem: succeeds(3, Duration::ZERO),
        },
    ]
}

/// What would be the same the next time.
pub(crate) fn for_good() -> Vec<Case> {
    let stranger = "could not connect: the server's certificate comes from no authority that this client \
                    trusts (UnknownIssuer)";
    let elsewhere =
        "could not connect: the server's certificate is not for this host but for DnsName(\"other.test\")";
    let too_large = "the answer cannot be read: its headers are more or larger than this client allows";
    vec![
        permanent(
            "unknown root",
            || Peer::Https(serve(Authority::named("a stranger").vouch_for("localhost", |_| ()))),
            stranger,
        ),
        permanent(
            "expired certificate",
            || {
                let expire =
                    |params: &mut rcgen::CertificateParams| params.not_after = date_time_ymd(2020, 1, 1);
                Peer::Https(serve(TRUSTED.vouch_for("localhost", expire)))
            },
            "could not connect: the server's certificate has expired",
        ),
        permanent("wrong host", || Peer::Https(serve(TRUSTED.vouch_for("other.test", |_| ()))), elsewhere),
        permanent(
            "plain text at an https URL",
            || Peer::Https(Server::raw(refuse_to_understand)),
            "could not connect: the server does not speak TLS; is its URL one of `http://`?",
        ),
        permanent("oversized header", || always(granted().header("x", &"x".repeat(1 << 20))), too_large),
        permanent(
            "too many headers",
            || always((0..1000).fold(granted(), |a, _| a.header("x", "y"))),
            too_large,
        ),
    ]
}
