//! Requests through a proxy.

use super::support::{Authority, OK, fetch, listen, read_head, respond_ok, serve_tls};
use farrier_runtime::transport::{HyperTransport, Proxy, Roots, TransportErrorKind};
use farrier_tests::server::{RefusingPort, ScriptedResponse, Server};
use farrier_tests::signin::refresh_grant;
use signin_client::{Client, ErrorKind};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;

/// Heads of the requests that a proxy received.
type Heads = Arc<Mutex<Vec<String>>>;

/// Opens a tunnel for a `CONNECT` request with the right password, and responds to other requests itself.
async fn relay(mut client: impl AsyncRead + AsyncWrite + Unpin, heads: Heads) {
    let head = read_head(&mut client).await;
    heads.lock().unwrap().push(head.clone());
    let Some(authority) = head.strip_prefix("CONNECT ") else {
        return client.write_all(OK).await.unwrap();
    };
    // `printf user:pass | base64`, in lower case.
    if !head.to_ascii_lowercase().contains("proxy-authorization: basic dxnlcjpwyxnz") {
        return client.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n").await.unwrap();
    }
    let port = authority.split_once(' ').unwrap().0.split_once(':').unwrap().1;
    let mut server = TcpStream::connect(("127.0.0.1", port.parse().unwrap())).await.unwrap();
    client.write_all(b"HTTP/1.1 200 Connection Established\r\n\r\n").await.unwrap();
    // Either side may close the connection at any time.
    drop(copy_bidirectional(&mut client, &mut server).await);
}

/// Starts a proxy without TLS. Returns its port and the heads.
async fn proxy() -> (u16, Heads) {
    let (listener, port) = listen().await;
    let heads = Heads::default();
    let seen = Arc::clone(&heads);
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            tokio::spawn(relay(tcp, Arc::clone(&seen)));
        }
    });
    (port, heads)
}

fn transport_through(proxy: Proxy, authority: &Authority) -> HyperTransport {
    let roots = Roots::none().add_pem(authority.pem());
    HyperTransport::builder().roots(roots).proxy(proxy).build().unwrap()
}

#[tokio::test]
async fn https_goes_through_an_authenticated_tunnel() {
    let authority = Authority::new();
    let server = serve_tls(authority.server_config("service.test"), respond_ok).await;
    let (port, heads) = proxy().await;
    let transport = transport_through(Proxy::all(format!("http://user:pass@127.0.0.1:{port}")), &authority);
    // The proxy resolves the host name.
    let body = fetch(&transport, format!("https://service.test:{server}/path")).await.unwrap();
    assert_eq!(body, "ok");
    let heads = heads.lock().unwrap();
    assert_eq!(heads.len(), 1);
    assert!(heads[0].starts_with(&format!("CONNECT service.test:{server} HTTP/1.1\r\n")), "{}", heads[0]);
}

#[tokio::test]
async fn supports_a_proxy_over_tls() {
    let authority = Authority::new();
    let server = serve_tls(authority.server_config("service.test"), respond_ok).await;
    let heads = Heads::default();
    let seen = Arc::clone(&heads);
    let serve = move |tls| relay(tls, Arc::clone(&seen));
    // The proxy's ALPN preference must not matter.
    let mut config = authority.server_config("localhost");
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let port = serve_tls(config, serve).await;
    let transport = transport_through(Proxy::all(format!("https://user:pass@localhost:{port}")), &authority);
    assert_eq!(fetch(&transport, format!("https://service.test:{server}")).await.unwrap(), "ok");
    assert_eq!(fetch(&transport, "http://plain.test/path").await.unwrap(), "ok");
    assert!(heads.lock().unwrap()[1].starts_with("GET http://plain.test/path HTTP/1.1\r\n"));
}

#[tokio::test]
async fn http_requests_use_the_absolute_url() {
    let (port, heads) = proxy().await;
    let proxy = Proxy::all(format!("http://user:pass@127.0.0.1:{port}"));
    let transport = HyperTransport::builder().proxy(proxy).build().unwrap();
    assert_eq!(fetch(&transport, "http://service.test/path?query").await.unwrap(), "ok");
    let heads = heads.lock().unwrap();
    assert!(heads[0].starts_with("GET http://service.test/path?query HTTP/1.1\r\n"), "{}", heads[0]);
    assert!(heads[0].contains("proxy-authorization: Basic dXNlcjpwYXNz\r\n"), "{}", heads[0]);
    assert!(heads[0].contains("host: service.test\r\n"), "{}", heads[0]);
}

#[tokio::test]
async fn no_proxy_hosts_are_reached_directly() {
    let (port, heads) = proxy().await;
    let proxy = Proxy::all(format!("http://user:pass@127.0.0.1:{port}")).no_proxy("127.0.0.1");
    let transport = HyperTransport::builder().proxy(proxy).build().unwrap();
    let server = Server::always(ScriptedResponse::new(200).body("direct"));
    assert_eq!(fetch(&transport, server.url()).await.unwrap(), "direct");
    assert!(heads.lock().unwrap().is_empty());
    assert_eq!(server.requests()[0].header("proxy-authorization"), None);
}

#[tokio::test]
async fn proxy_failures_are_reported_as_such() {
    let (port, _) = proxy().await;
    let refusing = RefusingPort::new();
    let proxy_url = format!("http://127.0.0.1:{port}");
    for (proxy, name, expected) in [
        (
            format!("http://user:hunter2@127.0.0.1:{port}"),
            proxy_url,
            "the proxy responded with status 407: check the user name and password in its URL",
        ),
        (refusing.url(), refusing.url(), "Connection refused"),
    ] {
        let transport = HyperTransport::builder().proxy(Proxy::all(proxy)).build().unwrap();
        let error = fetch(&transport, "https://service.test").await.unwrap_err();
        let expected = format!("could not connect through the proxy `{name}`: {expected}");
        assert!(error.to_string().starts_with(&expected), "{error}");
        assert_eq!((error.kind(), error.may_have_been_sent()), (TransportErrorKind::Connect, false));
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}

#[tokio::test]
async fn refusal_of_a_proxy_is_not_retried() {
    for (status, attempts) in [(403, 1), (407, 1), (502, 3)] {
        let proxy = Server::always(ScriptedResponse::new(status));
        let transport = HyperTransport::builder().proxy(Proxy::all(proxy.url())).build().unwrap();
        let client = Client::builder().endpoint_url("https://service.test").transport(transport);
        let error = client.build().unwrap().create_oauth2_token(refresh_grant()).await.unwrap_err();
        let text = format!("the proxy responded with status {status}");
        assert!(error.to_string().contains(&text), "{error}");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, attempts));
        assert_eq!(proxy.connections(), attempts as usize);
    }
}

#[tokio::test]
async fn invalid_response_of_a_proxy_is_an_error() {
    let large = "HTTP/1.1 200 OK\r\nx: ".to_owned() + &"x".repeat(20_000);
    for (response, expected) in [
        ("SSH-2.0-OpenSSH_9.6\r\n\r\n", "the proxy did not respond with HTTP/1.1"),
        ("HTTP/1.1 200", "the server closed the connection"),
        (large.leak(), "the headers of the proxy are too large"),
    ] {
        let proxy = Server::always(ScriptedResponse::raw(response));
        let transport = HyperTransport::builder().proxy(Proxy::all(proxy.url())).build().unwrap();
        let error = fetch(&transport, "https://service.test").await.unwrap_err();
        assert!(error.to_string().ends_with(expected), "{error}");
    }
}

/// A writer of a log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        std::io::Write::write(&mut *self.0.lock().unwrap(), bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn invalid_no_proxy_entries_are_logged() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    let proxy = Proxy::all("http://proxy.test").no_proxy("http://a.test, b.test user:hunter2@c.test");
    tracing::subscriber::with_default(subscriber, || HyperTransport::builder().proxy(proxy).build().unwrap());
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert_eq!(log.lines().count(), 2, "{log}");
    assert!(log.contains("WARN") && log.contains("http://a.test"), "{log}");
    assert!(!log.contains("hunter2"), "{log}");
}
