//! A certificate authority and TLS servers.

use base64::prelude::{BASE64_STANDARD, Engine};
use farrier_tests::server::Server;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection};
use std::sync::{Arc, LazyLock};

/// The authority that the clients of the matrix trust.
pub(crate) static TRUSTED: LazyLock<Authority> = LazyLock::new(|| Authority::named("trusted"));

/// A certificate authority.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Certificate of the authority.
    pub(crate) pem: String,
}

impl Authority {
    pub(crate) fn named(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::OrganizationName, name);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let text = BASE64_STANDARD.encode(certificate.der());
        let pem = format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n");
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// Returns the configuration of a server with a certificate for `name`, after changes to its parameters.
    pub(crate) fn server_config(
        &self,
        name: &str,
        change: impl FnOnce(&mut CertificateParams),
    ) -> ServerConfig {
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        config.unwrap().with_no_client_auth().with_single_cert(vec![certificate.into()], key).unwrap()
    }
}

/// Starts a server that performs TLS handshakes.
pub(crate) fn serve(config: ServerConfig) -> Server {
    let config = Arc::new(config);
    Server::raw(move |mut connection| {
        let mut tls = ServerConnection::new(Arc::clone(&config)).unwrap();
        // The client ends the handshake.
        while tls.is_handshaking() && tls.complete_io(&mut connection).is_ok() {}
    })
}
