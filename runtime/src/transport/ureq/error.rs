//! What ureq's errors mean: whether something was sent, and which limit was reached.

use super::connect::NotConnected;
use super::request::BrokenRequest;
use crate::transport::permanent::HeadTooLarge;
use crate::transport::{BoxError, TransportError, TransportErrorKind};
use std::io;
use std::time::Duration;
use ureq::{Error, Timeout};

/// The limits of one request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) connect: Duration,
    pub(super) read: Option<Duration>,
    pub(super) total: Option<Duration>,
}

/// The error of a request without an answer.
pub(super) fn transport_error(error: Error, timeouts: Limits, through_proxy: bool) -> TransportError {
    match error {
        Error::Other(inner) => match inner.downcast::<NotConnected>() {
            Ok(marked) => not_connected(marked.0, timeouts, through_proxy),
            Err(other) => TransportError::interrupted(other),
        },
        Error::BadUri(_) => TransportError::connect("the URL cannot be called").permanent(),
        Error::Http(error) => TransportError::connect(error).permanent(),
        Error::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<BrokenRequest>()) => {
            interrupted("the body of the request broke off", error.into())
        }
        error @ (Error::Protocol(_) | Error::LargeResponseHeader(..)) => {
            interrupted("the answer cannot be read", cause(error))
        }
        error => {
            let timeout = timeout(&error, timeouts, "no answer", true);
            timeout.unwrap_or_else(|| TransportError::interrupted(cause(error)))
        }
    }
}

fn interrupted(message: &'static str, source: BoxError) -> TransportError {
    TransportError::new(TransportErrorKind::Interrupted, message, true, source)
}

fn not_connected(error: Error, timeouts: Limits, through_proxy: bool) -> TransportError {
    if let Some(timeout) = timeout(&error, timeouts, "no connection", false) {
        return timeout;
    }
    match through_proxy {
        false => TransportError::connect(cause(error)),
        true => {
            let message = "could not connect through the proxy";
            TransportError::new(TransportErrorKind::Connect, message, false, cause(error))
        }
    }
}

/// The error of a body that breaks off.
pub(super) fn body_error(error: io::Error, timeouts: Limits) -> BoxError {
    let error = Error::from(error);
    match timeout(&error, timeouts, "no more of the answer", true) {
        Some(timeout) => timeout.into(),
        None => cause(error),
    }
}

/// The limit that was reached, if the error is that; `missing` is what was waited for.
fn timeout(
    error: &Error,
    timeouts: Limits,
    missing: &'static str,
    may_have_been_sent: bool,
) -> Option<TransportError> {
    let Error::Timeout(reached) = error else { return None };
    let (missing, limit) = match reached {
        Timeout::Resolve => ("no address of the host", Some(timeouts.connect)),
        Timeout::Connect => ("no connection", Some(timeouts.connect)),
        Timeout::PerRead | Timeout::PerWrite => (missing, timeouts.read),
        _ => ("no answer", timeouts.total),
    };
    Some(TransportError::timeout(missing, limit.unwrap_or_default(), may_have_been_sent))
}

/// An error without what ureq says around it, and without anything of the request or its answer.
fn cause(error: Error) -> BoxError {
    match error {
        Error::Io(error) => error.into(),
        Error::Other(error) => error,
        Error::HostNotFound => "the host has no address".into(),
        // The status is told twice, in figures.
        Error::ConnectProxyFailed(text) => text.split('/').next().unwrap_or_default().into(),
        Error::LargeResponseHeader(..) => HeadTooLarge.into(),
        // The library tells this case by its text alone.
        Error::Protocol(error) if error.to_string() == "http parse resulted in too many headers" => {
            HeadTooLarge.into()
        }
        // After the colon there may be a header's value.
        Error::Protocol(error) => error.to_string().split(':').next().unwrap_or_default().into(),
        Error::BadUri(_) | Error::RequireHttpsOnly(_) => "the URL cannot be called".into(),
        other => Box::new(other),
    }
}
