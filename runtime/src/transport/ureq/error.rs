//! Conversion of ureq errors.

use super::connect::NotConnected;
use super::request::RequestBodyError;
use crate::transport::large_head::HeadTooLarge;
use crate::transport::proxy::TunnelRefused;
use crate::transport::{BoxError, TransportError, TransportErrorKind};
use std::io;
use std::time::{Duration, Instant};
use ureq::{Error, Timeout};

/// The timeouts of one request.
#[derive(Clone, Copy, Debug)]
pub(super) struct RequestTimeouts {
    pub(super) connect: Duration,
    pub(super) read: Option<Duration>,
    pub(super) total: Option<Duration>,
    pub(super) started: Instant,
}

impl RequestTimeouts {
    /// Returns true if the total timeout elapsed. ureq may report the connect timeout although the total timeout
    /// shortened it.
    fn total_elapsed(&self) -> bool {
        // Timeouts of sockets may elapse a little early.
        const TOLERANCE: Duration = Duration::from_millis(20);
        self.total.is_some_and(|total| self.started.elapsed().saturating_add(TOLERANCE) >= total)
    }
}

/// Converts the error of a request that failed before the response was received.
pub(super) fn transport_error(
    error: Error,
    timeouts: RequestTimeouts,
    proxy: Option<&str>,
) -> TransportError {
    match error {
        Error::Other(inner) => match inner.downcast::<NotConnected>() {
            Ok(error) => not_connected(error.0, timeouts, proxy),
            Err(other) => TransportError::interrupted(other),
        },
        Error::BadUri(_) => TransportError::connect("invalid URL").permanent(),
        Error::Http(error) => TransportError::connect(error).permanent(),
        Error::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<RequestBodyError>()) => {
            interrupted("could not read the request body", error.into())
        }
        error @ (Error::Protocol(_) | Error::LargeResponseHeader(..)) => {
            interrupted("could not read the response", cause(error))
        }
        error => {
            let timeout = timeout(&error, timeouts, "read", true);
            timeout.unwrap_or_else(|| TransportError::interrupted(cause(error)))
        }
    }
}

fn interrupted(message: &'static str, source: BoxError) -> TransportError {
    TransportError::new(TransportErrorKind::Interrupted, message, true, source)
}

fn not_connected(error: Error, timeouts: RequestTimeouts, proxy: Option<&str>) -> TransportError {
    if let Some(timeout) = timeout(&error, timeouts, "connect", false) {
        return timeout;
    }
    match proxy {
        None => TransportError::connect(cause(error)),
        Some(proxy) => {
            let message = format!("could not connect through the proxy {proxy}");
            TransportError::new(TransportErrorKind::Connect, message, false, cause(error))
        }
    }
}

/// Converts the error of a response body.
pub(super) fn body_error(error: io::Error, timeouts: RequestTimeouts) -> BoxError {
    let error = Error::from(error);
    match timeout(&error, timeouts, "read", true) {
        Some(timeout) => timeout.into(),
        None => cause(error),
    }
}

/// Converts a timeout of ureq; returns `None` for other errors. `what` is the operation that was in progress.
fn timeout(
    error: &Error,
    timeouts: RequestTimeouts,
    what: &'static str,
    may_have_been_sent: bool,
) -> Option<TransportError> {
    let Error::Timeout(timeout) = error else { return None };
    let (what, limit) = match timeout {
        _ if timeouts.total_elapsed() => ("request", timeouts.total),
        Timeout::Resolve => ("DNS lookup", Some(timeouts.connect)),
        Timeout::Connect => ("connect", Some(timeouts.connect)),
        Timeout::PerRead | Timeout::PerWrite => (what, timeouts.read),
        _ => ("request", timeouts.total),
    };
    Some(TransportError::timeout(what, limit.unwrap_or_default(), may_have_been_sent))
}

/// Returns the cause of an error, without ureq's own wording and without any part of the request or response.
fn cause(error: Error) -> BoxError {
    match error {
        Error::Io(error) => error.into(),
        Error::Other(error) => error,
        Error::HostNotFound => "could not resolve the host name".into(),
        Error::ConnectProxyFailed(text) => match text.rsplit('/').next().map(str::parse) {
            Some(Ok(status)) => TunnelRefused(status).into(),
            _ => text.into(),
        },
        Error::LargeResponseHeader(..) => HeadTooLarge.into(),
        // ureq exposes this case only by its text.
        Error::Protocol(error) if error.to_string() == "http parse resulted in too many headers" => {
            HeadTooLarge.into()
        }
        // The text after the colon may be the value of a header.
        Error::Protocol(error) => error.to_string().split(':').next().unwrap_or_default().into(),
        Error::BadUri(_) | Error::RequireHttpsOnly(_) => "invalid URL".into(),
        other => Box::new(other),
    }
}
