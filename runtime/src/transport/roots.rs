//! Whose certificates are trusted.

use super::TransportBuildError;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::fmt;
use std::sync::Arc;

/// The certificate authorities that may vouch for a server.
///
/// ```
/// # use farrier_runtime::transport::Roots;
/// # let company_pem = b"";
/// let besides_the_public_ones = Roots::bundled().and_pem(company_pem);
/// let alone = Roots::none().and_pem(company_pem);
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
    /// The authorities that Mozilla trusts, as they were when the client was compiled. This is the default.
    pub fn bundled() -> Self {
        Self { base: Base::Bundled, pem: Vec::new() }
    }

    /// The authorities that the operating system trusts, as they are when the transport is built. The
    /// variables `SSL_CERT_FILE` and `SSL_CERT_DIR` name others.
    #[cfg(feature = "native-roots")]
    pub fn system() -> Self {
        Self { base: Base::System, pem: Vec::new() }
    }

    /// No authorities but those that are added.
    pub fn none() -> Self {
        Self { base: Base::None, pem: Vec::new() }
    }

    /// Adds the certificates of a PEM file.
    pub fn and_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.pem.push(pem.into());
        self
    }

    /// TLS that trusts these.
    pub(super) fn tls(&self) -> Result<ClientConfig, TransportBuildError> {
        let mut store = match self.base {
            Base::None => RootCertStore::empty(),
            Base::Bundled => bundled_store(),
            #[cfg(feature = "native-roots")]
            Base::System => system_store()?,
        };
        for pem in &self.pem {
            add_pem(&mut store, pem)?;
        }
        if store.is_empty() {
            return Err(TransportBuildError::roots("there are none: add some with `.and_pem(…)`"));
        }
        Ok(config(store))
    }
}

/// Tells how many certificates were added, not which.
impl fmt::Debug for Roots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Roots").field("base", &self.base).field("added", &self.pem.len()).finish()
    }
}

/// TLS that trusts the bundled roots.
pub(super) fn bundled() -> ClientConfig {
    config(bundled_store())
}

fn config(store: RootCertStore) -> ClientConfig {
    // A program may have several providers of cryptography: left to itself, rustls would panic there.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    // ring has ciphers for every version that there is, so this cannot fail.
    let config = config.unwrap_or_else(|_| ClientConfig::builder());
    config.with_root_certificates(store).with_no_client_auth()
}

fn bundled_store() -> RootCertStore {
    webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect()
}

#[cfg(feature = "native-roots")]
fn system_store() -> Result<RootCertStore, TransportBuildError> {
    let mut store = RootCertStore::empty();
    // Systems carry certificates that are of no use here; that is no reason to do without the others.
    store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if store.is_empty() {
        let missing = "the operating system has none: install its package of CA certificates, name a file \
                       in SSL_CERT_FILE, or use `Roots::bundled()`";
        return Err(TransportBuildError::roots(missing));
    }
    Ok(store)
}

fn add_pem(store: &mut RootCertStore, pem: &[u8]) -> Result<(), TransportBuildError> {
    let unreadable =
        "what was given to `.and_pem(…)` is not a certificate in PEM, `-----BEGIN CERTIFICATE-----`";
    let mut found = false;
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let added = certificate.ok().and_then(|certificate| store.add(certificate).ok());
        added.ok_or(TransportBuildError::roots(unreadable))?;
        found = true;
    }
    if found { Ok(()) } else { Err(TransportBuildError::roots(unreadable)) }
}
