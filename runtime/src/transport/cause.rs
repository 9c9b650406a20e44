//! Readable descriptions of the cause of a failure.

#[cfg(feature = "async")]
use super::large_head::{HeadTooLarge, is_large_head};
use std::error::Error;
use std::io;

const CLOSED: &str = "the server closed the connection";

pub(super) type Cause<'a> = &'a (dyn Error + 'static);

/// Returns the description of the innermost cause that has one here, or else the text of the innermost cause.
pub(super) fn describe(error: Cause<'_>) -> String {
    let description = chain(error).filter_map(description_of).last();
    let innermost = || chain(error).last().map_or_else(String::new, ToString::to_string);
    description.unwrap_or_else(innermost)
}

/// Returns the first cause of type `E`, which may be the error itself.
#[cfg(any(feature = "async", feature = "blocking"))]
pub(super) fn find<E: Error + 'static>(error: Cause<'_>) -> Option<&E> {
    chain(error).find_map(|cause| cause.downcast_ref())
}

/// Returns an error and its causes, outermost first.
pub(super) fn chain(error: Cause<'_>) -> impl Iterator<Item = Cause<'_>> {
    std::iter::successors(Some(error), |&error| {
        // `source` of an I/O error skips the error that it wraps.
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner as Cause<'_>),
            None => error.source(),
        }
    })
}

fn description_of(error: Cause<'_>) -> Option<String> {
    if let Some(error) = error.downcast_ref::<io::Error>() {
        let is_eof = error.kind() == io::ErrorKind::UnexpectedEof;
        return is_eof.then(|| CLOSED.to_owned());
    }
    #[cfg(feature = "async")]
    if let Some(error) = error.downcast_ref() {
        return describe_http(error);
    }
    #[cfg(feature = "http2")]
    if let Some(error) = error.downcast_ref() {
        return describe_http2(error);
    }
    #[cfg(any(feature = "async", feature = "blocking"))]
    if let Some(error) = error.downcast_ref() {
        return describe_tls(error);
    }
    None
}

#[cfg(feature = "async")]
fn describe_http(error: &hyper::Error) -> Option<String> {
    if error.is_incomplete_message() {
        return Some(CLOSED.to_owned());
    }
    is_large_head(error).then(|| HeadTooLarge.to_string())
}

/// h2 has the kind of an I/O error, and its text, but not the error. It reports a closed connection as a broken
/// pipe.
#[cfg(feature = "http2")]
fn describe_http2(error: &h2::Error) -> Option<String> {
    let kind = error.get_io().map(io::Error::kind)?;
    matches!(kind, io::ErrorKind::UnexpectedEof | io::ErrorKind::BrokenPipe).then(|| CLOSED.to_owned())
}

#[cfg(any(feature = "async", feature = "blocking"))]
fn describe_tls(error: &rustls::Error) -> Option<String> {
    use rustls::Error as Tls;
    let description = match error {
        Tls::InvalidCertificate(error) => return describe_certificate(error),
        Tls::InvalidMessage(_) => "the server did not respond with TLS: check the port and scheme of the URL",
        Tls::PeerIncompatible(_) => {
            "the server and this client have no TLS version or cipher suite in common"
        }
        Tls::AlertReceived(alert) => {
            return Some(format!("the server rejected the TLS handshake: {alert:?}"));
        }
        _ => return None,
    };
    Some(description.to_owned())
}

#[cfg(any(feature = "async", feature = "blocking"))]
fn describe_certificate(error: &rustls::CertificateError) -> Option<String> {
    use rustls::CertificateError as Certificate;
    let description = match error {
        Certificate::UnknownIssuer => {
            "the server's certificate is signed by an unknown authority (UnknownIssuer)"
        }
        Certificate::Expired | Certificate::ExpiredContext { .. } => "the server's certificate has expired",
        Certificate::NotValidYet | Certificate::NotValidYetContext { .. } => {
            "the server's certificate is not valid yet: check the clock of this machine"
        }
        Certificate::BadSignature => "the server's certificate has an invalid signature",
        Certificate::Revoked => "the server's certificate has been revoked",
        Certificate::NotValidForName => "the server's certificate is not valid for this host",
        Certificate::NotValidForNameContext { presented, .. } => {
            let names = presented.join(", ");
            return Some(format!("the server's certificate is not valid for this host, only for {names}"));
        }
        _ => return None,
    };
    Some(description.to_owned())
}
