//! Why a call did not give its output.

mod classify;
mod failure;

pub(crate) use classify::{Reason, http_date, is_clock_skew};
pub(crate) use failure::{Cause, Failure};

use crate::schema::Fault;
use bytes::Bytes;
use std::fmt;
use std::time::Duration;

/// Why a call did not give its output: what the service said, or why it could not be asked, or why its
/// answer could not be read.
///
/// `E` holds the errors that the operation declares. `Display` is one line for people; neither it nor
/// `Debug` shows a request, a response body or a sensitive member.
pub struct Error<E> {
    service: Option<E>,
    failure: Box<Failure>,
}

/// The stage at which a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no endpoint for these parameters. Nothing was sent.
    Endpoint,
    /// The request could not be authenticated, for want of credentials most often. Nothing was sent.
    Auth,
    /// The input could not be written as a request. Nothing was sent.
    Serialization,
    /// The service could not be reached, or the connection broke before the answer was whole.
    Connection,
    /// A time limit ran out.
    Timeout,
    /// A [hook](crate::client::Hook) refused an attempt or its answer.
    Hook,
    /// The service answered with an error, declared in its model or not.
    Service,
    /// The service answered with success, but the answer could not be read.
    Response,
}

impl<E> Error<E> {
    /// `service` may be left over from an attempt before the one that failed for good.
    pub(crate) fn new(failure: Box<Failure>, service: Option<E>) -> Self {
        Self { service: service.filter(|_| failure.kind == ErrorKind::Service), failure }
    }

    /// The stage at which the call failed.
    pub fn kind(&self) -> ErrorKind {
        self.failure.kind
    }

    /// The error that the service declares in its model and answered with.
    pub fn service_error(&self) -> Option<&E> {
        self.service.as_ref()
    }

    /// The error that the service declares in its model and answered with, or this error back.
    pub fn into_service_error(self) -> Result<E, Self> {
        match self.service {
            Some(error) => Ok(error),
            None => Err(self),
        }
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static str {
        self.failure.operation.name()
    }

    /// The code the service gave, declared in its model or not: the name of an error shape.
    pub fn code(&self) -> Option<&str> {
        self.failure.report.code.as_deref()
    }

    /// The text the service gave for people.
    pub fn message(&self) -> Option<&str> {
        self.failure.report.message.as_deref()
    }

    /// The HTTP status of the answer.
    pub fn status(&self) -> Option<http::StatusCode> {
        self.raw_response().map(http::Response::status)
    }

    /// The id under which AWS services log the request. Support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        self.raw_response().and_then(|response| request_id(response.headers()))
    }

    /// The second id that some AWS services log the request under, S3 first of all.
    pub fn extended_request_id(&self) -> Option<&str> {
        self.raw_response().and_then(|response| extended_request_id(response.headers()))
    }

    /// The headers of the answer.
    pub fn headers(&self) -> Option<&http::HeaderMap> {
        self.raw_response().map(http::Response::headers)
    }

    /// Who is to blame: as the model declares, else by the status. `None` when there was no answer.
    pub fn fault(&self) -> Option<Fault> {
        self.failure.fault()
    }

    /// How many times the request was sent or tried to be sent.
    pub fn attempts(&self) -> u32 {
        self.failure.attempts
    }

    /// How long was waited between the attempts, all in all.
    pub fn retry_delay(&self) -> Duration {
        self.failure.retry_delay
    }

    /// How long the service asks to wait before the call is tried again.
    pub fn retry_after(&self) -> Option<Duration> {
        self.failure.retry_after()
    }

    /// Whether the same call may succeed later: throttling, a failing service or network, a timeout. It
    /// does not say that sending it twice is harmless.
    pub fn is_retryable(&self) -> bool {
        self.failure.retry_reason().is_some()
    }

    /// The answer as it came, with its whole body, or as much of it as came before the connection broke.
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
            .field("code", &self.code())
            .field("message", &self.message())
            .field("status", &self.status())
            .field("request_id", &self.request_id())
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

/// Text shown as one line, whatever the service wrote.
pub(crate) struct OneLine<'t>(pub(crate) &'t str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        for (index, part) in self.0.split(breaks).enumerate() {
            f.write_str(if index == 0 { "" } else { " " })?;
            f.write_str(part)?;
        }
        Ok(())
    }
}

/// The id under which AWS services log a request.
pub(crate) fn request_id(headers: &http::HeaderMap) -> Option<&str> {
    ["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"]
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok())
}

/// The second id that some AWS services log a request under.
pub(crate) fn extended_request_id(headers: &http::HeaderMap) -> Option<&str> {
    headers.get("x-amz-id-2")?.to_str().ok()
}
