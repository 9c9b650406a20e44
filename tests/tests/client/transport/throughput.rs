//! The minimum throughput of transfers over HTTP/2.

use super::support::{Authority, serve_tls, with_timeout};
use bytes::Bytes;
use farrier_runtime::transport::{HyperTransport, MinThroughput, Roots, Transport, TransportError};
use farrier_runtime::types::Body;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

/// Sends a body byte by byte, and does not read the request.
async fn serve(tls: TlsStream<TcpStream>) {
    let mut connection = h2::server::handshake(tls).await.unwrap();
    let mut exchanges = Vec::new();
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        if request.method() == http::Method::PUT {
            exchanges.push((request, respond));
            continue;
        }
        let Ok(mut body) = respond.send_response(http::Response::new(()), false) else { return };
        tokio::spawn(async move {
            while body.send_data(Bytes::from("x"), false).is_ok() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
    }
}

/// Returns a transport, and the URL of a server of HTTP/2.
async fn start() -> (HyperTransport, String) {
    let authority = Authority::new();
    let mut config = authority.server_config("localhost");
    config.alpn_protocols = vec![b"h2".to_vec()];
    let url = format!("https://localhost:{}", serve_tls(config, serve).await);
    let roots = Roots::none().add_pem(authority.pem());
    (HyperTransport::builder().roots(roots).build().unwrap(), url)
}

fn request(method: &str, url: &str, body: impl Into<Body>) -> http::Request<Body> {
    let min = MinThroughput::new(1_000_000).grace_period(Duration::from_millis(200));
    http::Request::builder().method(method).uri(url).extension(min).body(body.into()).unwrap()
}

#[tokio::test]
async fn slow_download_over_http2_stalls() {
    let (transport, url) = start().await;
    let response = with_timeout(transport.send(request("GET", &url, ""))).await.unwrap();
    assert_eq!(response.version(), http::Version::HTTP_2);
    let error = with_timeout(response.into_body().collect()).await.unwrap_err();
    let error = TransportError::interrupted(error);
    assert_eq!(error.to_string(), "download stalled: slower than 1000000 bytes per second for 200ms");
}

#[tokio::test]
async fn upload_over_http2_that_is_not_read_stalls() {
    let (transport, url) = start().await;
    let sent = transport.send(request("PUT", &url, vec![1; 1 << 20]));
    let error = with_timeout(sent).await.unwrap_err();
    assert_eq!(error.to_string(), "upload stalled: slower than 1000000 bytes per second for 200ms");
    assert!(error.may_have_been_sent());
}
