//! A call of an operation, with settings for this call alone.

#[cfg(feature = "blocking")]
use super::Blocking;
use super::metadata::{Metadata, Response};
use super::overrides::Overrides;
use super::prepare::{CallOptions, prepare, resolve_endpoint};
use super::send::send;
use super::settings::Settings;
use super::{Async, Handle, Mode, Retries};
use crate::auth::Identities;
#[cfg(not(feature = "sigv4"))]
use crate::auth::NeedsFeatureSigV4;
#[cfg(feature = "sigv4")]
use crate::auth::ProvideCredentials;
#[cfg(feature = "blocking")]
use crate::block_on::block_on;
use crate::endpoint::EndpointError;
use crate::error::{Error, Failure};
use crate::operation::{Operation, TypedResponse};
use crate::service::supports;
use crate::transport::{BoxFuture, MinThroughput};
use crate::types::Body;
use std::fmt;
#[cfg(feature = "async")]
use std::pin::Pin;
#[cfg(feature = "async")]
use std::task::{Context, Poll};
use std::time::Duration;

/// A call of an operation. It is sent when it is awaited, or by `.send().await`; in a blocking client by `.send()`.
///
/// A call that has been polled ignores further settings.
#[must_use = "a call is sent by `.await`, or by `.send()` in a blocking client"]
pub struct Call<O: Operation, M = Async> {
    /// `None` once the call is polled.
    unsent: Option<Unsent<O, M>>,
    #[cfg_attr(not(feature = "async"), allow(dead_code, reason = "only async calls are polled"))]
    running: Option<Running<O, O::Output>>,
}

/// A call that returns the output with its [`Metadata`].
#[must_use = "a call is sent by `.await`, or by `.send()` in a blocking client"]
pub struct CallWithMetadata<O: Operation, M = Async> {
    call: Call<O, M>,
    #[cfg_attr(not(feature = "async"), allow(dead_code, reason = "only async calls are polled"))]
    running: Option<Running<O, Response<O::Output>>>,
}

// The input is moved, never pinned.
impl<O: Operation, M> Unpin for Call<O, M> {}

impl<O: Operation, M> Unpin for CallWithMetadata<O, M> {}

/// A call before it is sent.
struct Unsent<O: Operation, M> {
    handle: Handle<M>,
    input: O::Input,
    options: CallOptions,
}

/// A call that is being sent and has an output of type `T`.
type Running<O, T> = BoxFuture<'static, Result<T, Error<<O as Operation>::Error>>>;

impl<O: Operation, M> Call<O, M> {
    /// Creates a call with the client's settings.
    pub fn new(handle: &Handle<M>, input: O::Input) -> Self {
        let unsent = Unsent { handle: handle.clone(), input, options: CallOptions::default() };
        Self { unsent: Some(unsent), running: None }
    }

    /// Changes the call, unless it has been polled.
    fn change(mut self, change: impl FnOnce(&mut Unsent<O, M>)) -> Self {
        if let Some(unsent) = &mut self.unsent {
            change(unsent);
        }
        self
    }

    fn set(self, change: impl FnOnce(&mut Settings)) -> Self {
        self.change(|Unsent { handle, options, .. }| {
            change(options.settings.get_or_insert_with(|| Box::new(handle.inner.settings.clone())));
        })
    }

    fn set_override(self, change: impl FnOnce(&mut Overrides)) -> Self {
        self.change(|unsent| change(unsent.options.overrides.get_or_insert_default()))
    }

    /// Sets the timeout of this call, including retries and the delays between them.
    pub fn timeout(self, limit: impl Into<Option<Duration>>) -> Self {
        self.set(|settings| settings.timeout = limit.into())
    }

    /// Sets the timeout of each attempt of this call.
    pub fn attempt_timeout(self, limit: impl Into<Option<Duration>>) -> Self {
        self.set(|settings| settings.attempt_timeout = limit.into())
    }

    /// Sets the read timeout: how long the client waits for the next bytes of the response.
    pub fn read_timeout(self, limit: impl Into<Option<Duration>>) -> Self {
        self.set(|settings| settings.read_timeout = limit.into())
    }

    /// Sets the minimum throughput of the upload and the download of this call.
    pub fn min_throughput(self, min: MinThroughput) -> Self {
        self.set(|settings| settings.min_throughput = min)
    }

    /// Sets the maximum size of the response body of this call in bytes: see
    /// [`Builder::max_response_body`](super::Builder::max_response_body).
    pub fn max_response_body(self, bytes: usize) -> Self {
        self.set(|settings| settings.max_response_body = bytes)
    }

    /// Sets the maximum size of the body of an error response in bytes: see
    /// [`Builder::max_error_body`](super::Builder::max_error_body).
    pub fn max_error_body(self, bytes: usize) -> Self {
        self.set(|settings| settings.max_error_body = bytes)
    }

    /// Sets the memory in bytes that the values in the response may take in any case: see
    /// [`Builder::max_parsed_memory`](super::Builder::max_parsed_memory).
    pub fn max_parsed_memory(self, bytes: usize) -> Self {
        self.set(|settings| settings.max_parsed_memory = bytes)
    }

    /// Sets the retry behaviour of this call. A number is the maximum number of retries; see [`Retries`].
    pub fn retries(self, retries: impl Into<Retries>) -> Self {
        self.set(|settings| settings.retries = retries.into().or(settings.retries))
    }

    /// Sets whether this request may safely be processed more than once. The default follows from the model:
    /// see [`retries`](crate::guide::retries).
    ///
    /// With `true`, the call is also retried if the request was sent and its response is lost, as requests of
    /// idempotent operations are. With `false`, it is retried only if the service certainly did not process
    /// the request: no connection was made, or the service throttled it.
    pub fn repeatable(self, repeatable: bool) -> Self {
        self.set(|settings| settings.repeatable = Some(repeatable))
    }

    /// Sets the endpoint of this call, an `http` or `https` URL, as
    /// [`Builder::endpoint_url`](super::Builder::endpoint_url) does.
    pub fn endpoint_url(self, url: impl Into<String>) -> Self {
        self.set_override(|overrides| overrides.endpoint_url = Some(url.into()))
    }

    /// Sets identities of this call: AWS credentials, a token, an API key, or a user name and password. Those that are
    /// unset remain the client's.
    pub fn identities(self, identities: Identities) -> Self {
        self.set_override(|overrides| {
            overrides.identities = identities.or(std::mem::take(&mut overrides.identities));
        })
    }

    /// Sets the auth schemes to use first in this call, by name; see [`Identities::prefer_schemes`].
    pub fn auth_scheme_preference(self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.set_override(|overrides| {
            overrides.identities = std::mem::take(&mut overrides.identities).prefer_schemes(names);
        })
    }

    /// Sets the auth scheme of this call: the name of its trait without the namespace, such as `sigv4`, or `noAuth` to
    /// send the request without authentication.
    ///
    /// The service must have the scheme; the model need not list it for the operation. So a confidential client signs
    /// `CreateOAuth2Token` of AWS Sign-In, which is unauthenticated by the model, with `.auth_scheme("sigv4")`. The
    /// call fails with an [`ErrorKind::Auth`](crate::ErrorKind::Auth) if there is no identity for the scheme.
    pub fn auth_scheme(self, name: impl Into<String>) -> Self {
        self.set_override(|overrides| overrides.auth_scheme = Some(name.into()))
    }

    /// Returns the endpoint that the request would be sent to, without sending it: scheme, host with the operation's
    /// host prefix, port, and the path that precedes the operation's.
    ///
    /// A [discovered endpoint](https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery) is not requested: the
    /// result is the endpoint without discovery.
    ///
    /// # Errors
    /// Returns an error if the endpoint cannot be resolved.
    pub fn endpoint(self) -> Result<http::Uri, Error<O::Error>> {
        let Unsent { handle, input, options } = self.into_unsent()?;
        let endpoint = resolve_endpoint(&handle.inner, O::SCHEMA, &input, options.overrides);
        endpoint.map_err(|failure| Error::new(failure, None))
    }

    /// Sets a header of this call's request, replacing any header of that name.
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.change(|unsent| unsent.options.headers.push((name.into(), value.into())))
    }

    /// Returns the output together with status, headers, request id and number of attempts.
    pub fn with_metadata(self) -> CallWithMetadata<O, M> {
        CallWithMetadata { call: self, running: None }
    }
}

/// Settings of services with AWS regions and signatures.
impl<O: Operation<Service: supports::Aws>, M> Call<O, M> {
    /// Sets the region of this call, for its endpoint and its signature.
    ///
    /// The endpoint of a call with a region or an endpoint URL of its own is resolved each time: a client for each
    /// region is faster.
    pub fn region(self, region: impl Into<String>) -> Self {
        self.set_override(|overrides| overrides.region = Some(region.into()))
    }
}

/// Settings of services with the auth scheme `sigv4`.
impl<O: Operation<Service: supports::SigV4>, M> Call<O, M> {
    /// Sets the AWS credentials of this call, or their provider.
    ///
    /// They are not cached for other calls: to share a provider's credentials, pass clones of one
    /// [`Identities`] to [`identities`](Self::identities).
    #[cfg(feature = "sigv4")]
    pub fn credentials(self, provider: impl ProvideCredentials) -> Self {
        self.identities(Identities::new().credentials(provider))
    }

    /// Explains that the feature `sigv4` is not enabled.
    #[cfg(not(feature = "sigv4"))]
    #[doc(hidden)]
    pub fn credentials(self, _: impl NeedsFeatureSigV4) -> Self {
        self
    }
}

impl<O: Operation, M> Call<O, M> {
    /// # Errors
    /// Returns an error if the call has been polled.
    fn into_unsent(self) -> Result<Unsent<O, M>, Error<O::Error>> {
        self.unsent.ok_or_else(Self::already_sent)
    }

    fn already_sent() -> Error<O::Error> {
        let error = EndpointError::InvalidSetting("the call has already been sent".to_owned());
        Error::new(Failure::endpoint(O::SCHEMA, error), None)
    }
}

#[cfg_attr(
    not(any(feature = "async", feature = "blocking")),
    expect(dead_code, reason = "called by both modes only")
)]
impl<O: Operation, M: Mode> Call<O, M> {
    async fn presign(self, expires_in: Duration) -> Result<http::Request<Body>, Error<O::Error>> {
        let Unsent { handle, mut input, options } = self.into_unsent()?;
        let prepared = prepare(handle.inner, O::SCHEMA, &input, options);
        let prepared = prepared.map_err(|failure| Error::new(failure, None))?;
        prepared.presign(&mut input, expires_in).await.map_err(|failure| Error::new(failure, None))
    }

    /// Executes the call and converts its result with `finish`. The future is boxed here: its parts are moved
    /// once.
    fn run<T: Send + 'static>(self, finish: fn(O::Output, Metadata) -> T) -> Running<O, T> {
        let (unsent, timer) = (self.unsent, M::timer());
        Box::pin(async move {
            let mut unsent = unsent.ok_or_else(Self::already_sent)?;
            let mut prepared = prepare(unsent.handle.inner, O::SCHEMA, &unsent.input, unsent.options)
                .map_err(|failure| Error::new(failure, None))?;
            let mut response = TypedResponse::<O>::default();
            match send(&mut prepared, &mut unsent.input, timer, &mut response).await {
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
    /// Returns the call. Awaiting it sends the request.
    ///
    /// # Errors
    /// Its output is an error if the service returns one, the request cannot be sent, or the response is invalid.
    pub fn send(self) -> Self {
        self
    }
}

/// Sends the request.
#[cfg(feature = "async")]
impl<O: Operation> Future for Call<O> {
    type Output = Result<O::Output, Error<O::Error>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { unsent, running } = &mut *self;
        let unsent = unsent.take();
        running.get_or_insert_with(|| Self { unsent, running: None }.run(output)).as_mut().poll(context)
    }
}

#[cfg(feature = "async")]
impl<O: Operation<Service: supports::SigV4>> Call<O> {
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
impl<O: Operation> CallWithMetadata<O> {
    /// Returns the call. Awaiting it sends the request.
    ///
    /// # Errors
    /// As [`Call::send`].
    pub fn send(self) -> Self {
        self
    }
}

/// Sends the request.
#[cfg(feature = "async")]
impl<O: Operation> Future for CallWithMetadata<O> {
    type Output = Result<Response<O::Output>, Error<O::Error>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { call, running } = &mut *self;
        let unsent = call.unsent.take();
        let call = || Call { unsent, running: None };
        running.get_or_insert_with(|| call().run(response)).as_mut().poll(context)
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
}

#[cfg(feature = "blocking")]
impl<O: Operation<Service: supports::SigV4>> Call<O, Blocking> {
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
        block_on(self.call.run(response))
    }
}

impl<O: Operation, M> fmt::Debug for Call<O, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &O::SCHEMA.name()).finish_non_exhaustive()
    }
}

impl<O: Operation, M> fmt::Debug for CallWithMetadata<O, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}
