//! Connect timeouts and connection errors.

use super::support::{Authority, LONG_TIMEOUT, fetch, get, listen, with_timeout};
use farrier_runtime::transport::{
    HyperTransport, Proxy, Roots, Transport, TransportBuildError, TransportErrorKind,
};
use farrier_tests::server::RefusingPort;
use std::time::{Duration, Instant};

const TIMEOUT: Duration = Duration::from_millis(200);

/// Starts a server that accepts connections and sends nothing. Returns its port.
async fn unresponsive_server() -> u16 {
    let (listener, port) = listen().await;
    tokio::spawn(async move {
        let mut connections = Vec::new();
        while let Ok((tcp, _)) = listener.accept().await {
            connections.push(tcp);
        }
    });
    port
}

#[tokio::test]
async fn connect_timeout_covers_tls_and_the_proxy_tunnel() {
    let roots = Roots::none().add_pem(Authority::new().pem());
    let builder = HyperTransport::builder().connect_timeout(TIMEOUT).roots(roots);
    let direct = builder.clone().build().unwrap();
    let proxy = Proxy::all(format!("http://127.0.0.1:{}", unresponsive_server().await));
    let proxied = builder.proxy(proxy).build().unwrap();
    let url = format!("https://127.0.0.1:{}", unresponsive_server().await);
    for transport in [direct, proxied] {
        let started = Instant::now();
        let error = with_timeout(transport.send(get(&url))).await.unwrap_err();
        assert!(started.elapsed() < LONG_TIMEOUT);
        assert_eq!(error.to_string(), "connect timed out after 200ms");
        assert_eq!((error.kind(), error.may_have_been_sent()), (TransportErrorKind::Timeout, false));
    }
}

#[tokio::test]
async fn connect_timeout_excludes_the_response() {
    let (listener, port) = listen().await;
    let transport = HyperTransport::builder().connect_timeout(TIMEOUT).build().unwrap();
    let url = format!("http://127.0.0.1:{port}");
    let sending = fetch(&transport, &url);
    let serving = async {
        let (mut tcp, _) = listener.accept().await.unwrap();
        super::support::read_head(&mut tcp).await;
        tokio::time::sleep(TIMEOUT * 2).await;
        tokio::io::AsyncWriteExt::write_all(&mut tcp, super::support::OK).await.unwrap();
    };
    let (body, ()) = tokio::join!(sending, serving);
    assert_eq!(body.unwrap(), "ok");
}

#[tokio::test]
async fn refused_connection_and_unresolvable_host_are_connect_errors() {
    let port = RefusingPort::new();
    for (url, expected) in [
        (port.url(), "could not connect: Connection refused"),
        ("http://no-such-host.invalid".to_owned(), "could not connect: failed to lookup address"),
    ] {
        let error = fetch(&HyperTransport::new(), &url).await.unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
        assert_eq!((error.kind(), error.may_have_been_sent()), (TransportErrorKind::Connect, false));
    }
}

#[tokio::test]
async fn rejects_unknown_url_schemes() {
    let server = farrier_tests::server::Server::always(farrier_tests::server::ScriptedResponse::new(200));
    for proxy in [Proxy::none(), Proxy::all(server.url())] {
        let transport = HyperTransport::builder().proxy(proxy).build().unwrap();
        let url = server.url().replace("http:", "httpz:");
        let error = fetch(&transport, url).await.unwrap_err();
        assert!(error.to_string().contains("must begin with `http://` or `https://`"), "{error}");
        assert_eq!((error.kind(), error.may_have_been_sent()), (TransportErrorKind::Connect, false));
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn timeouts_of_duration_max_are_unlimited() {
    let server =
        farrier_tests::server::Server::always(farrier_tests::server::ScriptedResponse::new(200).body("ok"));
    let builder = HyperTransport::builder().connect_timeout(Duration::MAX).pool_idle_timeout(Duration::MAX);
    let transport = builder.build().unwrap();
    assert_eq!(fetch(&transport, server.url()).await.unwrap(), "ok");
    assert_eq!(fetch(&transport, server.url()).await.unwrap(), "ok");
    assert_eq!(server.connections(), 1);
}

#[test]
fn invalid_settings_are_build_errors() {
    let error = HyperTransport::builder().connect_timeout(Duration::ZERO).build().unwrap_err();
    assert_eq!(error, TransportBuildError::ConnectTimeout);
    let error = HyperTransport::builder().max_response_headers(8191).build().unwrap_err();
    assert_eq!(error.to_string(), "`max_response_headers` must be at least 8192 bytes");
    let error = HyperTransport::builder().proxy(Proxy::all("ftp://p.test")).build().unwrap_err();
    assert!(error.to_string().starts_with("invalid proxy in `Proxy::all`: "), "{error}");
}
