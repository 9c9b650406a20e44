//! Classification of permanent failures: those that a retry would run into again.

use super::cause::{self, Cause};
use super::large_head::is_large_head;
use super::proxy::TunnelRefused;
use rustls::{AlertDescription, Error as TlsError};

/// Returns true if a retry would fail in the same way. TLS errors count only during the handshake, that is
/// if the client is still connecting: on an established connection they may be caused by corrupted data.
pub(super) fn is_permanent(connecting: bool, error: Cause<'_>) -> bool {
    let tls = || cause::find(error).is_some_and(is_permanent_in_tls);
    let refused = || cause::find(error).is_some_and(TunnelRefused::is_permanent);
    cause::chain(error).any(is_large_head) || (connecting && (tls() || refused()))
}

fn is_permanent_in_tls(error: &TlsError) -> bool {
    match error {
        TlsError::InvalidCertificate(_) | TlsError::InvalidMessage(_) => true,
        TlsError::PeerIncompatible(_) | TlsError::NoApplicationProtocol => true,
        TlsError::NoCertificatesPresented | TlsError::UnsupportedNameType => true,
        TlsError::AlertReceived(alert) => is_client_fault(*alert),
        _ => false,
    }
}

/// Returns true if the server rejected the handshake because of this client's identity or capabilities, not
/// because of an internal error.
fn is_client_fault(alert: AlertDescription) -> bool {
    use AlertDescription as Alert;
    matches!(
        alert,
        Alert::AccessDenied
            | Alert::BadCertificate
            | Alert::CertificateRequired
            | Alert::HandshakeFailure
            | Alert::InsufficientSecurity
            | Alert::NoApplicationProtocol
            | Alert::ProtocolVersion
            | Alert::UnrecognisedName
    )
}

#[cfg(test)]
mod tests {
    use crate::transport::TransportError;
    use rustls::{AlertDescription, CertificateError, Error as TlsError, InvalidMessage};
    use std::io;

    fn wrapped(error: TlsError) -> io::Error {
        io::Error::other(io::Error::new(io::ErrorKind::InvalidData, error))
    }

    #[test]
    fn tls_errors_are_permanent_only_when_connecting() {
        let not_tls = TlsError::InvalidMessage(InvalidMessage::InvalidContentType);
        for error in [
            not_tls.clone(),
            TlsError::InvalidCertificate(CertificateError::Expired),
            TlsError::AlertReceived(AlertDescription::ProtocolVersion),
        ] {
            assert!(TransportError::connect(wrapped(error)).is_permanent());
        }
        assert!(!TransportError::interrupted(wrapped(not_tls)).is_permanent());
    }

    #[test]
    fn server_and_network_failures_are_not_permanent() {
        let failing = TlsError::AlertReceived(AlertDescription::InternalError);
        assert!(!TransportError::connect(wrapped(failing)).is_permanent());
        assert!(!TransportError::connect(io::Error::from(io::ErrorKind::ConnectionRefused)).is_permanent());
    }
}
