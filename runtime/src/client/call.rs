//! A call of an operation, with settings for this call alone.

#[cfg(feature = "blocking")]
use super::Blocking;
use super::discovery;
use super::metadata::{Metadata, Response};
use super::prepare::prepare;
use super::settings::Settings;
use super::{Async, Handle, Mode, Retries};
#[cfg(feature = "blocking")]
use crate::block_on::block_on;
use crate::error::Error;
use crate::operation::{Operation, TypedResponse};
use crate::transport::{BoxFuture, MinThroughput};
use crate::types::Body;
use std::fmt;
use std::time::Duration;

/// A call of an operation. It is sent when it is awaited or, in a blocking client, by `send`.
#[must_use = "a call is sent when it is awaited, or by `.send()` in a blocking client"]
pub struct Call<O: Operation, M = Async> {
    handle: Handle<M>,
    input: O::Input,
    settings: Settings,
    headers: Vec<(String, String)>,
}

/// A call that returns the output with its [`Metadata`].
#[must_use = "a call is sent when it is awaited, or by `.send()` in a blocking client"]
pub struct CallWithMetadata<O: Operation, M = Async>(Call<O, M>);

impl<O: Operation, M> Call<O, M> {
    /// Creates a call with the client's settings.
    pub fn new(handle: &Handle<M>, input: O::Input) -> Self {
        let settings = handle.inner.settings.clone();
        Self { handle: handle.clone(), input, settings, headers: Vec::new() }
    }

    /// Sets the timeout of this call, including retries and the delays between them.
    pub fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.timeout = limit.into();
        self
    }

    /// Sets the timeout of each attempt of this call.
    pub fn attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.attempt_timeout = limit.into();
        self
    }

    /// Sets the read timeout: how long the client waits for the next bytes of the response.
    pub fn read_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.read_timeout = limit.into();
        self
    }

    /// Sets the minimum throughput of the upload and the download of this call.
    pub fn min_throughput(mut self, min: MinThroughput) -> Self {
        self.settings.min_throughput = min;
        self
    }

    /// Sets the maximum size of the response body of this call in bytes: see
    /// [`Builder::max_response_body`](super::Builder::max_response_body).
    pub fn max_response_body(mut self, bytes: usize) -> Self {
        self.settings.max_response_body = bytes;
        self
    }

    /// Sets the maximum size of the body of an error response in bytes: see
    /// [`Builder::max_error_body`](super::Builder::max_error_body).
    pub fn max_error_body(mut self, bytes: usize) -> Self {
        self.settings.max_error_body = bytes;
        self
    }

    /// Sets the memory in bytes that the values in the response may take in any case: see
    /// [`Builder::max_parsed_memory`](super::Builder::max_parsed_memory).
    pub fn max_parsed_memory(mut self, bytes: usize) -> Self {
        self.settings.max_parsed_memory = bytes;
        self
    }

    /// Sets the retry behaviour of this call. A number is the maximum number of retries; see [`Retries`].
    pub fn retries(mut self, retries: impl Into<Retries>) -> Self {
        self.settings.retries = retries.into().or(self.settings.retries);
        self
    }

    /// Sets whether this request may safely be processed more than once. The default follows from the model:
    /// see [`retries`](crate::guide::retries).
    ///
    /// With `true`, the call is also retried if the request was sent and its response is lost, as requests of
    /// idempotent operations are. With `false`, it is retried only if the service certainly did not process
    /// the request: no connection was made, or the service throttled it.
    pub fn repeatable(mut self, repeatable: bool) -> Self {
        self.settings.repeatable = Some(repeatable);
        self
    }

    /// Sets a header of this call's request, replacing any header of that name.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Returns the output together with status, headers, request id and number of attempts.
    pub fn with_metadata(self) -> CallWithMetadata<O, M> {
        CallWithMetadata(self)
    }
}

impl<O: Operation, M: Mode> Call<O, M> {
    #[cfg_attr(
        not(any(feature = "async", feature = "blocking")),
        expect(dead_code, reason = "called by both modes only")
    )]
    async fn presign(self, expires_in: Duration) -> Result<http::Request<Body>, Error<O::Error>> {
        let mut input = self.input;
        let prepared = prepare(self.handle.inner, O::SCHEMA, &input, self.headers, self.settings);
        let prepared = prepared.map_err(|failure| Error::new(failure, None))?;
        prepared.presign(&mut input, expires_in).await.map_err(|failure| Error::new(failure, None))
    }

    /// Executes the call and converts its result with `finish`. The future is boxed here: its parts are moved
    /// once.
    fn run<T: Send + 'static>(
        self,
        finish: fn(O::Output, Metadata) -> T,
    ) -> BoxFuture<'static, Result<T, Error<O::Error>>> {
        let Self { handle, mut input, settings, headers } = self;
        let mut prepared = match prepare(handle.inner, O::SCHEMA, &input, headers, settings) {
            Ok(prepared) => prepared,
            Err(failure) => return Box::pin(std::future::ready(Err(Error::new(failure, None)))),
        };
        let timer = M::timer();
        Box::pin(async move {
            let mut response = TypedResponse::<O>::default();
            match discovery::send(&mut prepared, &mut input, timer, &mut response).await {
                Ok(metadata) => Ok(finish(response.output, metadata)),
                Err(failure) => Err(Error::new(failure, response.error)),
            }
        })
    }
}

fn output<T>(output: T, _: Metadata) -> T {
    output
}

fn response<T>(output: T, metadata: Metadata) -> Response<T> {
    Response { output, metadata }
}

#[cfg(feature = "async")]
impl<O: Operation> Call<O> {
    /// Returns the request, unsent, with an
    /// [AWS signature](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4-trait) in its URL.
    ///
    /// The signature is valid for `expires_in`, 1 second to 7 days, and no longer than the credentials. Until
    /// then the request can be sent any number of times by any HTTP client, with the headers it has.
    ///
    /// # Errors
    /// Returns an [`ErrorKind::Auth`](crate::ErrorKind::Auth) if the operation does not use AWS signatures,
    /// no credentials are configured, or `expires_in` is out of range.
    pub async fn presigned(self, expires_in: Duration) -> Result<http::Request<Body>, Error<O::Error>> {
        self.presign(expires_in).await
    }
}

#[cfg(feature = "async")]
impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<O::Output, Error<O::Error>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.run(output)
    }
}

#[cfg(feature = "async")]
impl<O: Operation> IntoFuture for CallWithMetadata<O> {
    type Output = Result<Response<O::Output>, Error<O::Error>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.0.run(response)
    }
}

#[cfg(feature = "blocking")]
impl<O: Operation> Call<O, Blocking> {
    /// Sends the request and blocks until the response is received.
    ///
    /// # Errors
    /// Returns an error if the service returns one, the request cannot be sent, or the response is invalid.
    pub fn send(self) -> Result<O::Output, Error<O::Error>> {
        block_on(self.run(output))
    }

    /// Returns the request, unsent, with an
    /// [AWS signature](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4-trait) in its URL.
    ///
    /// The signature is valid for `expires_in`, 1 second to 7 days, and no longer than the credentials. Until
    /// then the request can be sent any number of times by any HTTP client, with the headers it has.
    ///
    /// # Errors
    /// Returns an [`ErrorKind::Auth`](crate::ErrorKind::Auth) if the operation does not use AWS signatures,
    /// no credentials are configured, or `expires_in` is out of range.
    pub fn presigned(self, expires_in: Duration) -> Result<http::Request<Body>, Error<O::Error>> {
        block_on(self.presign(expires_in))
    }
}

#[cfg(feature = "blocking")]
impl<O: Operation> CallWithMetadata<O, Blocking> {
    /// Sends the request and blocks until the response is received.
    ///
    /// # Errors
    /// As [`Call::send`].
    pub fn send(self) -> Result<Response<O::Output>, Error<O::Error>> {
        block_on(self.0.run(response))
    }
}

impl<O: Operation, M> fmt::Debug for Call<O, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &O::SCHEMA.name()).finish_non_exhaustive()
    }
}

impl<O: Operation, M> fmt::Debug for CallWithMetadata<O, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
