//! Streamed request and response bodies.

use bytes::Bytes;
use farrier_runtime::transport::BoxError;
use farrier_runtime::types::Body;
use farrier_tests::server::{ScriptedResponse, Server};
use http_body::Frame;
use snapshot_requests::ErrorKind;
use snapshot_requests::blocking::Client;
use snapshot_requests::types::UploadInput;
use std::io::{Cursor, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

const LARGE: usize = 1_000_000;

fn client(server: &Server) -> Client {
    Client::builder().endpoint_url(server.url()).build().unwrap()
}

fn pattern() -> Vec<u8> {
    (0..LARGE).map(|index| (index % 251) as u8).collect()
}

#[test]
fn reader_body_is_chunked_unless_its_length_is_known() {
    let server = Server::always(ScriptedResponse::json(200, "{}"));
    for length in [Some(LARGE as u64), None] {
        let body = Body::from_reader(Cursor::new(pattern()), length);
        client(&server).upload(UploadInput::new().body(body)).send().unwrap();
        let request = server.requests().pop().unwrap();
        assert!(request.body == pattern());
        let expected = length.map(|length| length.to_string());
        assert_eq!(request.header("content-length"), expected.as_deref());
        assert_eq!(request.header("transfer-encoding").is_some(), length.is_none());
    }
}

/// A body that is pending before each chunk, until another thread wakes the task.
struct PendingBody {
    chunks: Vec<&'static str>,
    was_pending: bool,
}

impl http_body::Body for PendingBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.was_pending = !self.was_pending;
        if self.was_pending {
            let waker = context.waker().clone();
            std::thread::spawn(move || waker.wake());
            return Poll::Pending;
        }
        Poll::Ready(self.chunks.pop().map(|chunk| Ok(Frame::data(Bytes::from(chunk)))))
    }
}

#[test]
fn waits_for_a_pending_body() {
    let server = Server::always(ScriptedResponse::json(200, "{}"));
    let body = Body::stream(PendingBody { chunks: vec!["three", "two ", "one "], was_pending: false });
    client(&server).upload(UploadInput::new().body(body)).send().unwrap();
    assert_eq!(server.requests()[0].body, b"one two three");
}

#[test]
fn failing_or_mis_sized_body_is_an_error() {
    let failing = Body::stream(FailingBody);
    let short = Body::from_reader(Cursor::new("abc"), Some(4));
    let long = Body::from_reader(Cursor::new("abcde"), Some(4));
    for (body, reason) in [
        (failing, "disk error"),
        (short, "it is shorter than its content length"),
        (long, "it is longer than its content length"),
    ] {
        let server = Server::always(ScriptedResponse::json(200, "{}"));
        let error = client(&server).upload(UploadInput::new().body(body)).send().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert_eq!(error.to_string(), format!("Upload: could not read the request body: {reason}"));
    }
}

struct FailingBody;

impl http_body::Body for FailingBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Poll::Ready(Some(Err("disk error".into())))
    }
}

#[test]
fn reads_a_streamed_download() {
    for response in
        [ScriptedResponse::new(200).body(pattern()), ScriptedResponse::new(200).body(pattern()).chunked()]
    {
        let server = Server::always(response);
        let client = client(&server);
        for _ in 0..2 {
            let mut read = Vec::new();
            client.download().send().unwrap().body.into_reader().read_to_end(&mut read).unwrap();
            assert!(read == pattern());
        }
        assert_eq!(server.connections(), 1, "the connection is reused once its body was read");
    }
}

#[test]
fn download_returns_before_the_body_is_complete() {
    let server =
        Server::always(ScriptedResponse::new(200).header("x-note", "here").body("first").then_hang());
    let output = client(&server).download().send().unwrap();
    assert_eq!(output.note.as_deref(), Some("here"));
    assert_eq!(output.body.content_length(), Some(105));
    let mut first = [0; 5];
    output.body.into_reader().read_exact(&mut first).unwrap();
    assert_eq!(&first, b"first");
}

#[test]
fn interrupted_download_is_a_body_error() {
    for response in [
        ScriptedResponse::new(200).body("first").then_close(),
        ScriptedResponse::new(200).body("first").chunked().then_close(),
    ] {
        let server = Server::always(response);
        let mut reader = client(&server).download().send().unwrap().body.into_reader();
        assert!(reader.read_to_end(&mut Vec::new()).is_err());
    }
}
