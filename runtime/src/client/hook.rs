//! User code that runs before each attempt and after each response.

use super::clock::SignedAt;
use crate::service::OperationSchema;
use crate::transport::{BoxError, BoxFuture};
use crate::types::Body;
use bytes::Bytes;
use http::{HeaderMap, Method, Uri};
use std::fmt;

/// Code that runs before each attempt and after each response.
///
/// ```
/// use farrier_runtime::client::{Attempt, Hook};
/// use farrier_runtime::transport::BoxError;
///
/// /// Adds a tenant header to each attempt.
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
    /// Called before each attempt, after the endpoint is resolved and before the request is signed: the
    /// signature covers the headers set here. An error fails the call without a retry.
    fn before_attempt(&self, attempt: &mut Attempt) -> impl Future<Output = Result<(), BoxError>> + Send {
        let _ = attempt;
        async { Ok(()) }
    }

    /// Called after each response, whatever its status, before it is deserialized. An error fails the call
    /// without a retry.
    fn after_response(
        &self,
        response: &AttemptResponse,
    ) -> impl Future<Output = Result<(), BoxError>> + Send {
        let _ = response;
        async { Ok(()) }
    }
}

/// An attempt that is about to be sent. `Debug` omits URI, headers and body.
pub struct Attempt {
    pub(super) operation: &'static OperationSchema,
    pub(super) number: u32,
    pub(super) request: http::Request<Body>,
    /// The time of the signature, if the request is signed.
    pub(super) signed_at: Option<SignedAt>,
}

impl Attempt {
    /// Returns the name of the operation.
    pub fn operation(&self) -> &'static str {
        self.operation.name()
    }

    /// Returns the number of the attempt within its call, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// Returns the URI of the request.
    pub fn uri(&self) -> &Uri {
        self.request.uri()
    }

    /// Returns the request headers, before signing.
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// Returns the request headers for modification. Changes apply to this attempt only.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.request.headers_mut()
    }

    /// Returns the request body.
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

/// The response to an attempt. `Debug` omits headers and body.
pub struct AttemptResponse {
    pub(super) operation: &'static OperationSchema,
    pub(super) number: u32,
    pub(super) response: http::Response<Bytes>,
}

impl AttemptResponse {
    /// Returns the name of the operation.
    pub fn operation(&self) -> &'static str {
        self.operation.name()
    }

    /// Returns the number of the attempt within its call, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the HTTP status.
    pub fn status(&self) -> http::StatusCode {
        self.response.status()
    }

    /// Returns the response headers.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// Returns the response body, or the part received before the connection was closed. Empty for a streamed
    /// output, whose body is not read yet.
    pub fn body(&self) -> &Bytes {
        self.response.body()
    }
}

impl fmt::Debug for AttemptResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptResponse")
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
