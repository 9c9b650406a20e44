//! What went wrong, whichever the operation.

use super::classify::{self, Reason};
use super::{ErrorKind, OneLine, request_id};
use crate::auth::AuthError;
use crate::codec::{ReadError, WriteError};
use crate::endpoint::EndpointError;
use crate::protocol::ErrorReport;
use crate::schema::{Fault, OperationSchema, Trait};
use crate::transport::{BoxError, TransportError, TransportErrorKind};
use bytes::Bytes;
use std::fmt;
use std::time::Duration;

/// The part of an [`Error`](super::Error) that is the same for every operation.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) operation: &'static OperationSchema,
    pub(crate) kind: ErrorKind,
    pub(crate) report: ErrorReport,
    /// Traits of the declared error that the service answered with.
    pub(crate) error_traits: &'static [Trait],
    pub(crate) response: Option<http::Response<Bytes>>,
    pub(crate) attempts: u32,
    /// How long was waited between the attempts.
    pub(crate) retry_delay: Duration,
    pub(crate) cause: Cause,
}

/// What went wrong, where it was not the service that said so.
#[derive(Debug)]
pub(crate) enum Cause {
    /// The answer itself is the error.
    ErrorResponse,
    Write(WriteError),
    Read(ReadError),
    Transport(TransportError),
    Endpoint(EndpointError),
    Auth(AuthError),
    Hook(HookError),
    Timeout {
        limit: Duration,
        /// Which limit it is, to stand behind it; nothing for that of the call.
        what: &'static str,
    },
}

/// What a hook said. `Debug` shows the text that `Display` does: what else it holds is the user's.
pub(crate) struct HookError(pub(crate) BoxError);

impl fmt::Debug for HookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0.to_string())
    }
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
            retry_delay: Duration::ZERO,
            cause,
        })
    }

    pub(crate) fn write(operation: &'static OperationSchema, error: WriteError) -> Box<Self> {
        Self::new(operation, ErrorKind::Serialization, Cause::Write(error))
    }

    pub(crate) fn transport(operation: &'static OperationSchema, error: TransportError) -> Box<Self> {
        let kind = match error.kind() {
            TransportErrorKind::Timeout if error.may_have_been_sent() => ErrorKind::Timeout,
            _ => ErrorKind::Connection,
        };
        Self::new(operation, kind, Cause::Transport(error))
    }

    pub(crate) fn timeout(
        operation: &'static OperationSchema,
        what: &'static str,
        limit: Duration,
    ) -> Box<Self> {
        Self::new(operation, ErrorKind::Timeout, Cause::Timeout { what, limit })
    }

    pub(crate) fn endpoint(operation: &'static OperationSchema, error: EndpointError) -> Box<Self> {
        Self::new(operation, ErrorKind::Endpoint, Cause::Endpoint(error))
    }

    pub(crate) fn auth(operation: &'static OperationSchema, error: AuthError) -> Box<Self> {
        Self::new(operation, ErrorKind::Auth, Cause::Auth(error))
    }

    pub(crate) fn hook(operation: &'static OperationSchema, error: BoxError) -> Box<Self> {
        Self::new(operation, ErrorKind::Hook, Cause::Hook(HookError(error)))
    }

    pub(super) fn status(&self) -> Option<http::StatusCode> {
        self.response.as_ref().map(http::Response::status)
    }

    pub(super) fn fault(&self) -> Option<Fault> {
        let declared = self.error_traits.iter().find_map(|t| match t {
            Trait::Error(fault) => Some(*fault),
            _ => None,
        });
        declared.or_else(|| {
            let status = self.status().filter(|_| self.kind == ErrorKind::Service)?;
            Some(if status.is_client_error() { Fault::Client } else { Fault::Server })
        })
    }

    /// Why the same call may succeed later; `None` where it would fail again.
    pub(crate) fn retry_reason(&self) -> Option<Reason> {
        classify::reason(self)
    }

    /// How long the service asks to wait before the next attempt.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.response.as_ref().and_then(|response| classify::retry_after(response.headers()))
    }

    /// Whether the service certainly did not do what it was asked: it was not reached, or it declined.
    pub(crate) fn was_not_processed(&self) -> bool {
        let declined = self.status().is_some_and(|status| matches!(status.as_u16(), 429 | 503));
        match &self.cause {
            Cause::Transport(error) => declined || !error.may_have_been_sent(),
            Cause::ErrorResponse | Cause::Read(_) => declined,
            Cause::Write(_) => true,
            Cause::Endpoint(_) | Cause::Auth(_) | Cause::Hook(_) => self.response.is_none(),
            Cause::Timeout { .. } => false,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation.name())?;
        match &self.cause {
            Cause::Write(error) => write!(f, "the input cannot be sent: {error}")?,
            Cause::Transport(error) if self.kind != ErrorKind::Service => write!(f, "{error}")?,
            Cause::Timeout { what, limit } => write!(f, "no answer within {limit:?}{what}")?,
            Cause::Endpoint(error) => write!(f, "there is no endpoint: {error}")?,
            Cause::Auth(error) => write!(f, "the request cannot be authenticated: {error}")?,
            Cause::Hook(HookError(error)) => write!(f, "a hook refused it: {}", OneLine(&error.to_string()))?,
            Cause::Read(error) if self.kind == ErrorKind::Response => {
                write!(f, "the answer cannot be read: {error}")?;
            }
            Cause::Transport(_) | Cause::Read(_) | Cause::ErrorResponse => self.fmt_response(f)?,
        }
        self.fmt_context(f)
    }
}

impl Failure {
    fn fmt_response(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", OneLine(self.report.code.as_deref().unwrap_or("error without a code")))?;
        match &self.report.message {
            Some(message) => write!(f, ": {}", OneLine(message)),
            None => Ok(()),
        }
    }

    fn fmt_context(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
