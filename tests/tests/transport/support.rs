//! Requests, and servers that do what a test asks of them.

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

/// More than anything here takes: what has not come by then never will.
pub(crate) const LONG_TIMEOUT: Duration = Duration::from_secs(30);

/// A well-formed response.
pub(crate) const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

pub(crate) fn get(url: impl AsRef<str>) -> http::Request<Body> {
    http::Request::get(url.as_ref()).body(Body::default()).unwrap()
}

/// The whole body of the response to a GET.
pub(crate) async fn fetch(transport: &impl Transport, url: impl AsRef<str>) -> Result<Bytes, TransportError> {
    let response = within(transport.send(get(url))).await?;
    within(response.into_body().collect()).await.map_err(TransportError::interrupted)
}

/// What a future gives, which must not take ages.
pub(crate) async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(LONG_TIMEOUT, future).await.unwrap()
}

/// A listener on loopback, and its port.
pub(crate) async fn listen() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

/// The head of a message: up to the empty line.
pub(crate) async fn read_head(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let byte = stream.read_u8().await;
        head.push(byte.unwrap());
    }
    String::from_utf8(head).unwrap()
}

/// Answers every connection of TLS with a function.
pub(crate) async fn serve_tls<F>(
    config: ServerConfig,
    answer: impl Fn(TlsStream<TcpStream>) -> F + Send + Sync + 'static,
) -> u16
where
    F: Future<Output = ()> + Send + 'static,
{
    let (listener, port) = listen().await;
    let (acceptor, answer) = (TlsAcceptor::from(Arc::new(config)), Arc::new(answer));
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            let (acceptor, answer) = (acceptor.clone(), Arc::clone(&answer));
            tokio::spawn(async move {
                // A client that does not trust us ends the handshake.
                if let Ok(tls) = acceptor.accept(tcp).await {
                    answer(tls).await;
                }
            });
        }
    });
    port
}

/// Answers one request.
pub(crate) async fn answer_ok(mut tls: TlsStream<TcpStream>) {
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

    /// Its certificate.
    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// What a server needs for which it vouches under a name.
    pub(crate) fn vouch_for(&self, name: &str) -> ServerConfig {
        self.vouch(CertificateParams::new([name.to_owned()]).unwrap())
    }

    pub(crate) fn vouch(&self, params: CertificateParams) -> ServerConfig {
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
