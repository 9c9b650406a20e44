//! User code that runs around calls, before each attempt, and after each response and attempt.

mod outcome;
mod whole_call;

pub use outcome::{AttemptOutcome, RetryDecision};
pub use whole_call::{CallInfo, CallOutcome, RunCall};

use super::clock::SignedAt;
use crate::operation::{CallInput, Operation};
use crate::service::OperationSchema;
use crate::transport::{BoxError, BoxFuture};
use crate::types::Body;
use bytes::Bytes;
use http::{HeaderMap, Method, Uri};
use std::fmt;
use std::time::SystemTime;

/// Code that runs around each call, before each attempt, and after each response and each attempt. All methods have a
/// default that does nothing.
///
/// ```
/// use farrier_runtime::client::{Attempt, Hook};
/// use farrier_runtime::transport::BoxError;
///
/// /// Adds a tenant header to each attempt.
/// struct Tenant(http::HeaderValue);
///
/// impl Hook for Tenant {
///     async fn before_attempt(&self, attempt: &mut Attempt<'_>) -> Result<(), BoxError> {
///         attempt.headers_mut().insert("x-tenant", self.0.clone());
///         Ok(())
///     }
/// }
/// ```
pub trait Hook: Send + Sync + 'static {
    /// Called before each attempt, after the endpoint is resolved and before the request is signed: the
    /// signature covers the headers set here. An error fails the call without a retry.
    fn before_attempt(&self, attempt: &mut Attempt<'_>) -> impl Future<Output = Result<(), BoxError>> + Send {
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

    /// Called after each attempt, when its response is deserialized, or when the attempt failed otherwise. The hook may
    /// ask for another attempt, as after a [nonce challenge](https://www.rfc-editor.org/rfc/rfc9449#section-8). An
    /// error fails the call without a retry.
    fn after_attempt(
        &self,
        outcome: &AttemptOutcome<'_>,
    ) -> impl Future<Output = Result<RetryDecision, BoxError>> + Send {
        let _ = outcome;
        async { Ok(RetryDecision::Default) }
    }

    /// Wraps a call with all its attempts, for example to measure it. It must await `run` and return its outcome. The
    /// first hook of a client is the outermost. Not called if the endpoint or the auth scheme cannot be resolved.
    ///
    /// ```
    /// use farrier_runtime::client::{CallInfo, CallOutcome, Hook, RunCall};
    ///
    /// struct Timing;
    ///
    /// impl Hook for Timing {
    ///     async fn around_call(&self, call: &CallInfo, run: RunCall<'_>) -> CallOutcome {
    ///         let start = std::time::Instant::now();
    ///         let outcome = run.await;
    ///         println!("{}: {:?} after {} attempts", call.operation(), start.elapsed(), outcome.attempts());
    ///         outcome
    ///     }
    /// }
    /// ```
    fn around_call(&self, call: &CallInfo, run: RunCall<'_>) -> impl Future<Output = CallOutcome> + Send {
        let _ = call;
        run
    }
}

/// An attempt that is about to be sent. `Debug` omits URI, headers and body.
pub struct Attempt<'c> {
    pub(super) operation: &'static OperationSchema,
    pub(super) number: u32,
    pub(super) input: &'c dyn CallInput,
    pub(super) request: http::Request<Body>,
    /// Set if there are hooks.
    pub(super) service_time: Option<SystemTime>,
    /// The time of the signature, if the request is signed.
    pub(super) signed_at: Option<SignedAt>,
}

impl Attempt<'_> {
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

    /// Returns the current time of the service: the local time, corrected if the service rejected a signature for
    /// clock skew.
    pub fn service_time(&self) -> SystemTime {
        self.service_time.unwrap_or_else(SystemTime::now)
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

impl fmt::Debug for Attempt<'_> {
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
    fn before_attempt<'a>(&'a self, attempt: &'a mut Attempt<'_>) -> BoxFuture<'a, Result<(), BoxError>>;
    fn after_response<'a>(&'a self, response: &'a AttemptResponse) -> BoxFuture<'a, Result<(), BoxError>>;
    fn after_attempt<'a>(
        &'a self,
        outcome: &'a AttemptOutcome<'_>,
    ) -> BoxFuture<'a, Result<RetryDecision, BoxError>>;
    fn around_call<'a>(&'a self, call: &'a CallInfo, run: RunCall<'a>) -> BoxFuture<'a, CallOutcome>;
}

impl<H: Hook> DynHook for H {
    fn before_attempt<'a>(&'a self, attempt: &'a mut Attempt<'_>) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(Hook::before_attempt(self, attempt))
    }

    fn after_response<'a>(&'a self, response: &'a AttemptResponse) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(Hook::after_response(self, response))
    }

    fn after_attempt<'a>(
        &'a self,
        outcome: &'a AttemptOutcome<'_>,
    ) -> BoxFuture<'a, Result<RetryDecision, BoxError>> {
        Box::pin(Hook::after_attempt(self, outcome))
    }

    fn around_call<'a>(&'a self, call: &'a CallInfo, run: RunCall<'a>) -> BoxFuture<'a, CallOutcome> {
        Box::pin(Hook::around_call(self, call, run))
    }
}
