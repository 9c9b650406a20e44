//! What errors of hyper mean for a request.

use crate::transport::{BoxError, TransportError, TransportErrorKind, cause};
use hyper_util::client::legacy::Error;
use std::fmt;
use std::time::Duration;

/// The limit of time for a connection was reached.
#[derive(Debug)]
pub(super) struct ConnectTimeout(pub(super) Duration);

impl fmt::Display for ConnectTimeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no connection within {:?}", self.0)
    }
}

impl std::error::Error for ConnectTimeout {}

/// A connection by way of a proxy failed.
#[derive(Debug)]
pub(super) struct ThroughProxy(pub(super) BoxError);

impl fmt::Display for ThroughProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no connection through the proxy")
    }
}

impl std::error::Error for ThroughProxy {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.0.as_ref())
    }
}

/// The body of a request could not be had.
#[derive(Debug)]
pub(super) struct BrokenRequest(BoxError);

impl BrokenRequest {
    pub(super) fn new(error: BoxError) -> Self {
        Self(error)
    }
}

impl fmt::Display for BrokenRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body of the request broke off")
    }
}

impl std::error::Error for BrokenRequest {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.0.as_ref())
    }
}

pub(super) fn transport_error(error: Error) -> TransportError {
    let malformed = cause::find(&error).is_some_and(hyper::Error::is_parse);
    if let Some(ConnectTimeout(limit)) = cause::find(&error) {
        TransportError::timeout("no connection", *limit, false)
    } else if cause::find::<ThroughProxy>(&error).is_some() {
        let message = "could not connect through the proxy";
        TransportError::new(TransportErrorKind::Connect, message, false, error.into())
    } else if was_not_sent(&error) {
        TransportError::connect(error)
    } else if is_refused(&error) {
        let message = "the server refused the request unread";
        TransportError::new(TransportErrorKind::Interrupted, message, false, error.into())
    } else if cause::find::<BrokenRequest>(&error).is_some() {
        let message = "the body of the request broke off";
        TransportError::new(TransportErrorKind::Interrupted, message, true, error.into())
    } else if malformed {
        let message = "the answer cannot be read";
        TransportError::new(TransportErrorKind::Interrupted, message, true, error.into())
    } else {
        TransportError::interrupted(error)
    }
}

/// Whether no part of the request can have reached the service. That is so if no connection was there to
/// send it on, or if the one that was chosen closed before it took the request, which hyper then calls
/// canceled.
fn was_not_sent(error: &Error) -> bool {
    let canceled = cause::find(error).is_some_and(hyper::Error::is_canceled);
    error.is_connect() || error.connect_info().is_none() || canceled
}

/// Whether the server says that it has done nothing of what was asked.
/// [RFC 9113, section 8.7](https://www.rfc-editor.org/rfc/rfc9113#section-8.7) has it mean just that.
#[cfg(feature = "http2")]
fn is_refused(error: &Error) -> bool {
    let reset = cause::find::<h2::Error>(error).filter(|error| error.is_remote());
    reset.and_then(h2::Error::reason) == Some(h2::Reason::REFUSED_STREAM)
}

#[cfg(not(feature = "http2"))]
fn is_refused(_: &Error) -> bool {
    false
}
