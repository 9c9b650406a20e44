//! Bodies that are streamed.

use bytes::Bytes;
use farrier_runtime::transport::BoxError;
use farrier_runtime::types::Body;
use farrier_tests::server::{ScriptedResponse, Server};
use golden_requests::ErrorKind;
use golden_requests::blocking::Client;
use golden_requests::types::UploadInput;
use http_body::Frame;
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
fn a_body_from_a_reader_is_sent_with_its_length_or_in_chunks() {
    let server = Server::always(ScriptedResponse::json(200, "{}"));
    for length in [Some(LARGE as u64), None] {
        let body = Body::from_reader(Cursor::new(pattern()), length);
        client(&server).upload(UploadInput::new().body(body)).send().unwrap();
        let request = server.requests().pop().unwrap();
        assert!(request.body == pattern());
        let announced = length.map(|length| length.to_string());
        assert_eq!(request.header("content-length"), announced.as_deref());
        assert_eq!(request.header("transfer-encoding").is_some(), length.is_none());
    }
}

/// A body for each piece of which a thread wakes the one that waits.
struct MadeElsewhere {
    pieces: Vec<&'static str>,
    asked: bool,
}

impl http_body::Body for MadeElsewhere {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.asked = !self.asked;
        if self.asked {
            let waker = context.waker().clone();
            std::thread::spawn(move || waker.wake());
            return Poll::Pending;
        }
        Poll::Ready(self.pieces.pop().map(|piece| Ok(Frame::data(Bytes::from(piece)))))
    }
}

#[test]
fn a_body_that_another_thread_makes_is_waited_for() {
    let server = Server::always(ScriptedResponse::json(200, "{}"));
    let body = Body::stream(MadeElsewhere { pieces: vec!["three", "two ", "one "], asked: false });
    client(&server).upload(UploadInput::new().body(body)).send().unwrap();
    assert_eq!(server.requests()[0].body, b"one two three");
}

#[test]
fn a_body_that_fails_or_has_another_length_than_announced_ends_the_call() {
    let failing = Body::stream(Failing);
    let short = Body::from_reader(Cursor::new("abc"), Some(4));
    let long = Body::from_reader(Cursor::new("abcde"), Some(4));
    for (body, why) in [
        (failing, "out of paper"),
        (short, "it ended before its announced length"),
        (long, "it is longer than its announced length"),
    ] {
        let server = Server::always(ScriptedResponse::json(200, "{}"));
        let error = client(&server).upload(UploadInput::new().body(body)).send().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert_eq!(error.to_string(), format!("Upload: the body of the request broke off: {why}"));
    }
}

struct Failing;

impl http_body::Body for Failing {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Poll::Ready(Some(Err("out of paper".into())))
    }
}

#[test]
fn a_download_is_read_as_it_comes() {
    for answer in
        [ScriptedResponse::new(200).body(pattern()), ScriptedResponse::new(200).body(pattern()).chunked()]
    {
        let server = Server::always(answer);
        let client = client(&server);
        for _ in 0..2 {
            let mut read = Vec::new();
            client.download().send().unwrap().body.into_reader().read_to_end(&mut read).unwrap();
            assert!(read == pattern());
        }
        assert_eq!(server.connections(), 1, "a connection whose body was read is used again");
    }
}

#[test]
fn a_download_is_handed_on_before_it_is_whole() {
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
fn a_download_that_breaks_off_is_an_error_of_the_body() {
    for answer in [
        ScriptedResponse::new(200).body("first").then_close(),
        ScriptedResponse::new(200).body("first").chunked().then_close(),
    ] {
        let server = Server::always(answer);
        let mut reader = client(&server).download().send().unwrap().body.into_reader();
        assert!(reader.read_to_end(&mut Vec::new()).is_err());
    }
}
