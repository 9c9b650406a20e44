//! TLS trust roots and connection errors.

use super::support::{Authority, fetch, get, listen, respond_ok, serve_tls, with_timeout};
use farrier_runtime::transport::{
    HyperTransport, Roots, Transport, TransportBuildError, TransportError, TransportErrorKind,
};
use rcgen::{CertificateParams, date_time_ymd};
use tokio::io::AsyncWriteExt;

fn transport_with_root(authority: &Authority) -> HyperTransport {
    HyperTransport::builder().roots(Roots::none().add_pem(authority.pem())).build().unwrap()
}

async fn tls_error(transport: &HyperTransport, port: u16) -> TransportError {
    let error =
        with_timeout(transport.send(get(format!("https://localhost:{port}/secret")))).await.unwrap_err();
    assert_eq!((error.kind(), error.may_have_been_sent()), (TransportErrorKind::Connect, false), "{error}");
    assert!(!error.to_string().contains("secret"));
    error
}

#[tokio::test]
async fn trusts_an_added_root() {
    let authority = Authority::new();
    let port = serve_tls(authority.server_config("localhost"), respond_ok).await;
    let url = format!("https://localhost:{port}");
    assert_eq!(fetch(&transport_with_root(&authority), &url).await.unwrap(), "ok");
    for roots in [Roots::bundled(), Roots::system()] {
        match HyperTransport::builder().roots(roots.add_pem(authority.pem())).build() {
            Ok(transport) => assert_eq!(fetch(&transport, &url).await.unwrap(), "ok"),
            // A small container may have no roots of its own.
            Err(error) => {
                assert!(error.to_string().contains("the operating system has no certificates"), "{error}")
            }
        }
    }
}

#[tokio::test]
async fn rejects_a_certificate_from_an_unknown_issuer() {
    let port = serve_tls(Authority::new().server_config("localhost"), respond_ok).await;
    for transport in [HyperTransport::new(), transport_with_root(&Authority::named("another"))] {
        assert_eq!(
            tls_error(&transport, port).await.to_string(),
            "could not connect: the server's certificate is signed by an unknown authority \
             (UnknownIssuer)"
        );
    }
    let same_name = transport_with_root(&Authority::new());
    assert_eq!(
        tls_error(&same_name, port).await.to_string(),
        "could not connect: the server's certificate has an invalid signature"
    );
}

#[tokio::test]
async fn rejects_expired_and_not_yet_valid_certificates() {
    let authority = Authority::new();
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    params.not_after = date_time_ymd(2020, 1, 1);
    let port = serve_tls(authority.server_config_with(params.clone()), respond_ok).await;
    let error = tls_error(&transport_with_root(&authority), port).await;
    assert_eq!(error.to_string(), "could not connect: the server's certificate has expired");

    params.not_before = date_time_ymd(4000, 1, 1);
    params.not_after = date_time_ymd(4001, 1, 1);
    let port = serve_tls(authority.server_config_with(params), respond_ok).await;
    let error = tls_error(&transport_with_root(&authority), port).await;
    assert!(error.to_string().contains("certificate is not valid yet"), "{error}");
}

#[tokio::test]
async fn rejects_a_certificate_for_another_host() {
    let authority = Authority::new();
    let port = serve_tls(authority.server_config("other.test"), respond_ok).await;
    let error = tls_error(&transport_with_root(&authority), port).await;
    let expected = "could not connect: the server's certificate is not valid for this host, only for";
    assert!(error.to_string().starts_with(expected), "{error}");
    assert!(error.to_string().contains("other.test"), "{error}");
}

#[tokio::test]
async fn server_without_tls_is_a_connect_error() {
    let (listener, port) = listen().await;
    tokio::spawn(async move {
        let (mut tcp, _) = listener.accept().await.unwrap();
        tcp.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        std::future::pending::<()>().await;
    });
    assert_eq!(
        tls_error(&HyperTransport::new(), port).await.to_string(),
        "could not connect: the server did not respond with TLS: check the port and scheme of the URL"
    );
}

#[tokio::test]
async fn close_during_the_handshake_is_a_connect_error() {
    let (listener, port) = listen().await;
    tokio::spawn(async move {
        let (mut tcp, _) = listener.accept().await.unwrap();
        // Reads the whole ClientHello: closing with unread data would reset the connection.
        let mut hello = [0; 4096];
        tokio::io::AsyncReadExt::read(&mut tcp, &mut hello).await.unwrap();
    });
    assert_eq!(
        tls_error(&HyperTransport::new(), port).await.to_string(),
        "could not connect: the server closed the connection"
    );
}

#[test]
fn invalid_roots_are_build_errors() {
    let build = |roots| HyperTransport::builder().roots(roots).build().unwrap_err();
    assert!(build(Roots::none()).to_string().contains("no certificates: add some with `.add_pem(…)`"));
    let broken = "-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n";
    for pem in ["", "not PEM", broken, "-----BEGIN CERTIFICATE-----\n"] {
        let error = build(Roots::bundled().add_pem(pem));
        assert!(matches!(error, TransportBuildError::Roots(_)));
        assert!(error.to_string().contains("not a certificate in PEM format"), "{error}");
    }
}
