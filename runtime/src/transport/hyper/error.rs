//! Conversion of hyper errors.

use crate::transport::{BoxError, TransportError, TransportErrorKind, cause};
use hyper_util::client::legacy::Error;
use std::fmt;
use std::time::Duration;

/// The connect timeout elapsed.
#[derive(Debug)]
pub(super) struct ConnectTimeout(pub(super) Duration);

impl fmt::Display for ConnectTimeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "connect timed out after {:?}", self.0)
    }
}

impl std::error::Error for ConnectTimeout {}

/// Connecting through a proxy failed.
#[derive(Debug)]
pub(super) struct ProxyConnectError {
    /// The proxy, as [`HttpProxy::name`](super::proxy::HttpProxy::name) returns it.
    pub(super) proxy: String,
    pub(super) error: BoxError,
}

impl fmt::Display for ProxyConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "could not connect through the proxy {}", self.proxy)
    }
}

impl std::error::Error for ProxyConnectError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.error.as_ref())
    }
}

/// An error of the request body, as opposed to one of the connection.
#[derive(Debug)]
pub(super) struct RequestBodyError(BoxError);

impl RequestBodyError {
    pub(super) fn new(error: BoxError) -> Self {
        Self(error)
    }
}

impl fmt::Display for RequestBodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("could not read the request body")
    }
}

impl std::error::Error for RequestBodyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.0.as_ref())
    }
}

/// Converts an error of the HTTP/1.1 client.
pub(super) fn transport_error(error: Error) -> TransportError {
    let not_sent = was_not_sent(&error);
    convert(error.into(), not_sent)
}

/// Converts an error of opening a connection.
#[cfg(feature = "http2")]
pub(super) fn connect_error(error: BoxError) -> TransportError {
    convert(error, true)
}

/// Converts an error of a request on an HTTP/2 connection.
#[cfg(feature = "http2")]
pub(super) fn exchange_error(error: hyper::Error) -> TransportError {
    let not_sent = error.is_canceled();
    convert(error.into(), not_sent)
}

fn convert(error: BoxError, not_sent: bool) -> TransportError {
    let cause: cause::Cause<'_> = error.as_ref();
    if let Some(ConnectTimeout(limit)) = cause::find(cause) {
        TransportError::timeout("connect", *limit, false)
    } else if let Some(failed) = cause::find::<ProxyConnectError>(cause) {
        let message = failed.to_string();
        TransportError::new(TransportErrorKind::Connect, message, false, error)
    } else if not_sent {
        TransportError::connect(error)
    } else if is_refused_stream(cause) {
        let message = "the server refused the request without processing it";
        TransportError::new(TransportErrorKind::Interrupted, message, false, error)
    } else if cause::find::<RequestBodyError>(cause).is_some() {
        let message = "could not read the request body";
        TransportError::new(TransportErrorKind::Interrupted, message, true, error)
    } else if cause::find(cause).is_some_and(hyper::Error::is_parse) {
        let message = "could not read the response";
        TransportError::new(TransportErrorKind::Interrupted, message, true, error)
    } else {
        TransportError::interrupted(error)
    }
}

/// Returns true if no part of the request was sent: there was no connection, or the pooled connection closed
/// before it accepted the request, which hyper reports as canceled.
fn was_not_sent(error: &Error) -> bool {
    let canceled = cause::find(error).is_some_and(hyper::Error::is_canceled);
    error.is_connect() || error.connect_info().is_none() || canceled
}

/// Returns true if the server reset the stream with `REFUSED_STREAM`: it has not processed the request
/// ([RFC 9113, section 8.7](https://www.rfc-editor.org/rfc/rfc9113#section-8.7)).
#[cfg(feature = "http2")]
fn is_refused_stream(error: cause::Cause<'_>) -> bool {
    let reset = cause::find::<h2::Error>(error).filter(|error| error.is_remote());
    reset.and_then(h2::Error::reason) == Some(h2::Reason::REFUSED_STREAM)
}

#[cfg(not(feature = "http2"))]
fn is_refused_stream(_: cause::Cause<'_>) -> bool {
    false
}
