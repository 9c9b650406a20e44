//! The outcome of an attempt.

use crate::error::{ErrorKind, Failure, request_id};
use crate::operation::{CallInput, Operation, OperationError};
use crate::service::OperationSchema;
use http::{HeaderMap, StatusCode};
use std::any::Any;
use std::fmt;

/// The decision of a hook after an attempt that failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryDecision {
    /// The client decides, by its settings and the failure.
    #[default]
    Default,
    /// The request is built, signed and retried at once, even if its operation is not idempotent. Only for failures
    /// after which the service certainly did not process the request, such as a
    /// [nonce challenge](https://www.rfc-editor.org/rfc/rfc9449#section-8).
    ///
    /// Hooks can repeat the request of a call 3 times, beyond the maximum number of attempts. Without effect if the
    /// body is a stream, which can be sent only once, and after a success.
    Retry,
}

/// The outcome of an attempt. `Debug` omits headers, message and values.
pub struct AttemptOutcome<'a> {
    pub(in crate::client) operation: &'static OperationSchema,
    pub(in crate::client) number: u32,
    pub(in crate::client) input: &'a dyn CallInput,
    pub(in crate::client) result: &'a Result<http::Response<()>, Box<Failure>>,
    /// The declared error, to be downcast to its type.
    pub(in crate::client) error: Option<&'a (dyn Any + Send + Sync)>,
}

impl AttemptOutcome<'_> {
    /// Returns the name of the operation.
    pub fn operation(&self) -> &'static str {
        self.operation.name()
    }

    /// Returns the number of the attempt within its call, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the input, if `O` is the operation of the call.
    pub fn input<O: Operation>(&self) -> Option<&O::Input> {
        self.input.as_any().downcast_ref()
    }

    /// Returns true if the attempt succeeded. The body of a streamed output is not read yet.
    pub fn is_success(&self) -> bool {
        self.result.is_ok()
    }

    /// Returns the stage at which the attempt failed; `None` if it succeeded.
    pub fn kind(&self) -> Option<ErrorKind> {
        self.failure().map(|failure| failure.kind)
    }

    /// Returns the error if the operation declares it in its model, and `E` is the enum of that operation's errors.
    pub fn service_error<E: OperationError + 'static>(&self) -> Option<&E> {
        self.error.filter(|_| self.kind() == Some(ErrorKind::Service))?.downcast_ref()
    }

    /// Returns the error code of the service, even if the model does not declare it.
    pub fn code(&self) -> Option<&str> {
        self.failure()?.report.code.as_deref()
    }

    /// Returns the error message of the service. `None` if the model marks it as sensitive.
    pub fn message(&self) -> Option<&str> {
        self.failure()?.report.message.as_deref()
    }

    /// Returns the HTTP status, if a response was received.
    pub fn status(&self) -> Option<StatusCode> {
        match self.result {
            Ok(head) => Some(head.status()),
            Err(failure) => Some(failure.response.as_ref()?.status()),
        }
    }

    /// Returns the response headers, if a response was received.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self.result {
            Ok(head) => Some(head.headers()),
            Err(failure) => Some(failure.response.as_ref()?.headers()),
        }
    }

    /// Returns the request id, if the service sent one.
    pub fn request_id(&self) -> Option<&str> {
        self.headers().and_then(request_id)
    }

    fn failure(&self) -> Option<&Failure> {
        self.result.as_ref().err().map(|failure| &**failure)
    }
}

impl fmt::Debug for AttemptOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptOutcome")
            .field("operation", &self.operation())
            .field("number", &self.number)
            .field("kind", &self.kind())
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}
