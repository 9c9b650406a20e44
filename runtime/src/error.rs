//! The error of a call.

mod classify;
mod failure;
mod kind;
mod request_id;

pub use crate::schema::Fault;
pub(crate) use classify::{Reason, http_date, is_clock_skew};
pub(crate) use failure::{Cause, Failure};
pub use kind::ErrorKind;
pub(crate) use request_id::{extended_request_id, request_id};

use crate::one_line::OneLine;
use bytes::Bytes;
use std::fmt;
use std::time::Duration;

/// The error of a call.
///
/// `E` is the enum of the errors that the operation declares in its model. `Display` is a single line of at
/// most 1,500 characters, in which control and bidirectional characters are escaped; [`message`](Self::message)
/// returns the full text. Neither `Display` nor `Debug` shows the request, the response body or sensitive
/// members.
pub struct Error<E> {
    service: Option<E>,
    failure: Box<Failure>,
}

impl<E> Error<E> {
    /// `service` may stem from an earlier attempt than `failure`; it is then discarded.
    pub(crate) fn new(failure: Box<Failure>, service: Option<E>) -> Self {
        Self { service: service.filter(|_| failure.kind == ErrorKind::Service), failure }
    }

    /// Returns the parts that [`new`](Self::new) takes.
    pub(crate) fn into_parts(self) -> (Box<Failure>, Option<E>) {
        (self.failure, self.service)
    }

    /// Returns the stage at which the call failed.
    pub fn kind(&self) -> ErrorKind {
        self.failure.kind
    }

    /// Returns the error if the operation declares it in its model.
    pub fn service_error(&self) -> Option<&E> {
        self.service.as_ref()
    }

    /// Returns the error if the operation declares it in its model.
    ///
    /// # Errors
    /// Returns `self` if it does not.
    pub fn into_service_error(self) -> Result<E, Self> {
        match self.service {
            Some(error) => Ok(error),
            None => Err(self),
        }
    }

    /// Returns the name of the operation.
    pub fn operation(&self) -> &'static str {
        self.failure.operation.name()
    }

    /// Returns the error code of the service, such as `ThrottlingException`, even if the model does not
    /// declare it.
    pub fn code(&self) -> Option<&str> {
        self.failure.report.code.as_deref()
    }

    /// Returns the error message of the service. `None` if the model marks it as sensitive.
    pub fn message(&self) -> Option<&str> {
        self.failure.report.message.as_deref()
    }

    /// Returns the HTTP status, if a response was received.
    pub fn status(&self) -> Option<http::StatusCode> {
        self.raw_response().map(http::Response::status)
    }

    /// Returns the request id, if the service sent one. AWS services log it, and AWS support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        self.raw_response().and_then(|response| request_id(response.headers()))
    }

    /// Returns the extended request id (`x-amz-id-2`), if the service sent one, as S3 does.
    pub fn extended_request_id(&self) -> Option<&str> {
        self.raw_response().and_then(|response| extended_request_id(response.headers()))
    }

    /// Returns the response headers, if a response was received.
    pub fn headers(&self) -> Option<&http::HeaderMap> {
        self.raw_response().map(http::Response::headers)
    }

    /// Returns the fault, client or server, as declared in the model or else derived from the status. `None`
    /// if the service did not return an error.
    pub fn fault(&self) -> Option<Fault> {
        self.failure.fault()
    }

    /// Returns the number of attempts, including the first.
    pub fn attempts(&self) -> u32 {
        self.failure.attempts
    }

    /// Returns the total delay between attempts.
    pub fn retry_delay(&self) -> Duration {
        self.failure.retry_delay
    }

    /// Returns the delay that the service requests before a retry (`Retry-After`). Without the features `async` and
    /// `blocking`, a date in it needs a `Date` in the response.
    pub fn retry_after(&self) -> Option<Duration> {
        self.failure.retry_after()
    }

    /// Returns true if the same call may succeed later: throttling, a transient failure of the service or the
    /// network, or a timeout. It does not imply that the call is idempotent.
    pub fn is_retryable(&self) -> bool {
        self.failure.retry_reason().is_some()
    }

    /// Returns the response, if one was received. Its body may be incomplete if the connection was closed,
    /// and if it is larger than the client's limit.
    pub fn raw_response(&self) -> Option<&http::Response<Bytes>> {
        self.failure.response.as_ref()
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.failure.fmt(f)
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("operation", &self.operation())
            .field("kind", &self.kind())
            .field("service_error", &self.service)
            .field("code", &self.code().map(OneLine))
            .field("message", &self.message().map(OneLine))
            .field("status", &self.status())
            .field("request_id", &self.request_id().map(OneLine))
            .field("body_bytes", &self.raw_response().map(|response| response.body().len()))
            .field("attempts", &self.attempts())
            .field("cause", &self.failure.cause)
            .finish()
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.failure.cause {
            Cause::Write(error) => Some(error),
            Cause::Read(error) => Some(error),
            Cause::Transport(error) => Some(error),
            Cause::Endpoint(error) => Some(error),
            Cause::Auth(error) => Some(error),
            Cause::Hook(error) => Some(error.0.as_ref()),
            Cause::Timeout { .. } | Cause::ErrorResponse => None,
        }
    }
}
