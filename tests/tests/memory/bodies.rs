//! Response bodies are read into one buffer, up to a maximum size.

use crate::{ALLOCATOR, lock};
use farrier_tests::server::Server;
use farrier_tests::signin::{REQUEST_ID, refresh_grant};
use signin_client::error::CreateOAuth2TokenError;
use signin_client::types::CreateOAuth2TokenResponse;
use signin_client::{Client, Error, ErrorKind, blocking};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

const MIB: usize = 1 << 20;
/// The size of a large body in MiB.
const LARGE: usize = 32;

/// Memory of a call and of the server's threads besides the body.
const CALL_MEMORY: usize = MIB;

/// Headers of all responses.
const HEADERS: &str = "content-type: application/json\r\nconnection: close";

type Outcome = Result<CreateOAuth2TokenResponse, Error<CreateOAuth2TokenError>>;

/// Limits of a client or call.
#[derive(Clone, Copy)]
struct Limits {
    response: usize,
    error: usize,
}

const DEFAULT: Limits = Limits { response: 256 * MIB, error: MIB };

/// Makes a call in each mode, with the limits set on the client and on the call. Returns the outcomes, and the
/// highest memory use of each.
fn calls(server: &Server, limits: Limits) -> Vec<(Outcome, usize)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = || Client::builder().endpoint_url(server.url());
    let limited = client().max_response_body(limits.response).max_error_body(limits.error).build().unwrap();
    let unlimited = client().build().unwrap();
    let client = || blocking::Client::builder().endpoint_url(server.url());
    let limited_blocking =
        client().max_response_body(limits.response).max_error_body(limits.error).build().unwrap();
    let unlimited_blocking = client().build().unwrap();
    vec![
        measure(|| runtime.block_on(async { limited.create_oauth2_token(refresh_grant()).await })),
        measure(|| {
            let call = unlimited.create_oauth2_token(refresh_grant());
            let call = call.max_response_body(limits.response).max_error_body(limits.error);
            runtime.block_on(call)
        }),
        measure(|| limited_blocking.create_oauth2_token(refresh_grant()).send()),
        measure(|| {
            let call = unlimited_blocking.create_oauth2_token(refresh_grant());
            call.max_response_body(limits.response).max_error_body(limits.error).send()
        }),
    ]
}

fn measure(call: impl FnOnce() -> Outcome) -> (Outcome, usize) {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let outcome = call();
    (outcome, ALLOCATOR.peak_usage().saturating_sub(before + CALL_MEMORY))
}

/// Starts a server that sends this head and start of a JSON object, then the rest of the body from a function.
fn serve(head: &'static str, start: &'static str, rest: fn(&TcpStream)) -> Server {
    Server::raw(move |mut connection| {
        read_request(connection);
        let head = format!("HTTP/1.1 {head}\r\n{HEADERS}\r\nx-amzn-requestid: {REQUEST_ID}\r\n\r\n{start}");
        drop(connection.write_all(head.as_bytes()));
        rest(connection);
    })
}

fn read_request(connection: &TcpStream) {
    let mut reader = BufReader::new(connection);
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line).unwrap() > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    reader.read_exact(&mut vec![0; length]).unwrap();
}

/// Sends chunks until `count` are sent or the client disconnects, and returns true if all are.
fn send_chunks(mut connection: &TcpStream, count: usize) -> bool {
    let chunk = format!("{:x}\r\n{}\r\n", MIB / 16, " ".repeat(MIB / 16));
    (0..count).all(|_| connection.write_all(chunk.as_bytes()).is_ok())
}

fn send_endless_chunks(connection: &TcpStream) {
    send_chunks(connection, usize::MAX);
}

#[test]
fn large_body_is_read_into_one_buffer() {
    let _lock = lock();
    let chunked = serve("200 OK\r\ntransfer-encoding: chunked", "2\r\n{}\r\n", |mut connection| {
        if send_chunks(connection, 16 * LARGE) {
            drop(connection.write_all(b"0\r\n\r\n"));
        }
    });
    // The buffer is copied once when it grows.
    for (outcome, memory) in calls(&chunked, DEFAULT) {
        assert!(outcome.is_ok(), "{outcome:?}");
        assert!(memory <= LARGE * MIB * 3, "{memory}");
    }
    let of_known_length = serve("200 OK\r\ncontent-length: 33554432", "{}", |mut connection| {
        let spaces = " ".repeat(MIB / 16);
        for _ in 0..16 * LARGE - 1 {
            drop(connection.write_all(spaces.as_bytes()));
        }
        drop(connection.write_all(&spaces.as_bytes()[2..]));
    });
    for (outcome, memory) in calls(&of_known_length, DEFAULT) {
        assert!(outcome.is_ok(), "{outcome:?}");
        assert!(memory <= LARGE * MIB * 3 / 2, "{memory}");
    }
}

#[test]
fn body_above_the_maximum_is_a_response_error_and_not_retried() {
    let _lock = lock();
    for head in ["200 OK\r\ntransfer-encoding: chunked", "200 OK\r\ncontent-length: 3000000000"] {
        let server = serve(head, "2\r\n{}\r\n", send_endless_chunks);
        for (outcome, memory) in calls(&server, Limits { response: 2 * MIB, error: MIB }) {
            let error = outcome.unwrap_err();
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Response, 1), "{error}");
            assert!(!error.is_retryable());
            let message = "could not deserialize the response: body is larger than 2097152 bytes: raise \
                           `max_response_body`";
            assert!(error.to_string().contains(message), "{error}");
            assert_eq!((error.status().unwrap().as_u16(), error.request_id()), (200, Some(REQUEST_ID)));
            assert!(memory <= 7 * MIB, "{memory}");
        }
        assert_eq!(server.connections(), 4);
    }
}

#[test]
fn error_body_above_the_maximum_keeps_what_is_known_of_the_error() {
    let _lock = lock();
    let start = "37\r\n{\"__type\": \"OddError\", \"message\": \"the message\", \"x\": \"\r\n";
    let server = serve("400 Bad Request\r\ntransfer-encoding: chunked", start, send_endless_chunks);
    for (outcome, memory) in calls(&server, DEFAULT) {
        let error = outcome.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Service, 1), "{error}");
        assert_eq!((error.code(), error.message()), (Some("OddError"), Some("the message")));
        assert_eq!((error.status().unwrap().as_u16(), error.request_id()), (400, Some(REQUEST_ID)));
        assert_eq!(error.raw_response().unwrap().body().len(), MIB);
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(source, "body is larger than 1048576 bytes: raise `max_error_body`");
        assert!(memory <= 4 * MIB, "{memory}");
    }
    assert_eq!(server.connections(), 4);
}

#[test]
fn error_body_above_the_maximum_is_retried_as_its_status_says() {
    let _lock = lock();
    let server = serve("503 Busy\r\ntransfer-encoding: chunked", "2\r\n{}\r\n", send_endless_chunks);
    for (outcome, memory) in calls(&server, Limits { response: MIB, error: 1000 }) {
        let error = outcome.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Service, 3), "{error}");
        assert_eq!(error.raw_response().unwrap().body().len(), 1000);
        assert!(memory <= MIB, "{memory}");
    }
}
