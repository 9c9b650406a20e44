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

pub(super) fn transport_error(error: Error) -> TransportError {
    let malformed = cause::find(&error).is_some_and(hyper::Error::is_parse);
    if let Some(ConnectTimeout(limit)) = cause::find(&error) {
        TransportError::timeout("no connection", *limit, false)
    } else if cause::find::<ThroughProxy>(&error).is_some() {
        let message = "could not connect through the proxy";
        TransportError::new(TransportErrorKind::Connect, message, false, error.into())
    } else if is_certainly_unsent(&error) {
        TransportError::connect(error)
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
fn is_certainly_unsent(error: &Error) -> bool {
    let canceled = cause::find(error).is_some_and(hyper::Error::is_canceled);
    error.is_connect() || error.connect_info().is_none() || canceled
}
