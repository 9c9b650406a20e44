//! TLS: whom the transport trusts, and what it says of the others.

use crate::support::{Authority, answer_ok, fetch, get, listen, serve_tls, within};
use farrier_runtime::transport::{
    HyperTransport, Roots, Transport, TransportBuildError, TransportError, TransportErrorKind,
};
use rcgen::{CertificateParams, date_time_ymd};
use tokio::io::AsyncWriteExt;

fn trusting(authority: &Authority) -> HyperTransport {
    HyperTransport::builder().roots(Roots::none().and_pem(authority.pem())).build().unwrap()
}

async fn refusal(transport: &HyperTransport, port: u16) -> TransportError {
    let error = within(transport.send(get(format!("https://localhost:{port}/secret")))).await.unwrap_err();
    assert_eq!((error.kind(), error.may_have_been_sent()), (TransportErrorKind::Connect, false), "{error}");
    assert!(!error.to_string().contains("secret"));
    error
}

#[tokio::test]
async fn a_server_is_trusted_by_an_authority_that_was_added() {
    let authority = Authority::new();
    let port = serve_tls(authority.vouch_for("localhost"), answer_ok).await;
    let url = format!("https://localhost:{port}");
    assert_eq!(fetch(&trusting(&authority), &url).await.unwrap(), "ok");
    for roots in [Roots::bundled(), Roots::system()] {
        match HyperTransport::builder().roots(roots.and_pem(authority.pem())).build() {
            Ok(besides) => assert_eq!(fetch(&besides, &url).await.unwrap(), "ok"),
            // A small container may have no roots of its own.
            Err(error) => assert!(error.to_string().contains("the operating system has none"), "{error}"),
        }
    }
}

#[tokio::test]
async fn a_server_that_nobody_known_vouches_for_is_refused() {
    let port = serve_tls(Authority::new().vouch_for("localhost"), answer_ok).await;
    for transport in [HyperTransport::new(), trusting(&Authority::named("another"))] {
        assert_eq!(
            refusal(&transport, port).await.to_string(),
            "could not connect: the server's certificate comes from no authority that this client trusts \
             (UnknownIssuer)"
        );
    }
    let namesake = trusting(&Authority::new());
    assert_eq!(
        refusal(&namesake, port).await.to_string(),
        "could not connect: the server's certificate is not signed by the authority that it names"
    );
}

#[tokio::test]
async fn a_certificate_out_of_its_time_is_refused() {
    let authority = Authority::new();
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    params.not_after = date_time_ymd(2020, 1, 1);
    let port = serve_tls(authority.vouch(params.clone()), answer_ok).await;
    let error = refusal(&trusting(&authority), port).await;
    assert_eq!(error.to_string(), "could not connect: the server's certificate has expired");

    params.not_before = date_time_ymd(4000, 1, 1);
    params.not_after = date_time_ymd(4001, 1, 1);
    let port = serve_tls(authority.vouch(params), answer_ok).await;
    let error = refusal(&trusting(&authority), port).await;
    assert!(error.to_string().contains("certificate is not valid yet"), "{error}");
}

#[tokio::test]
async fn a_certificate_for_another_host_is_refused() {
    let authority = Authority::new();
    let port = serve_tls(authority.vouch_for("other.test"), answer_ok).await;
    let error = refusal(&trusting(&authority), port).await;
    let expected = "could not connect: the server's certificate is not for this host but for";
    assert!(error.to_string().starts_with(expected), "{error}");
    assert!(error.to_string().contains("other.test"), "{error}");
}

#[tokio::test]
async fn a_server_without_tls_is_said_to_have_none() {
    let (listener, port) = listen().await;
    tokio::spawn(async move {
        let (mut tcp, _) = listener.accept().await.unwrap();
        tcp.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        std::future::pending::<()>().await;
    });
    assert_eq!(
        refusal(&HyperTransport::new(), port).await.to_string(),
        "could not connect: the server does not speak TLS; is its URL one of `http://`?"
    );
}

#[tokio::test]
async fn a_server_that_leaves_during_the_handshake_is_said_to_have_left() {
    let (listener, port) = listen().await;
    tokio::spawn(async move {
        let (mut tcp, _) = listener.accept().await.unwrap();
        // All that the client says is read, so that its end is no reset.
        let mut hello = [0; 4096];
        tokio::io::AsyncReadExt::read(&mut tcp, &mut hello).await.unwrap();
    });
    assert_eq!(
        refusal(&HyperTransport::new(), port).await.to_string(),
        "could not connect: the server closed the connection"
    );
}

#[test]
fn roots_that_cannot_be_used_are_an_error_that_says_so() {
    let build = |roots| HyperTransport::builder().roots(roots).build().unwrap_err();
    assert!(build(Roots::none()).to_string().contains("there are none: add some with `.and_pem(…)`"));
    let broken = "-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n";
    for pem in ["", "not PEM", broken, "-----BEGIN CERTIFICATE-----\n"] {
        let error = build(Roots::bundled().and_pem(pem));
        assert!(matches!(error, TransportBuildError::Roots(_)));
        assert!(error.to_string().contains("not a certificate in PEM"), "{error}");
    }
}
