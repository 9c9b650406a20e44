//! Trusted root certificates.

use super::TransportBuildError;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::fmt;
use std::sync::Arc;

/// The certificate authorities that are trusted to sign a server's certificate.
///
/// ```
/// # use farrier_runtime::transport::Roots;
/// # let company_pem = b"";
/// let public_and_company = Roots::bundled().add_pem(company_pem);
/// let company_only = Roots::none().add_pem(company_pem);
/// ```
#[derive(Clone)]
pub struct Roots {
    base: Base,
    pem: Vec<Vec<u8>>,
}

#[derive(Clone, Copy, Debug)]
enum Base {
    None,
    Bundled,
    #[cfg(feature = "native-roots")]
    System,
}

impl Roots {
    /// Returns the Mozilla root certificates that were compiled into the client. This is the default.
    pub fn bundled() -> Self {
        Self { base: Base::Bundled, pem: Vec::new() }
    }

    /// Returns the root certificates of the operating system, loaded when the transport is built. The
    /// environment variables `SSL_CERT_FILE` and `SSL_CERT_DIR` override their location.
    #[cfg(feature = "native-roots")]
    pub fn system() -> Self {
        Self { base: Base::System, pem: Vec::new() }
    }

    /// Returns an empty set, to which [`add_pem`](Self::add_pem) adds certificates.
    pub fn none() -> Self {
        Self { base: Base::None, pem: Vec::new() }
    }

    /// Adds the certificates of a PEM file.
    pub fn add_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.pem.push(pem.into());
        self
    }

    /// Creates a TLS configuration that trusts these certificates.
    pub(super) fn tls_config(&self) -> Result<ClientConfig, TransportBuildError> {
        let mut store = match self.base {
            Base::None => RootCertStore::empty(),
            Base::Bundled => bundled_store(),
            #[cfg(feature = "native-roots")]
            Base::System => system_store()?,
        };
        for pem in &self.pem {
            add_certificates(&mut store, pem)?;
        }
        if store.is_empty() {
            return Err(TransportBuildError::roots("no certificates: add some with `.add_pem(…)`"));
        }
        Ok(tls_config(store))
    }
}

/// Shows the number of PEM files that were added, not their content.
impl fmt::Debug for Roots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Roots").field("base", &self.base).field("added", &self.pem.len()).finish()
    }
}

/// Creates a TLS configuration that trusts the bundled roots.
pub(super) fn bundled_tls_config() -> ClientConfig {
    tls_config(bundled_store())
}

fn tls_config(store: RootCertStore) -> ClientConfig {
    // Named explicitly: rustls panics if a program enables several providers and installs none as default.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    // Cannot fail: ring supports every protocol version.
    let config = config.unwrap_or_else(|_| ClientConfig::builder());
    config.with_root_certificates(store).with_no_client_auth()
}

fn bundled_store() -> RootCertStore {
    webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect()
}

#[cfg(feature = "native-roots")]
fn system_store() -> Result<RootCertStore, TransportBuildError> {
    let mut store = RootCertStore::empty();
    // Certificates that cannot be parsed are skipped: system stores often contain some.
    store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if store.is_empty() {
        let reason = "the operating system has no certificates: install its CA certificates package, set \
                      SSL_CERT_FILE, or use `Roots::bundled()`";
        return Err(TransportBuildError::roots(reason));
    }
    Ok(store)
}

fn add_certificates(store: &mut RootCertStore, pem: &[u8]) -> Result<(), TransportBuildError> {
    let invalid =
        "the argument of `.add_pem(…)` is not a certificate in PEM format, `-----BEGIN CERTIFICATE-----`";
    let mut found = false;
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let added = certificate.ok().and_then(|certificate| store.add(certificate).ok());
        added.ok_or(TransportBuildError::roots(invalid))?;
        found = true;
    }
    if found { Ok(()) } else { Err(TransportBuildError::roots(invalid)) }
}
