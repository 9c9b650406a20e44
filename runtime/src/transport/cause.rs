//! The cause of a failure in words that a person understands.

#[cfg(feature = "async")]
use super::permanent::{self, HeadTooLarge};
use std::error::Error;
use std::io;

const CLOSED: &str = "the server closed the connection";

pub(super) type Cause<'a> = &'a (dyn Error + 'static);

/// The innermost cause that we have words for, else the innermost in its own.
pub(super) fn in_words(error: Cause<'_>) -> String {
    let words = chain(error).filter_map(words_for).last();
    let own_words = || chain(error).last().map_or_else(String::new, ToString::to_string);
    words.unwrap_or_else(own_words)
}

/// The first cause of a type, the error itself included.
#[cfg(any(feature = "async", feature = "blocking"))]
pub(super) fn find<E: Error + 'static>(error: Cause<'_>) -> Option<&E> {
    chain(error).find_map(|cause| cause.downcast_ref())
}

/// An error and its causes, the outermost first.
pub(super) fn chain(error: Cause<'_>) -> impl Iterator<Item = Cause<'_>> {
    std::iter::successors(Some(error), |&error| {
        // An I/O error skips the error that it was made from when asked for its source.
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner as Cause<'_>),
            None => error.source(),
        }
    })
}

fn words_for(error: Cause<'_>) -> Option<String> {
    if let Some(error) = error.downcast_ref::<io::Error>() {
        let ended = error.kind() == io::ErrorKind::UnexpectedEof;
        return ended.then(|| CLOSED.to_owned());
    }
    #[cfg(feature = "async")]
    if let Some(error) = error.downcast_ref() {
        return words_for_http(error);
    }
    #[cfg(any(feature = "async", feature = "blocking"))]
    if let Some(error) = error.downcast_ref() {
        return words_for_tls(error);
    }
    None
}

#[cfg(feature = "async")]
fn words_for_http(error: &hyper::Error) -> Option<String> {
    if error.is_incomplete_message() {
        return Some(CLOSED.to_owned());
    }
    permanent::is_large_head(error).then(|| HeadTooLarge.to_string())
}

#[cfg(any(feature = "async", feature = "blocking"))]
fn words_for_tls(error: &rustls::Error) -> Option<String> {
    use rustls::Error as Tls;
    let words = match error {
        Tls::InvalidCertificate(error) => return words_for_certificate(error),
        Tls::InvalidMessage(_) => "the server does not speak TLS; is its URL one of `http://`?",
        Tls::PeerIncompatible(_) => "the server has no version or cipher of TLS in common with this client",
        Tls::AlertReceived(alert) => return Some(format!("the server ended the TLS handshake: {alert:?}")),
        _ => return None,
    };
    Some(words.to_owned())
}

#[cfg(any(feature = "async", feature = "blocking"))]
fn words_for_certificate(error: &rustls::CertificateError) -> Option<String> {
    use rustls::CertificateError as Certificate;
    let words = match error {
        Certificate::UnknownIssuer => {
            "the server's certificate comes from no authority that this client trusts (UnknownIssuer)"
        }
        Certificate::Expired | Certificate::ExpiredContext { .. } => "the server's certificate has expired",
        Certificate::NotValidYet | Certificate::NotValidYetContext { .. } => {
            "the server's certificate is not valid yet; is this machine's clock right?"
        }
        Certificate::BadSignature => "the server's certificate is not signed by the authority that it names",
        Certificate::Revoked => "the server's certificate has been revoked",
        Certificate::NotValidForName => "the server's certificate is not for this host",
        Certificate::NotValidForNameContext { presented, .. } => {
            let names = presented.join(", ");
            return Some(format!("the server's certificate is not for this host but for {names}"));
        }
        _ => return None,
    };
    Some(words.to_owned())
}
