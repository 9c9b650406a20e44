//! Exchanges that are given up.

use crate::support::{get, listen, read_head, within};
use farrier_runtime::transport::{HyperTransport, Transport};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn a_request_that_is_given_up_ends_its_connection() {
    let (listener, port) = listen().await;
    let transport = HyperTransport::new();
    let sending = tokio::spawn({
        let transport = transport.clone();
        async move { transport.send(get(format!("http://127.0.0.1:{port}"))).await.map(drop) }
    });
    let (mut tcp, _) = within(listener.accept()).await.unwrap();
    within(read_head(&mut tcp)).await;
    sending.abort();
    assert_eq!(within(tcp.read(&mut [0])).await.unwrap(), 0, "the connection ends");
}

#[tokio::test]
async fn a_body_that_is_given_up_ends_its_connection() {
    let (listener, port) = listen().await;
    let transport = HyperTransport::new();
    let answering = tokio::spawn(async move {
        let (mut tcp, _) = listener.accept().await.unwrap();
        read_head(&mut tcp).await;
        tcp.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\nthe beginning").await.unwrap();
        tcp.read(&mut [0]).await.unwrap()
    });
    let response = within(transport.send(get(format!("http://127.0.0.1:{port}")))).await.unwrap();
    let mut body = response.into_body();
    assert_eq!(within(body.chunk()).await.unwrap().unwrap(), "the beginning");
    assert!(!answering.is_finished());
    drop(body);
    assert_eq!(within(answering).await.unwrap(), 0, "the connection ends");
}

#[tokio::test]
async fn a_connection_that_was_not_made_yet_is_given_up_with_its_request() {
    let (listener, port) = listen().await;
    let transport = HyperTransport::new();
    let sending = tokio::spawn({
        let transport = transport.clone();
        async move { transport.send(get(format!("https://127.0.0.1:{port}"))).await.map(drop) }
    });
    let (mut tcp, _) = within(listener.accept()).await.unwrap();
    // The first byte of the client's hello.
    within(tcp.read_u8()).await.unwrap();
    sending.abort();
    within(tcp.read_to_end(&mut Vec::new())).await.unwrap();
}
