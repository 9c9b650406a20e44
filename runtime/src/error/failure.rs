//! The part of an error that does not depend on the operation.

use super::kind::ErrorKind;
use super::request_id::request_id;
use crate::auth::AuthError;
use crate::codec::{ReadError, WriteError};
use crate::endpoint::EndpointError;
use crate::one_line::{LineWriter, OneLine};
use crate::protocol::ErrorReport;
use crate::schema::{Fault, Trait};
use crate::service::OperationSchema;
use crate::transport::{BoxError, TransportError, TransportErrorKind};
use bytes::Bytes;
use std::fmt::{self, Write};
use std::time::Duration;

/// The lengths in bytes of what an error displays. Services send shorter ones.
const MAX_CODE_LEN: usize = 200;
const MAX_REQUEST_ID_LEN: usize = 200;

/// The part of an [`Error`](super::Error) that does not depend on the operation.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) operation: &'static OperationSchema,
    pub(crate) kind: ErrorKind,
    pub(crate) report: ErrorReport,
    /// The traits of the error shape, if the operation declares the error.
    pub(crate) error_traits: &'static [Trait],
    pub(crate) response: Option<http::Response<Bytes>>,
    pub(crate) attempts: u32,
    /// The total delay between attempts.
    pub(crate) retry_delay: Duration,
    pub(crate) cause: Cause,
}

/// The cause of a failure.
#[derive(Debug)]
pub(crate) enum Cause {
    /// The service returned an error.
    ErrorResponse,
    Write(WriteError),
    Read(ReadError),
    Transport(TransportError),
    Endpoint(EndpointError),
    Auth(AuthError),
    Hook(HookError),
    Timeout {
        /// `attempt` or `call`.
        what: &'static str,
        limit: Duration,
        /// True if the service may have received the request.
        may_have_been_sent: bool,
    },
}

/// The error of a hook. `Debug` shows only its `Display` text: other fields of the user's type may be secret.
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
        may_have_been_sent: bool,
    ) -> Box<Self> {
        Self::new(operation, ErrorKind::Timeout, Cause::Timeout { what, limit, may_have_been_sent })
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

    /// Returns true if the transport reported a timeout, also one of connecting.
    pub(crate) fn is_transport_timeout(&self) -> bool {
        matches!(&self.cause, Cause::Transport(error) if error.kind() == TransportErrorKind::Timeout)
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
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation.name())?;
        self.fmt_cause(&mut LineWriter::new(f))?;
        self.fmt_details(f)
    }
}

impl Failure {
    fn fmt_cause(&self, line: &mut dyn Write) -> fmt::Result {
        match &self.cause {
            Cause::Write(error) => write!(line, "could not serialize the request: {error}"),
            Cause::Transport(error) if self.kind != ErrorKind::Service => write!(line, "{error}"),
            Cause::Timeout { what, limit, .. } => write!(line, "{what} timed out after {limit:?}"),
            Cause::Endpoint(error) => write!(line, "could not resolve the endpoint: {error}"),
            // The request may be unsigned.
            Cause::Auth(error @ AuthError::PlainHttp(_)) => write!(line, "{error}"),
            Cause::Auth(error) => write!(line, "could not sign the request: {error}"),
            Cause::Hook(HookError(error)) => write!(line, "hook failed: {error}"),
            Cause::Read(error) if self.kind == ErrorKind::Response => {
                write!(line, "could not deserialize the response: {error}")
            }
            Cause::Transport(_) | Cause::Read(_) | Cause::ErrorResponse => self.fmt_response(line),
        }
    }

    fn fmt_response(&self, line: &mut dyn Write) -> fmt::Result {
        let code = self.report.code.as_deref().unwrap_or("error without a code");
        write!(line, "{}", excerpt(code, MAX_CODE_LEN))?;
        match &self.report.message {
            Some(message) => write!(line, ": {message}"),
            None => Ok(()),
        }
    }

    /// Returns the error code for a log, without the end of a very long one.
    pub(crate) fn code_excerpt(&self) -> Option<&str> {
        self.report.code.as_deref().map(|code| excerpt(code, MAX_CODE_LEN))
    }

    /// Writes status, request id and attempts in parentheses, as far as they are known.
    fn fmt_details(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
            item(f, format_args!("request id {}", OneLine(excerpt(id, MAX_REQUEST_ID_LEN))))?;
        }
        if self.attempts > 1 {
            item(f, format_args!("{} attempts", self.attempts))?;
        }
        if separator == ", " { f.write_str(")") } else { Ok(()) }
    }
}

/// Returns the text up to a length in bytes.
fn excerpt(text: &str, max_len: usize) -> &str {
    let mut end = text.len().min(max_len);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
