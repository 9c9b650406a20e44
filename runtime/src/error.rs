//! Why a call did not give its output.

use crate::codec::{ReadError, WriteError};
use crate::protocol::ErrorReport;
use crate::schema::{Fault, OperationSchema, Trait};
use crate::transport::TransportError;
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
    /// The input could not be written as a request. Nothing was sent.
    Serialization,
    /// The service could not be reached, or the connection broke before the answer was whole.
    Connection,
    /// The time set for the call ran out.
    Timeout,
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

    /// Who is to blame: as the model declares, else by the status. `None` when there was no answer.
    pub fn fault(&self) -> Option<Fault> {
        self.failure.fault()
    }

    /// How many times the request was sent or tried to be sent.
    pub fn attempts(&self) -> u32 {
        self.failure.attempts
    }

    /// Whether the same call may succeed later: throttling, a failing service or network, a timeout. It
    /// does not say that sending it twice is harmless.
    pub fn is_retryable(&self) -> bool {
        self.failure.is_retryable()
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
            Cause::Timeout(_) | Cause::Answer => None,
        }
    }
}

/// The part of an [`Error`] that is the same for every operation.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) operation: &'static OperationSchema,
    pub(crate) kind: ErrorKind,
    pub(crate) report: ErrorReport,
    /// Traits of the declared error that the service answered with.
    pub(crate) error_traits: &'static [Trait],
    pub(crate) response: Option<http::Response<Bytes>>,
    pub(crate) attempts: u32,
    pub(crate) cause: Cause,
}

/// What went wrong, where it was not the service that said so.
#[derive(Debug)]
pub(crate) enum Cause {
    /// The answer itself is the error.
    Answer,
    Write(WriteError),
    Read(ReadError),
    Transport(TransportError),
    Timeout(Duration),
}

impl Failure {
    pub(crate) fn new(operation: &'static OperationSchema, kind: ErrorKind, cause: Cause) -> Box<Self> {
        Box::new(Self {
            operation,
            kind,
            report: ErrorReport::default(),
            error_traits: &[],
            response: None,
            attempts: 0,
            cause,
        })
    }

    pub(crate) fn write(operation: &'static OperationSchema, error: WriteError) -> Box<Self> {
        Self::new(operation, ErrorKind::Serialization, Cause::Write(error))
    }

    pub(crate) fn transport(operation: &'static OperationSchema, error: TransportError) -> Box<Self> {
        Self::new(operation, ErrorKind::Connection, Cause::Transport(error))
    }

    pub(crate) fn timeout(operation: &'static OperationSchema, limit: Duration) -> Box<Self> {
        Self::new(operation, ErrorKind::Timeout, Cause::Timeout(limit))
    }

    fn status(&self) -> Option<http::StatusCode> {
        self.response.as_ref().map(http::Response::status)
    }

    fn fault(&self) -> Option<Fault> {
        let declared = self.error_traits.iter().find_map(|t| match t {
            Trait::Error(fault) => Some(*fault),
            _ => None,
        });
        declared.or_else(|| {
            let status = self.status().filter(|_| self.kind == ErrorKind::Service)?;
            Some(if status.is_client_error() { Fault::Client } else { Fault::Server })
        })
    }

    pub(crate) fn is_retryable(&self) -> bool {
        match self.kind {
            ErrorKind::Connection | ErrorKind::Timeout => true,
            ErrorKind::Serialization | ErrorKind::Response => false,
            ErrorKind::Service => {
                self.error_traits.iter().any(|t| matches!(t, Trait::Retryable { .. }))
                    || self.status().is_some_and(|s| matches!(s.as_u16(), 429 | 500 | 502 | 503 | 504))
            }
        }
    }

    /// Whether the service certainly did not do what it was asked: it was not reached, or it declined.
    pub(crate) fn is_certainly_undone(&self) -> bool {
        let declined = self.status().is_some_and(|status| matches!(status.as_u16(), 429 | 503));
        match &self.cause {
            Cause::Transport(error) => declined || !error.may_have_been_sent(),
            Cause::Answer | Cause::Read(_) => declined,
            Cause::Write(_) => true,
            Cause::Timeout(_) => false,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation.name())?;
        match &self.cause {
            Cause::Write(error) => write!(f, "the input cannot be sent: {error}")?,
            Cause::Transport(error) if self.kind == ErrorKind::Connection => write!(f, "{error}")?,
            Cause::Timeout(limit) => write!(f, "no answer within {limit:?}")?,
            Cause::Read(error) if self.kind == ErrorKind::Response => {
                write!(f, "the answer cannot be read: {error}")?;
            }
            Cause::Transport(_) | Cause::Read(_) | Cause::Answer => self.fmt_answer(f)?,
        }
        self.fmt_circumstances(f)
    }
}

impl Failure {
    fn fmt_answer(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", OneLine(self.report.code.as_deref().unwrap_or("error without a code")))?;
        match &self.report.message {
            Some(message) => write!(f, ": {}", OneLine(message)),
            None => Ok(()),
        }
    }

    fn fmt_circumstances(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = " (";
        let mut item = |f: &mut fmt::Formatter<'_>, text: fmt::Arguments<'_>| {
            let result = write!(f, "{separator}{text}");
            separator = ", ";
            result
        };
        if let Some(status) = self.status() {
            item(f, format_args!("HTTP {}", status.as_u16()))?;
        }
        if let Some(id) = self.response.as_ref().and_then(|response| request_id(response.headers())) {
            item(f, format_args!("request id {id}"))?;
        }
        if self.attempts > 1 {
            item(f, format_args!("{} attempts", self.attempts))?;
        }
        if separator == ", " { f.write_str(")") } else { Ok(()) }
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
