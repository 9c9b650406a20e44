//! HTTP/2, where a server offers it.

use crate::support::{Authority, answer_ok, get, serve_tls, within};
use bytes::Bytes;
use farrier_runtime::transport::{HyperTransport, Roots, Transport};
use http_body_util::Full;
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

/// Speaks what was agreed upon.
async fn answer(tls: TlsStream<TcpStream>) {
    if tls.get_ref().1.alpn_protocol() != Some(b"h2") {
        return answer_ok(tls).await;
    }
    let service = hyper::service::service_fn(|_| async {
        Ok::<_, Infallible>(http::Response::new(Full::new(Bytes::from("ok"))))
    });
    let server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
    // The client leaves as it likes.
    drop(server.serve_connection(TokioIo::new(tls), service).await);
}

#[tokio::test]
async fn a_server_that_offers_http2_is_spoken_to_in_it_unless_that_is_off() {
    let authority = Authority::new();
    let mut config = authority.vouch_for("localhost");
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    let count = move |tls| {
        counted.fetch_add(1, Ordering::Relaxed);
        answer(tls)
    };
    let url = format!("https://localhost:{}", serve_tls(config, count).await);

    let builder = HyperTransport::builder().roots(Roots::none().and_pem(authority.pem()));
    let transport = builder.clone().build().unwrap();
    for _ in 0..3 {
        let response = within(transport.send(get(&url))).await.unwrap();
        assert_eq!(response.version(), http::Version::HTTP_2);
        assert_eq!(within(response.into_body().collect()).await.unwrap(), "ok");
    }
    assert_eq!(connections.load(Ordering::Relaxed), 1);

    let without = builder.http2(false).build().unwrap();
    let response = within(without.send(get(&url))).await.unwrap();
    assert_eq!(response.version(), http::Version::HTTP_11);
}

#[tokio::test]
async fn a_server_that_offers_nothing_is_spoken_to_in_http1() {
    let authority = Authority::new();
    let url = format!("https://localhost:{}", serve_tls(authority.vouch_for("localhost"), answer).await);
    let roots = Roots::none().and_pem(authority.pem());
    let transport = HyperTransport::builder().roots(roots).build().unwrap();
    let response = within(transport.send(get(&url))).await.unwrap();
    assert_eq!(response.version(), http::Version::HTTP_11);
}

#[tokio::test]
async fn a_request_that_the_server_refuses_unread_was_not_sent() {
    let authority = Authority::new();
    let mut config = authority.vouch_for("localhost");
    config.alpn_protocols = vec![b"h2".to_vec()];
    let refuse = |tls| async {
        let mut connection = h2::server::handshake(tls).await.unwrap();
        while let Some(Ok((_, mut respond))) = connection.accept().await {
            respond.send_reset(h2::Reason::REFUSED_STREAM);
        }
    };
    let url = format!("https://localhost:{}", serve_tls(config, refuse).await);
    let roots = Roots::none().and_pem(authority.pem());
    let transport = HyperTransport::builder().roots(roots).build().unwrap();
    let error = within(transport.send(get(&url))).await.unwrap_err();
    assert!(error.to_string().starts_with("the server refused the request unread: "), "{error}");
    assert!(!error.may_have_been_sent());
}
