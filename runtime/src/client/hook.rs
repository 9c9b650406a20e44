//! Code of the user around each attempt.

use crate::schema::OperationSchema;
use crate::transport::{BoxError, BoxFuture};
use crate::types::Body;
use bytes::Bytes;
use http::{HeaderMap, Method, Uri};
use std::fmt;

/// Code that runs around each attempt of each call.
///
/// ```
/// use farrier_runtime::client::{Attempt, Hook};
/// use farrier_runtime::transport::BoxError;
///
/// /// Tells a proxy which tenant pays.
/// struct Tenant(http::HeaderValue);
///
/// impl Hook for Tenant {
///     async fn before_attempt(&self, attempt: &mut Attempt) -> Result<(), BoxError> {
///         attempt.headers_mut().insert("x-tenant", self.0.clone());
///         Ok(())
///     }
/// }
/// ```
pub trait Hook: Send + Sync + 'static {
    /// Runs before each attempt, when its endpoint is known, and before it is signed, so that a signature
    /// covers the headers set here. An error ends the call.
    fn before_attempt(&self, attempt: &mut Attempt) -> impl Future<Output = Result<(), BoxError>> + Send {
        let _ = attempt;
        async { Ok(()) }
    }

    /// Runs when an answer has come, whatever its status, before it is read. An error ends the call.
    fn after_response(
        &self,
        response: &AttemptResponse,
    ) -> impl Future<Output = Result<(), BoxError>> + Send {
        let _ = response;
        async { Ok(()) }
    }
}

/// An attempt that is about to be sent. `Debug` shows no values.
pub struct Attempt {
    pub(super) operation: &'static OperationSchema,
    pub(super) number: u32,
    pub(super) request: http::Request<Body>,
}

impl Attempt {
    /// The operation's name.
    pub fn operation(&self) -> &'static str {
        self.operation.name()
    }

    /// Which attempt of its call it is, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The method.
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// The URI that is called.
    pub fn uri(&self) -> &Uri {
        self.request.uri()
    }

    /// The headers so far.
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// The headers, to be changed for this attempt alone.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.request.headers_mut()
    }

    /// The body.
    pub fn body(&self) -> &Body {
        self.request.body()
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("operation", &self.operation())
            .field("number", &self.number)
            .field("method", self.method())
            .finish_non_exhaustive()
    }
}

/// An attempt that was answered. `Debug` shows no values but the status.
pub struct AttemptResponse {
    pub(super) operation: &'static OperationSchema,
    pub(super) number: u32,
    pub(super) response: http::Response<Bytes>,
}

impl AttemptResponse {
    /// The operation's name.
    pub fn operation(&self) -> &'static str {
        self.operation.name()
    }

    /// Which attempt of its call it was, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The HTTP status.
    pub fn status(&self) -> http::StatusCode {
        self.response.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The body, or as much of it as came before the connection broke; empty where it is still on its way, as
    /// that of an output that is streamed.
    pub fn body(&self) -> &Bytes {
        self.response.body()
    }
}

impl fmt::Debug for AttemptResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answered")
            .field("operation", &self.operation())
            .field("number", &self.number)
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}

/// A [`Hook`] as a trait object.
pub(super) trait DynHook: Send + Sync {
    fn before_attempt<'a>(&'a self, attempt: &'a mut Attempt) -> BoxFuture<'a, Result<(), BoxError>>;
    fn after_response<'a>(&'a self, response: &'a AttemptResponse) -> BoxFuture<'a, Result<(), BoxError>>;
}

impl<H: Hook> DynHook for H {
    fn before_attempt<'a>(&'a self, attempt: &'a mut Attempt) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(Hook::before_attempt(self, attempt))
    }

    fn after_response<'a>(&'a self, response: &'a AttemptResponse) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(Hook::after_response(self, response))
    }
}
