//! How requests reach a service: one method to implement.

mod hyper;

pub use hyper::HyperTransport;

use bytes::Bytes;
use std::fmt;
use std::pin::Pin;

/// A future that a trait object returns.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An error of any type.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Sends one request and gives the whole response. Any status is a response, not an error.
///
/// Dropping the future ends the exchange.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends a request.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;
}

/// Why there is no whole response.
pub struct TransportError {
    message: &'static str,
    may_have_been_sent: bool,
    source: BoxError,
    partial_response: Option<Box<http::Response<Bytes>>>,
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

    fn new(message: &'static str, may_have_been_sent: bool, source: BoxError) -> Self {
        Self { message, may_have_been_sent, source, partial_response: None }
    }

    /// Adds what had come of the answer: its head, and the body up to the break.
    pub fn with_partial_response(mut self, response: http::Response<Bytes>) -> Self {
        self.partial_response = Some(Box::new(response));
        self
    }

    pub(crate) fn take_partial_response(&mut self) -> Option<http::Response<Bytes>> {
        self.partial_response.take().map(|response| *response)
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

impl fmt::Debug for TransportError {
    /// Leaves out the body of a partial response, which may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("message", &self.message)
            .field("source", &self.source)
            .field("partial_status", &self.partial_response.as_ref().map(|response| response.status()))
            .finish()
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.source.as_ref())
    }
}
