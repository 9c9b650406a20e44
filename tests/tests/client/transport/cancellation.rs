//! Cancellation: dropped requests and bodies close their connection.

use super::support::{get, listen, read_head, with_timeout};
use farrier_runtime::transport::{HyperTransport, Transport};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn cancelled_request_closes_its_connection() {
    let (listener, port) = listen().await;
    let transport = HyperTransport::new();
    let sending = tokio::spawn({
        let transport = transport.clone();
        async move { transport.send(get(format!("http://127.0.0.1:{port}"))).await.map(drop) }
    });
    let (mut tcp, _) = with_timeout(listener.accept()).await.unwrap();
    with_timeout(read_head(&mut tcp)).await;
    sending.abort();
    assert_eq!(with_timeout(tcp.read(&mut [0])).await.unwrap(), 0, "the connection is closed");
}

#[tokio::test]
async fn dropped_body_closes_its_connection() {
    let (listener, port) = listen().await;
    let transport = HyperTransport::new();
    let serving = tokio::spawn(async move {
        let (mut tcp, _) = listener.accept().await.unwrap();
        read_head(&mut tcp).await;
        tcp.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\nthe beginning").await.unwrap();
        tcp.read(&mut [0]).await.unwrap()
    });
    let response = with_timeout(transport.send(get(format!("http://127.0.0.1:{port}")))).await.unwrap();
    let mut body = response.into_body();
    assert_eq!(with_timeout(body.chunk()).await.unwrap().unwrap(), "the beginning");
    assert!(!serving.is_finished());
    drop(body);
    assert_eq!(with_timeout(serving).await.unwrap(), 0, "the connection is closed");
}

#[tokio::test]
async fn cancelled_request_aborts_its_tls_handshake() {
    let (listener, port) = listen().await;
    let transport = HyperTransport::new();
    let sending = tokio::spawn({
        let transport = transport.clone();
        async move { transport.send(get(format!("https://127.0.0.1:{port}"))).await.map(drop) }
    });
    let (mut tcp, _) = with_timeout(listener.accept()).await.unwrap();
    // The first byte of the ClientHello.
    with_timeout(tcp.read_u8()).await.unwrap();
    sending.abort();
    with_timeout(tcp.read_to_end(&mut Vec::new())).await.unwrap();
}
