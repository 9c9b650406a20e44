//! TLS connection errors.

use farrier_tests::signin::{client_at, refresh_grant};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};
use signin_client::ErrorKind;
use signin_client::error::CreateOAuth2TokenError;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

/// Starts a TLS server with a self-signed certificate, for one connection.
fn serve_self_signed(names: Vec<String>) -> SocketAddr {
    let certified = rcgen::generate_simple_self_signed(names).unwrap();
    let certificate = CertificateDer::from(certified.cert);
    let key = PrivateKeyDer::Pkcs8(certified.signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut tcp, _) = listener.accept().unwrap();
        let mut tls = ServerConnection::new(Arc::new(config)).unwrap();
        // The client ends the handshake.
        Stream::new(&mut tls, &mut tcp).read(&mut [0]).unwrap_err();
    });
    address
}

async fn error_at(url: String) -> signin_client::Error<CreateOAuth2TokenError> {
    client_at(url).create_oauth2_token(refresh_grant()).retries(0).await.unwrap_err()
}

#[tokio::test]
async fn rejects_a_certificate_from_an_unknown_issuer() {
    let address = serve_self_signed(vec!["localhost".to_owned()]);
    let url = format!("https://localhost:{}", address.port());
    let error = error_at(url.clone()).await;
    assert_eq!(error.kind(), ErrorKind::Connection);
    let expected = format!(
        "CreateOAuth2Token: could not connect to `{url}`: the server's certificate is signed by an unknown \
         authority (UnknownIssuer)"
    );
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn server_without_tls_is_a_connection_error() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut tcp, _) = listener.accept().unwrap();
        tcp.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
    });
    let error = error_at(format!("https://{address}")).await;
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.to_string().starts_with("CreateOAuth2Token: could not connect to `https://"), "{error}");
}
