//! A call as a whole, for hooks.

use crate::boxed::BoxFuture;
use crate::client::metadata::Metadata;
use crate::error::{ErrorKind, Failure, request_id};
use crate::service::OperationSchema;
use http::StatusCode;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A call that a hook wraps. See [`Hook::around_call`](super::Hook::around_call).
#[derive(Clone, Copy)]
pub struct CallInfo(pub(in crate::client) &'static OperationSchema);

impl CallInfo {
    /// Returns the name of the operation.
    pub fn operation(&self) -> &'static str {
        self.0.name()
    }

    /// Returns the name of the service.
    pub fn service(&self) -> &'static str {
        self.0.service.name()
    }
}

impl fmt::Debug for CallInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallInfo")
            .field("service", &self.service())
            .field("operation", &self.operation())
            .finish()
    }
}

/// The rest of a call, a future that makes its attempts. It is dropped if the call is cancelled.
#[must_use = "the call is executed by `.await`"]
pub struct RunCall<'a>(pub(in crate::client) BoxFuture<'a, CallOutcome>);

impl Future for RunCall<'_> {
    type Output = CallOutcome;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<CallOutcome> {
        self.0.as_mut().poll(context)
    }
}

impl fmt::Debug for RunCall<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunCall").finish_non_exhaustive()
    }
}

/// The outcome of a call, after its last attempt.
#[must_use = "a hook returns the outcome to the caller"]
pub struct CallOutcome(pub(in crate::client) Result<Metadata, Box<Failure>>);

impl CallOutcome {
    /// Returns true if the call succeeded.
    pub fn is_success(&self) -> bool {
        self.0.is_ok()
    }

    /// Returns the stage at which the call failed; `None` if it succeeded.
    pub fn kind(&self) -> Option<ErrorKind> {
        self.failure().map(|failure| failure.kind)
    }

    /// Returns the error code of the service, if it returned an error.
    pub fn code(&self) -> Option<&str> {
        self.failure()?.report.code.as_deref()
    }

    /// Returns the HTTP status, if a response was received.
    pub fn status(&self) -> Option<StatusCode> {
        match &self.0 {
            Ok(metadata) => Some(metadata.status()),
            Err(failure) => Some(failure.response.as_ref()?.status()),
        }
    }

    /// Returns the request id, if the service sent one.
    pub fn request_id(&self) -> Option<&str> {
        match &self.0 {
            Ok(metadata) => metadata.request_id(),
            Err(failure) => request_id(failure.response.as_ref()?.headers()),
        }
    }

    /// Returns the number of attempts, including the first.
    pub fn attempts(&self) -> u32 {
        match &self.0 {
            Ok(metadata) => metadata.attempts(),
            Err(failure) => failure.attempts,
        }
    }

    fn failure(&self) -> Option<&Failure> {
        self.0.as_ref().err().map(|failure| &**failure)
    }
}

/// Shows the text of an error, not its response.
impl fmt::Debug for CallOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Ok(metadata) => metadata.fmt(f),
            Err(failure) => write!(f, "{:?}", failure.to_string()),
        }
    }
}
