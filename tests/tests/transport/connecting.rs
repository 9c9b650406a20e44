//! How long connecting may take, and how its failures read.

use crate::support::{Authority, LONG_TIMEOUT, fetch, get, listen, within};
use farrier_runtime::transport::{
    HyperTransport, Proxy, Roots, Transport, TransportBuildError, TransportErrorKind,
};
use farrier_tests::server::RefusingPort;
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_millis(200);

/// The port of a server that takes connections and never says a word.
async fn silent() -> u16 {
    let (listener, port) = listen().await;
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((tcp, _)) = listener.accept().await {
            kept.push(tcp);
        }
    });
    port
}

#[tokio::test]
async fn the_limit_covers_tls_and_the_tunnel_through_a_proxy() {
    let roots = Roots::none().and_pem(Authority::new().pem());
    let builder = HyperTransport::builder().connect_timeout(LIMIT).roots(roots);
    let direct = builder.clone().build().unwrap();
    let proxy = Proxy::all(format!("http://127.0.0.1:{}", silent().await));
    let proxied = builder.proxy(proxy).build().unwrap();
    let url = format!("https://127.0.0.1:{}", silent().await);
    for transport in [direct, proxied] {
        let started = Instant::now();
        let error = within(transport.send(get(&url))).await.unwrap_err();
        assert!(started.elapsed() < LONG_TIMEOUT);
        assert_eq!(error.to_string(), "no connection within 200ms");
        assert_eq!((error.kind(), error.may_have_been_sent()), (TransportErrorKind::Timeout, false));
    }
}

#[tokio::test]
async fn the_limit_is_not_for_the_answer() {
    let (listener, port) = listen().await;
    let transport = HyperTransport::builder().connect_timeout(LIMIT).build().unwrap();
    let url = format!("http://127.0.0.1:{port}");
    let sending = fetch(&transport, &url);
    let answering = async {
        let (mut tcp, _) = listener.accept().await.unwrap();
        crate::support::read_head(&mut tcp).await;
        tokio::time::sleep(LIMIT * 2).await;
        tokio::io::AsyncWriteExt::write_all(&mut tcp, crate::support::OK).await.unwrap();
    };
    let (body, ()) = tokio::join!(sending, answering);
    assert_eq!(body.unwrap(), "ok");
}

#[tokio::test]
async fn a_refusal_and_a_name_without_an_address_are_said_and_nothing_was_sent() {
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
async fn only_http_goes_in_the_clear() {
    let server = farrier_tests::server::Server::always(farrier_tests::server::ScriptedResponse::new(200));
    for proxy in [Proxy::none(), Proxy::all(server.url())] {
        let transport = HyperTransport::builder().proxy(proxy).build().unwrap();
        let url = server.url().replace("http:", "httpz:");
        let error = fetch(&transport, url).await.unwrap_err();
        assert!(error.to_string().contains("begins with neither `http://` nor `https://`"), "{error}");
        assert_eq!((error.kind(), error.may_have_been_sent()), (TransportErrorKind::Connect, false));
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn limits_without_end_are_none() {
    let server =
        farrier_tests::server::Server::always(farrier_tests::server::ScriptedResponse::new(200).body("ok"));
    let builder = HyperTransport::builder().connect_timeout(Duration::MAX).pool_idle_timeout(Duration::MAX);
    let transport = builder.build().unwrap();
    assert_eq!(fetch(&transport, server.url()).await.unwrap(), "ok");
    assert_eq!(fetch(&transport, server.url()).await.unwrap(), "ok");
    assert_eq!(server.connections(), 1);
}

#[test]
fn settings_that_cannot_be_used_are_errors() {
    let error = HyperTransport::builder().connect_timeout(Duration::ZERO).build().unwrap_err();
    assert_eq!(error, TransportBuildError::ConnectTimeout);
    let error = HyperTransport::builder().max_response_headers(8191).build().unwrap_err();
    assert_eq!(error.to_string(), "`max_response_headers` must be at least 8192 bytes");
    let error = HyperTransport::builder().proxy(Proxy::all("ftp://p.test")).build().unwrap_err();
    assert!(error.to_string().starts_with("the proxy of `Proxy::all` cannot be used: "), "{error}");
}
