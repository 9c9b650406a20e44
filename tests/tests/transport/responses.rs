//! Messages that are not whole or not HTTP.

use crate::support::{fetch, listen, within};
use bytes::Bytes;
use farrier_runtime::transport::{BoxError, HyperTransport, Transport, TransportErrorKind};
use farrier_runtime::types::Body;
use farrier_tests::server::{ScriptedResponse, Server};
use http_body::Frame;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

async fn failure(answer: ScriptedResponse) -> String {
    let server = Server::always(answer);
    let transport = HyperTransport::builder().max_response_headers(8192).build().unwrap();
    let error = fetch(&transport, format!("{}/secret?secret", server.url())).await.unwrap_err();
    assert_eq!((error.kind(), error.may_have_been_sent()), (TransportErrorKind::Interrupted, true));
    let line = error.to_string();
    assert!(!line.contains("secret") && !line.contains('\n'), "{line}");
    line
}

#[tokio::test]
async fn headers_that_are_too_large_or_too_many_are_said_to_be() {
    let large = ScriptedResponse::new(200).header("x-large", &"secret".repeat(2000));
    let many =
        (0..101).fold(ScriptedResponse::new(200), |answer, _| answer.header("x-one-of-many", "secret"));
    for answer in [large, many] {
        assert_eq!(
            failure(answer).await,
            "the answer cannot be read: its headers are more or larger than this client allows"
        );
    }
}

#[tokio::test]
async fn large_headers_are_read_where_they_are_allowed() {
    let server = Server::always(ScriptedResponse::new(200).header("x-large", &"a".repeat(12_000)).body("ok"));
    assert_eq!(fetch(&HyperTransport::new(), server.url()).await.unwrap(), "ok");
}

#[tokio::test]
async fn what_is_not_http_is_said_to_be_unreadable() {
    for answer in ["SSH-2.0-secret\r\n", "HTTP/1.1 secret\r\n\r\n", "HTTP/1.1 200 OK\r\nsec ret\r\n\r\n"] {
        let line = failure(ScriptedResponse::raw(answer)).await;
        assert!(line.starts_with("the answer cannot be read: "), "{line}");
    }
}

#[tokio::test]
async fn a_connection_that_ends_before_the_answer_or_in_it_is_said_to_have_ended() {
    let broke = "the connection broke before the answer was whole";
    let closed = "the server closed the connection";
    for answer in [ScriptedResponse::close(), ScriptedResponse::raw("HTTP/1.1 200 OK\r\nx: ")] {
        assert_eq!(failure(answer).await, format!("{broke}: {closed}"));
    }
    let part = ScriptedResponse::new(200).body("secret");
    for answer in [part.clone().then_close(), part.clone().chunked().then_close()] {
        assert_eq!(failure(answer).await, format!("{broke}: {closed}"));
    }
    for answer in [ScriptedResponse::reset(), part.then_reset()] {
        let line = failure(answer).await;
        assert!(line.starts_with(&format!("{broke}: Connection reset by peer")), "{line}");
    }
}

#[tokio::test]
async fn a_request_of_which_something_came_is_never_called_unsent() {
    let (listener, port) = listen().await;
    // Connections are closed in one direction, every second one at once: the client may or may not see it
    // in time.
    let serving = tokio::spawn(async move {
        let mut received = Vec::new();
        for connection in 0..50 {
            let (mut tcp, _) = listener.accept().await.unwrap();
            if connection % 2 == 0 {
                tcp.peek(&mut [0]).await.unwrap();
            }
            tcp.shutdown().await.unwrap();
            let mut request = Vec::new();
            // A client that resets the connection has said what it had to say.
            drop(tcp.read_to_end(&mut request).await);
            received.push(!request.is_empty());
        }
        received
    });
    let mut may_have_been_sent = Vec::new();
    for _ in 0..50 {
        let error = fetch(&HyperTransport::new(), format!("http://127.0.0.1:{port}")).await.unwrap_err();
        may_have_been_sent.push(error.may_have_been_sent());
    }
    for (received, may_have_been_sent) in within(serving).await.unwrap().into_iter().zip(may_have_been_sent) {
        assert!(may_have_been_sent || !received);
    }
}

/// A body that cannot be had.
struct Broken;

impl http_body::Body for Broken {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Poll::Ready(Some(Err("the file is gone".into())))
    }
}

#[tokio::test]
async fn a_request_whose_body_breaks_off_is_told_from_a_broken_connection() {
    let server = Server::always(ScriptedResponse::silence());
    let request = http::Request::put(server.url()).body(Body::stream(Broken)).unwrap();
    let error = within(HyperTransport::new().send(request)).await.unwrap_err();
    assert_eq!(error.to_string(), "the body of the request broke off: the file is gone");
    assert!(error.may_have_been_sent());
}
