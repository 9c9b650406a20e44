//! TLS trust roots and connection errors.

use super::support::client_at;
use base64::Engine;
use farrier_runtime::transport::{Roots, UreqTransport};
use farrier_tests::signin::{refresh_grant, tokens};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use signin_client::ErrorKind;
use signin_client::blocking::Client;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;

/// End of a response body.
#[derive(Clone, Copy)]
enum BodyEnd {
    /// `content-length` is set.
    ContentLength,
    /// The connection is closed without a `close_notify` alert.
    UncleanClose,
}

/// A TLS server for one connection, with a self-signed certificate.
struct TlsServer {
    address: SocketAddr,
    pem: String,
    thread: JoinHandle<()>,
}

impl TlsServer {
    fn start(name: &str, end: BodyEnd) -> Self {
        let certified = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
        let pem = pem(certified.cert.der());
        let certificate = CertificateDer::from(certified.cert);
        let key = PrivateKeyDer::Pkcs8(certified.signing_key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.unwrap().with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();

        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let thread = std::thread::spawn(move || {
            let (tcp, _) = listener.accept().unwrap();
            let tls = ServerConnection::new(Arc::new(config)).unwrap();
            let mut stream = BufReader::new(StreamOwned::new(tls, tcp));
            while read_request(&mut stream).is_some() {
                let body = tokens().to_string();
                let length = match end {
                    BodyEnd::ContentLength => format!("content-length: {}\r\n", body.len()),
                    BodyEnd::UncleanClose => String::new(),
                };
                let response = format!("HTTP/1.1 200 OK\r\n{length}\r\n{body}");
                stream.get_mut().write_all(response.as_bytes()).unwrap();
                if let BodyEnd::UncleanClose = end {
                    return;
                }
            }
        });
        Self { address, pem, thread }
    }

    fn url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }

    fn client(&self, roots: Roots) -> Client {
        let transport = UreqTransport::builder().roots(roots).build().unwrap();
        Client::builder().endpoint_url(self.url()).transport(transport).build().unwrap()
    }
}

fn pem(certificate: &[u8]) -> String {
    let text = base64::engine::general_purpose::STANDARD.encode(certificate);
    format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
}

/// Reads a whole request. Returns `None` if the client has closed the connection.
fn read_request(stream: &mut impl BufRead) -> Option<()> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.trim().parse().ok()?;
        }
        if line == "\r\n" {
            return stream.read_exact(&mut vec![0; length]).ok();
        }
    }
}

#[test]
fn trusts_an_added_root() {
    let server = TlsServer::start("localhost", BodyEnd::ContentLength);
    for roots in [Roots::bundled(), Roots::none()].map(|roots| roots.add_pem(server.pem.clone())) {
        let transport = UreqTransport::builder().roots(roots).build();
        assert!(transport.is_ok());
    }
    let client = server.client(Roots::none().add_pem(server.pem.clone()));
    for _ in 0..2 {
        client.create_oauth2_token(refresh_grant()).send().unwrap();
    }
    drop(client);
    server.thread.join().unwrap();
}

#[test]
fn ca_bundle_variable_replaces_the_roots() {
    let server = TlsServer::start("localhost", BodyEnd::ContentLength);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &server.pem).unwrap();
    let builder = |path: String| {
        let builder = Client::builder().endpoint_url(server.url());
        builder.from_vars(move |name| (name == "AWS_CA_BUNDLE").then(|| path.clone()))
    };
    let client = builder(file.path().display().to_string()).build().unwrap();
    client.create_oauth2_token(refresh_grant()).send().unwrap();
    let error = builder("no/such/file.pem".to_owned()).build().unwrap_err().to_string();
    let text = "could not create the default transport: could not read the file `no/such/file.pem` of AWS_CA_BUNDLE: ";
    assert!(error.starts_with(text), "{error}");
    std::fs::write(file.path(), "no certificate").unwrap();
    let error = builder(file.path().display().to_string()).build().unwrap_err().to_string();
    assert!(error.contains("invalid `roots`"), "{error}");
}

#[test]
fn rejects_a_certificate_from_an_unknown_issuer() {
    let server = TlsServer::start("localhost", BodyEnd::ContentLength);
    let error = client_at(server.url()).create_oauth2_token(refresh_grant()).retries(0).send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.to_string().starts_with("CreateOAuth2Token: could not connect to `https://"), "{error}");
    assert!(error.to_string().contains("UnknownIssuer"), "{error}");
}

#[test]
fn rejects_a_certificate_for_another_host() {
    let server = TlsServer::start("other.test", BodyEnd::ContentLength);
    let client = server.client(Roots::none().add_pem(server.pem.clone()));
    let error = client.create_oauth2_token(refresh_grant()).retries(0).send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    let text = ": the server's certificate is not valid for this host";
    assert!(error.to_string().contains(text), "{error}");
}

#[test]
fn server_without_tls_is_a_connection_error() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut tcp, _) = listener.accept().unwrap();
        tcp.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
    });
    let client = client_at(format!("https://{address}"));
    let error = client.create_oauth2_token(refresh_grant()).retries(0).send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.to_string().starts_with("CreateOAuth2Token: could not connect to `https://"), "{error}");
}

#[test]
fn response_without_a_length_requires_close_notify() {
    let server = TlsServer::start("localhost", BodyEnd::UncleanClose);
    let client = server.client(Roots::none().add_pem(server.pem.clone()));
    let error = client.create_oauth2_token(refresh_grant()).retries(0).send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.to_string().contains("connection closed before the response was complete"), "{error}");
}

#[test]
fn invalid_roots_are_build_errors() {
    assert!(UreqTransport::builder().roots(Roots::none()).build().is_err());
    assert!(UreqTransport::builder().roots(Roots::bundled().add_pem("no PEM")).build().is_err());
}
