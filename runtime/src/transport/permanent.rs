//! Which failures would be the same if the request were sent again soon.

use super::TransportErrorKind;
use super::cause::{self, Cause};
use rustls::{AlertDescription, Error as TlsError};
use std::error::Error;
use std::fmt;

/// The status line and headers of an answer are more than a transport reads.
#[derive(Debug)]
pub(super) struct HeadTooLarge;

impl fmt::Display for HeadTooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("its headers are more or larger than this client allows")
    }
}

impl Error for HeadTooLarge {}

/// Whether a failure of this kind would be the same again. Of what TLS finds wrong, only what came before there
/// was a connection: later, bytes may have gone wrong on their way.
pub(super) fn is_permanent(kind: TransportErrorKind, error: Cause<'_>) -> bool {
    let tls = || cause::find(error).is_some_and(is_permanent_in_tls);
    cause::chain(error).any(is_large_head) || (kind == TransportErrorKind::Connect && tls())
}

/// Whether an answer has more or larger headers than are read.
pub(super) fn is_large_head(error: Cause<'_>) -> bool {
    #[cfg(feature = "async")]
    if let Some(error) = error.downcast_ref::<hyper::Error>() {
        // The library tells this case by its text alone.
        return error.is_parse() && error.to_string() == "message head is too large";
    }
    error.is::<HeadTooLarge>()
}

fn is_permanent_in_tls(error: &TlsError) -> bool {
    match error {
        TlsError::InvalidCertificate(_) | TlsError::InvalidMessage(_) => true,
        TlsError::PeerIncompatible(_) | TlsError::NoApplicationProtocol => true,
        TlsError::NoCertificatesPresented | TlsError::UnsupportedNameType => true,
        TlsError::AlertReceived(alert) => is_about_us(*alert),
        _ => false,
    }
}

/// Whether the server ended the handshake for who we are or what we can do, and not for a fault of its own.
fn is_about_us(alert: AlertDescription) -> bool {
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
    fn what_tls_refuses_lasts_unless_there_was_a_connection() {
        let no_tls = TlsError::InvalidMessage(InvalidMessage::InvalidContentType);
        for error in [
            no_tls.clone(),
            TlsError::InvalidCertificate(CertificateError::Expired),
            TlsError::AlertReceived(AlertDescription::ProtocolVersion),
        ] {
            assert!(TransportError::connect(wrapped(error)).is_permanent());
        }
        assert!(!TransportError::interrupted(wrapped(no_tls)).is_permanent());
    }

    #[test]
    fn what_is_the_fault_of_the_server_or_the_network_does_not_last() {
        let failing = TlsError::AlertReceived(AlertDescription::InternalError);
        assert!(!TransportError::connect(wrapped(failing)).is_permanent());
        assert!(!TransportError::connect(io::Error::from(io::ErrorKind::ConnectionRefused)).is_permanent());
    }
}
