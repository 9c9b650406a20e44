//! Incomplete, oversized and malformed messages.

use super::support::{fetch, listen, with_timeout};
use bytes::Bytes;
use farrier_runtime::transport::{BoxError, HyperTransport, Transport, TransportErrorKind};
use farrier_runtime::types::Body;
use farrier_tests::server::{ScriptedResponse, Server};
use http_body::Frame;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

async fn error_text(response: ScriptedResponse) -> String {
    let server = Server::always(response);
    let transport = HyperTransport::builder().max_response_headers(8192).build().unwrap();
    let error = fetch(&transport, format!("{}/secret?secret", server.url())).await.unwrap_err();
    assert_eq!((error.kind(), error.may_have_been_sent()), (TransportErrorKind::Interrupted, true));
    let line = error.to_string();
    assert!(!line.contains("secret") && !line.contains('\n'), "{line}");
    line
}

#[tokio::test]
async fn too_large_or_too_many_headers_are_an_error() {
    let large = ScriptedResponse::new(200).header("x-large", &"secret".repeat(2000));
    let many =
        (0..101).fold(ScriptedResponse::new(200), |response, _| response.header("x-one-of-many", "secret"));
    for response in [large, many] {
        assert_eq!(
            error_text(response).await,
            "could not read the response: headers exceed the client's limits"
        );
    }
}

#[tokio::test]
async fn reads_large_headers_below_the_limit() {
    let server = Server::always(ScriptedResponse::new(200).header("x-large", &"a".repeat(12_000)).body("ok"));
    assert_eq!(fetch(&HyperTransport::new(), server.url()).await.unwrap(), "ok");
}

#[tokio::test]
async fn non_http_response_is_an_error() {
    for response in ["SSH-2.0-secret\r\n", "HTTP/1.1 secret\r\n\r\n", "HTTP/1.1 200 OK\r\nsec ret\r\n\r\n"] {
        let line = error_text(ScriptedResponse::raw(response)).await;
        assert!(line.starts_with("could not read the response: "), "{line}");
    }
}

#[tokio::test]
async fn incomplete_response_is_an_error() {
    let interrupted = "connection closed before the response was complete";
    let closed = "the server closed the connection";
    for response in [ScriptedResponse::close(), ScriptedResponse::raw("HTTP/1.1 200 OK\r\nx: ")] {
        assert_eq!(error_text(response).await, format!("{interrupted}: {closed}"));
    }
    let part = ScriptedResponse::new(200).body("secret");
    for response in [part.clone().then_close(), part.clone().chunked().then_close()] {
        assert_eq!(error_text(response).await, format!("{interrupted}: {closed}"));
    }
    for response in [ScriptedResponse::reset(), part.then_reset()] {
        let line = error_text(response).await;
        assert!(line.starts_with(&format!("{interrupted}: Connection reset by peer")), "{line}");
    }
}

#[tokio::test]
async fn received_request_is_never_reported_as_unsent() {
    let (listener, port) = listen().await;
    // Half-closes each connection, every second one before any data arrives: the client may or may not
    // notice before it sends.
    let serving = tokio::spawn(async move {
        let mut received = Vec::new();
        for connection in 0..50 {
            let (mut tcp, _) = listener.accept().await.unwrap();
            if connection % 2 == 0 {
                tcp.peek(&mut [0]).await.unwrap();
            }
            tcp.shutdown().await.unwrap();
            let mut request = Vec::new();
            // The client may reset the connection; the bytes received before that count.
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
    for (received, may_have_been_sent) in
        with_timeout(serving).await.unwrap().into_iter().zip(may_have_been_sent)
    {
        assert!(may_have_been_sent || !received);
    }
}

/// A body that fails.
struct FailingBody;

impl http_body::Body for FailingBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Poll::Ready(Some(Err("file not found".into())))
    }
}

#[tokio::test]
async fn failing_request_body_is_not_a_connection_failure() {
    let server = Server::always(ScriptedResponse::hang());
    let request = http::Request::put(server.url()).body(Body::stream(FailingBody)).unwrap();
    let error = with_timeout(HyperTransport::new().send(request)).await.unwrap_err();
    assert_eq!(error.to_string(), "could not read the request body: file not found");
    assert!(error.may_have_been_sent());
}
