//! Requests whose headers contradict the length of the body, in both modes.

use bytes::Bytes;
use farrier_runtime::operation::NoError;
use farrier_runtime::types::Body;
use farrier_tests::server::{ScriptedResponse, Server};
use http_body::Frame;
use snapshot_requests::types::UploadInput;
use snapshot_requests::{Client, Error, ErrorKind, blocking};
use std::convert::Infallible;
use std::io::Cursor;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A body of unknown length.
struct Chunks(std::slice::Iter<'static, &'static str>);

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.next().map(|chunk| Ok(Frame::data(Bytes::from(*chunk)))))
    }
}

fn chunks(chunks: &'static [&'static str]) -> Body {
    Body::stream(Chunks(chunks.iter()))
}

fn in_memory() -> Body {
    Body::from("abc")
}

/// A body, headers, and the expected error.
type Case = (fn() -> Body, Vec<(&'static str, &'static str)>, &'static str);

/// Uploads a body with these headers in both modes. Returns the outcomes with the servers.
fn uploads(body: fn() -> Body, headers: &[(&str, &str)]) -> [(Result<(), Error<NoError>>, Server); 2] {
    let respond = || Server::always(ScriptedResponse::json(200, "{}"));
    let server = respond();
    let client = Client::builder().endpoint_url(server.url()).build().unwrap();
    let mut call = client.upload(UploadInput::new().body(body()));
    for (name, value) in headers {
        call = call.header(*name, *value);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let outcome = runtime.block_on(async { call.await.map(drop) });

    let blocking_server = respond();
    let client = blocking::Client::builder().endpoint_url(blocking_server.url()).build().unwrap();
    let mut call = client.upload(UploadInput::new().body(body()));
    for (name, value) in headers {
        call = call.header(*name, *value);
    }
    [(outcome, server), (call.send().map(drop), blocking_server)]
}

#[test]
fn body_of_another_length_than_its_header_is_an_error() {
    let short = "could not read the request body: it is shorter than its content length";
    let long = "could not read the request body: it is longer than its content length";
    let wrong_hint = || Body::from_reader(Cursor::new("abcde"), Some(4));
    let short_hint = || Body::from_reader(Cursor::new("abc"), Some(4));
    let declared = |length| vec![("content-length", length)];
    let cases: [Case; 8] = [
        (in_memory, declared("2"), "invalid request: `content-length` is not the length of the body"),
        (in_memory, declared("4"), "invalid request: `content-length` is not the length of the body"),
        (in_memory, declared("+3"), "invalid request: `content-length` is not one number"),
        (|| chunks(&["ab", "c"]), declared("4"), short),
        (|| chunks(&["ab", "c"]), declared("2"), long),
        (|| chunks(&["abc"]), declared("2"), long),
        (wrong_hint, Vec::new(), long),
        (short_hint, Vec::new(), short),
    ];
    for (body, headers, expected) in cases {
        for (outcome, server) in uploads(body, &headers) {
            let error = outcome.unwrap_err();
            assert_eq!(error.to_string(), format!("Upload: {expected}"), "{headers:?}");
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1));
            assert!(server.requests().is_empty(), "no complete request was sent");
        }
    }
}

#[test]
fn body_of_the_length_in_its_header_is_sent() {
    let cases: [fn() -> Body; 3] =
        [in_memory, || chunks(&["a", "", "bc"]), || Body::from_reader(Cursor::new("abc"), None)];
    for body in cases {
        for (outcome, server) in uploads(body, &[("content-length", "3")]) {
            outcome.unwrap();
            let request = &server.requests()[0];
            assert_eq!((request.header("content-length"), &request.body[..]), (Some("3"), &b"abc"[..]));
            assert_eq!(request.header("transfer-encoding"), None);
        }
    }
}

#[test]
fn chunked_body_has_no_content_length() {
    for headers in [
        &[("transfer-encoding", "chunked")][..],
        &[("transfer-encoding", "Chunked"), ("content-length", "2")],
    ] {
        for body in [in_memory as fn() -> Body, || chunks(&["ab", "c"])] {
            for (outcome, server) in uploads(body, headers) {
                outcome.unwrap();
                let request = &server.requests()[0];
                assert_eq!((request.header("content-length"), &request.body[..]), (None, &b"abc"[..]));
            }
        }
    }
}

#[test]
fn other_transfer_encodings_are_errors() {
    for (outcome, server) in uploads(in_memory, &[("transfer-encoding", "gzip, chunked")]) {
        let expected = "Upload: invalid request: `transfer-encoding` is not `chunked`: encode the body before it is sent";
        assert_eq!(outcome.unwrap_err().to_string(), expected);
        assert_eq!(server.connections(), 0);
    }
}
