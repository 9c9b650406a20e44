//! Requests, TLS servers and certificates for the tests.

use bytes::Bytes;
use farrier_runtime::transport::{Transport, TransportError};
use farrier_runtime::types::Body;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// Longer than any operation in these tests takes.
pub(crate) const LONG_TIMEOUT: Duration = Duration::from_secs(30);

/// A well-formed response.
pub(crate) const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

pub(crate) fn get(url: impl AsRef<str>) -> http::Request<Body> {
    http::Request::get(url.as_ref()).body(Body::default()).unwrap()
}

/// Sends a GET request, and returns the response body.
pub(crate) async fn fetch(transport: &impl Transport, url: impl AsRef<str>) -> Result<Bytes, TransportError> {
    let response = with_timeout(transport.send(get(url))).await?;
    with_timeout(response.into_body().collect()).await.map_err(TransportError::interrupted)
}

/// Returns the output of a future. Panics after [`LONG_TIMEOUT`].
pub(crate) async fn with_timeout<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(LONG_TIMEOUT, future).await.unwrap()
}

/// Listens on loopback. Returns the listener and its port.
pub(crate) async fn listen() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

/// Reads the head of a message, up to the empty line.
pub(crate) async fn read_head(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let byte = stream.read_u8().await;
        head.push(byte.unwrap());
    }
    String::from_utf8(head).unwrap()
}

/// Serves every TLS connection with a function. Returns the port.
pub(crate) async fn serve_tls<F>(
    config: ServerConfig,
    serve: impl Fn(TlsStream<TcpStream>) -> F + Send + Sync + 'static,
) -> u16
where
    F: Future<Output = ()> + Send + 'static,
{
    let (listener, port) = listen().await;
    let (acceptor, serve) = (TlsAcceptor::from(Arc::new(config)), Arc::new(serve));
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            let (acceptor, serve) = (acceptor.clone(), Arc::clone(&serve));
            tokio::spawn(async move {
                // A client that does not trust the certificate ends the handshake.
                if let Ok(tls) = acceptor.accept(tcp).await {
                    serve(tls).await;
                }
            });
        }
    });
    port
}

/// Responds to one request.
pub(crate) async fn respond_ok(mut tls: TlsStream<TcpStream>) {
    read_head(&mut tls).await;
    tls.write_all(OK).await.unwrap();
    tls.shutdown().await.unwrap();
}

/// A certificate authority.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    pub(crate) fn new() -> Self {
        Self::named("an authority")
    }

    pub(crate) fn named(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        params.distinguished_name.push(DnType::OrganizationName, name);
        let certificate = params.self_signed(&key).unwrap();
        Self { pem: pem(certificate.der()), issuer: Issuer::new(params, key) }
    }

    /// Returns the certificate of the authority.
    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// Returns the configuration of a server with a certificate for `name`.
    pub(crate) fn server_config(&self, name: &str) -> ServerConfig {
        self.server_config_with(CertificateParams::new([name.to_owned()]).unwrap())
    }

    pub(crate) fn server_config_with(&self, params: CertificateParams) -> ServerConfig {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        config.unwrap().with_no_client_auth().with_single_cert(vec![certificate.into()], key).unwrap()
    }
}

fn pem(certificate: &CertificateDer<'_>) -> String {
    use base64::prelude::{BASE64_STANDARD, Engine};
    let text = BASE64_STANDARD.encode(certificate);
    format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
}
