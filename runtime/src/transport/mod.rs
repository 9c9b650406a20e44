//! How requests reach a service: one method to implement.

#[cfg(feature = "async")]
mod hyper;
mod limits;
#[cfg(feature = "blocking")]
mod ureq;

#[cfg(feature = "async")]
pub use hyper::HyperTransport;
pub use limits::TimeLimits;
#[cfg(feature = "blocking")]
pub use ureq::{UreqBuilder, UreqTransport};

use crate::types::Body;
use std::fmt;
use std::pin::Pin;
use std::time::Duration;

/// A future that a trait object returns.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An error of any type.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Sends one request and gives the response, whose body may still be on its way. Any status is a response,
/// not an error.
///
/// Dropping the future, or the body, ends the exchange.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends a request.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// An error where tokio is needed and does not run: its own functions would panic.
#[cfg(feature = "async")]
pub(crate) fn require_tokio() -> Result<(), TransportError> {
    let missing = "no tokio runtime is running here: call the client from within one";
    tokio::runtime::Handle::try_current().map(drop).map_err(|_| TransportError::connect(missing))
}

/// Why there is no whole response.
#[derive(Debug)]
pub struct TransportError {
    message: &'static str,
    may_have_been_sent: bool,
    source: BoxError,
}

impl TransportError {
    /// The service could not be reached: nothing was sent, so that trying again is harmless.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self::new("could not connect", false, source.into())
    }

    /// The exchange broke after it had begun: the service may have done what it was asked.
    pub fn interrupted(source: impl Into<BoxError>) -> Self {
        Self::new("the connection broke before the answer was whole", true, source.into())
    }

    /// What ended a body: a transport's own error, or another.
    pub(crate) fn broken_off(source: BoxError) -> Self {
        match source.downcast::<Self>() {
            Ok(error) => *error,
            Err(source) => Self::interrupted(source),
        }
    }

    /// What was waited for did not come in time. `missing` says what, as in `no connection` or `no answer`.
    pub fn timeout(missing: &'static str, limit: Duration, may_have_been_sent: bool) -> Self {
        Self::new("the time is up", may_have_been_sent, format!("{missing} within {limit:?}").into())
    }

    fn new(message: &'static str, may_have_been_sent: bool, source: BoxError) -> Self {
        Self { message, may_have_been_sent, source }
    }

    /// Whether the service may have received the request.
    pub fn may_have_been_sent(&self) -> bool {
        self.may_have_been_sent
    }
}

impl fmt::Display for TransportError {
    /// What failed, and the innermost cause: the layers between repeat each other.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut cause: &(dyn std::error::Error + 'static) = self.source.as_ref();
        while let Some(inner) = cause.source() {
            cause = inner;
        }
        write!(f, "{}: {cause}", self.message)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.source.as_ref())
    }
}
