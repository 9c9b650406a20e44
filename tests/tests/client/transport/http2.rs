//! HTTP/2, negotiated by ALPN.

use super::support::{
    Authority, LONG_TIMEOUT, OK, fetch, get, listen, read_head, respond_ok, serve_tls, with_timeout,
};
use bytes::Bytes;
use farrier_runtime::transport::{HyperTransport, Roots, Transport, TransportError, TransportErrorKind};
use farrier_tests::http2::{self, Http2Response, StreamEnd};
use farrier_tests::server::Server;
use http_body_util::Full;
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::convert::Infallible;
use std::net::Shutdown;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use tokio_rustls::server::TlsStream;

/// Serves HTTP/2 or HTTP/1.1, as negotiated.
async fn serve(tls: TlsStream<TcpStream>) {
    if tls.get_ref().1.alpn_protocol() != Some(b"h2") {
        return respond_ok(tls).await;
    }
    let service = hyper::service::service_fn(|_| async {
        Ok::<_, Infallible>(http::Response::new(Full::new(Bytes::from("ok"))))
    });
    let server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
    // The client may close the connection at any time.
    drop(server.serve_connection(TokioIo::new(tls), service).await);
}

#[tokio::test]
async fn uses_http2_if_offered_unless_disabled() {
    let authority = Authority::new();
    let mut config = authority.server_config("localhost");
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    let count = move |tls| {
        counted.fetch_add(1, Ordering::Relaxed);
        serve(tls)
    };
    let url = format!("https://localhost:{}", serve_tls(config, count).await);

    let builder = HyperTransport::builder().roots(Roots::none().add_pem(authority.pem()));
    let transport = builder.clone().build().unwrap();
    for _ in 0..3 {
        let response = with_timeout(transport.send(get(&url))).await.unwrap();
        assert_eq!(response.version(), http::Version::HTTP_2);
        assert_eq!(with_timeout(response.into_body().collect()).await.unwrap(), "ok");
    }
    assert_eq!(connections.load(Ordering::Relaxed), 1);

    let http1_only = builder.http2(false).build().unwrap();
    let response = with_timeout(http1_only.send(get(&url))).await.unwrap();
    assert_eq!(response.version(), http::Version::HTTP_11);
}

#[tokio::test]
async fn uses_http1_without_alpn() {
    let authority = Authority::new();
    let url = format!("https://localhost:{}", serve_tls(authority.server_config("localhost"), serve).await);
    let roots = Roots::none().add_pem(authority.pem());
    let transport = HyperTransport::builder().roots(roots).build().unwrap();
    let response = with_timeout(transport.send(get(&url))).await.unwrap();
    assert_eq!(response.version(), http::Version::HTTP_11);
}

#[tokio::test]
async fn refused_stream_was_not_sent() {
    let authority = Authority::new();
    let mut config = authority.server_config("localhost");
    config.alpn_protocols = vec![b"h2".to_vec()];
    let refuse = |tls| async {
        let mut connection = h2::server::handshake(tls).await.unwrap();
        while let Some(Ok((_, mut respond))) = connection.accept().await {
            respond.send_reset(h2::Reason::REFUSED_STREAM);
        }
    };
    let url = format!("https://localhost:{}", serve_tls(config, refuse).await);
    let roots = Roots::none().add_pem(authority.pem());
    let transport = HyperTransport::builder().roots(roots).build().unwrap();
    let error = with_timeout(transport.send(get(&url))).await.unwrap_err();
    assert!(
        error.to_string().starts_with("the server refused the request without processing it: "),
        "{error}"
    );
    assert!(!error.may_have_been_sent());
}

/// A server that responds only once `at_once` requests are in progress, and then to all.
struct CrowdServer {
    url: String,
    connections: Arc<AtomicUsize>,
    transport: HyperTransport,
}

impl CrowdServer {
    async fn start(at_once: usize, max_streams: u32) -> Self {
        let authority = Authority::new();
        let mut config = authority.server_config("localhost");
        config.alpn_protocols = vec![b"h2".to_vec()];
        let connections = Arc::new(AtomicUsize::new(0));
        let (counted, crowd) = (Arc::clone(&connections), Arc::new(Barrier::new(at_once)));
        let serve = move |tls| {
            counted.fetch_add(1, Ordering::Relaxed);
            let crowd = Arc::clone(&crowd);
            async move {
                let service = hyper::service::service_fn(|request: http::Request<_>| {
                    let crowd = Arc::clone(&crowd);
                    async move {
                        if request.uri().path() == "/crowd" {
                            crowd.wait().await;
                        }
                        Ok::<_, Infallible>(http::Response::new(Full::new(Bytes::from("ok"))))
                    }
                });
                let mut server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
                server.max_concurrent_streams(max_streams);
                drop(server.serve_connection(TokioIo::new(tls), service).await);
            }
        };
        let url = format!("https://localhost:{}", serve_tls(config, serve).await);
        let roots = Roots::none().add_pem(authority.pem());
        let transport = HyperTransport::builder().roots(roots).build().unwrap();
        Self { url, connections, transport }
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// Sends this many requests at once.
    async fn send_crowd(&self, count: usize) {
        let mut requests = JoinSet::new();
        for _ in 0..count {
            let (transport, url) = (self.transport.clone(), format!("{}/crowd", self.url));
            requests.spawn(async move { fetch(&transport, url).await.unwrap() });
        }
        assert!(requests.join_all().await.iter().all(|body| body == "ok"));
    }
}

#[tokio::test]
async fn opens_as_many_connections_as_requests_need() {
    let server = CrowdServer::start(1000, 250).await;
    server.send_crowd(1000).await;
    assert!((10..=12).contains(&server.connections()), "{}", server.connections());
    let before = server.connections();
    server.send_crowd(1000).await;
    assert_eq!(server.connections(), before, "they are used again");
}

#[tokio::test]
async fn respects_the_number_of_streams_that_the_server_allows() {
    let server = CrowdServer::start(100, 10).await;
    // The first response tells the number.
    assert_eq!(fetch(&server.transport, &server.url).await.unwrap(), "ok");
    server.send_crowd(100).await;
    assert!((10..=13).contains(&server.connections()), "{}", server.connections());
}

#[tokio::test]
async fn requests_share_the_failure_to_connect() {
    let server = Server::raw(|connection| drop(connection.shutdown(Shutdown::Both)));
    let transport = HyperTransport::new();
    let mut requests = JoinSet::new();
    for _ in 0..50 {
        let (transport, url) = (transport.clone(), server.https_url());
        requests.spawn(async move { fetch(&transport, url).await.unwrap_err() });
    }
    for error in requests.join_all().await {
        assert_eq!((error.kind(), error.may_have_been_sent()), (TransportErrorKind::Connect, false));
        assert_eq!(error.to_string(), "could not connect: the server closed the connection");
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn next_request_connects_if_the_first_is_cancelled() {
    let authority = Authority::new();
    let mut config = authority.server_config("localhost");
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let (listener, port) = listen().await;
    let roots = Roots::none().add_pem(authority.pem());
    let transport = HyperTransport::builder().roots(roots).build().unwrap();
    let request = || {
        let (transport, url) = (transport.clone(), format!("https://localhost:{port}"));
        tokio::spawn(async move { fetch(&transport, url).await })
    };
    let first = request();
    // Its handshake does not end.
    let (stalled, _) = listener.accept().await.unwrap();
    let second = request();
    first.abort();
    first.await.unwrap_err();
    let (tcp, _) = with_timeout(listener.accept()).await.unwrap();
    tokio::spawn(async move { serve(acceptor.accept(tcp).await.unwrap()).await });
    assert_eq!(with_timeout(second).await.unwrap().unwrap(), "ok");
    drop(stalled);
}

#[tokio::test]
async fn idle_connections_are_closed() {
    for (idle_timeout, max_idle) in [(Duration::from_millis(50), usize::MAX), (LONG_TIMEOUT, 0)] {
        let authority = Authority::new();
        let server = http2::serve(authority.server_config("localhost"), || Http2Response::new(200));
        let builder = HyperTransport::builder().roots(Roots::none().add_pem(authority.pem()));
        let builder = builder.pool_idle_timeout(idle_timeout).pool_max_idle_per_host(max_idle);
        let transport = builder.build().unwrap();
        fetch(&transport, server.https_url()).await.unwrap();
        let server = tokio::task::spawn_blocking(move || {
            server.wait_until_disconnected();
            server
        });
        let server = server.await.unwrap();
        fetch(&transport, server.https_url()).await.unwrap();
        assert_eq!(server.connections(), 2);
    }
}

#[tokio::test]
async fn connection_to_an_http1_server_is_used_again() {
    let authority = Authority::new();
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    let keep_alive = move |mut tls: TlsStream<TcpStream>| {
        counted.fetch_add(1, Ordering::Relaxed);
        async move {
            for _ in 0..3 {
                read_head(&mut tls).await;
                tls.write_all(OK).await.unwrap();
            }
        }
    };
    let port = serve_tls(authority.server_config("localhost"), keep_alive).await;
    let roots = Roots::none().add_pem(authority.pem());
    let transport = HyperTransport::builder().roots(roots).build().unwrap();
    for _ in 0..3 {
        assert_eq!(fetch(&transport, format!("https://localhost:{port}")).await.unwrap(), "ok");
    }
    assert_eq!(connections.load(Ordering::Relaxed), 1);
}

/// Starts a server with this response to every request, and a transport that trusts it.
fn serve_always(response: Http2Response) -> (Server, HyperTransport) {
    let authority = Authority::new();
    let server = http2::serve(authority.server_config("localhost"), move || response.clone());
    let roots = Roots::none().add_pem(authority.pem());
    (server, HyperTransport::builder().roots(roots).build().unwrap())
}

#[tokio::test]
async fn body_that_ends_early_is_interrupted() {
    let whole = || Http2Response::new(200).body("half");
    for end in [StreamEnd::Reset(0), StreamEnd::Reset(8), StreamEnd::GoAway, StreamEnd::Close] {
        for response in [whole().header("content-length", "8"), whole()] {
            let (server, transport) = serve_always(response.end(end));
            let response = with_timeout(transport.send(get(server.https_url()))).await.unwrap();
            let mut body = response.into_body();
            assert_eq!(with_timeout(body.chunk()).await.unwrap().unwrap(), "half");
            let error = with_timeout(body.chunk()).await.unwrap().unwrap_err();
            let error = TransportError::interrupted(error);
            assert_eq!((error.kind(), error.may_have_been_sent()), (TransportErrorKind::Interrupted, true));
            assert!(with_timeout(body.chunk()).await.is_none(), "{end:?}");
        }
    }
}

#[tokio::test]
async fn body_of_full_length_is_whole_without_the_end_of_the_stream() {
    let response = Http2Response::new(200).body("whole").header("content-length", "5");
    let (server, transport) = serve_always(response.end(StreamEnd::Reset(0)));
    let response = with_timeout(transport.send(get(server.https_url()))).await.unwrap();
    assert_eq!(with_timeout(response.into_body().collect()).await.unwrap(), "whole");
}

#[tokio::test]
async fn responses_without_a_body_may_have_a_length() {
    for (method, status) in [("HEAD", 200), ("GET", 304), ("HEAD", 404)] {
        for end in [StreamEnd::EndStream, StreamEnd::Reset(0)] {
            let response = Http2Response::new(status).header("content-length", "100").end(end);
            let (server, transport) = serve_always(response);
            let mut request = get(server.https_url());
            *request.method_mut() = method.parse().unwrap();
            let response = with_timeout(transport.send(request)).await.unwrap();
            assert_eq!(response.status(), status);
            let body = with_timeout(response.into_body().collect()).await;
            assert_eq!(body.unwrap(), "", "{method} {status} {end:?}");
        }
    }
}
