//! A call of an operation, with settings for this call alone.

#[cfg(feature = "blocking")]
use super::Blocking;
use super::metadata::{Metadata, Response};
use super::overrides::Overrides;
use super::prepare::{CallOptions, prepare, resolve_endpoint};
use super::send::send;
use super::{Async, Handle, Mode, Retries};
use crate::auth::Identities;
#[cfg(feature = "sigv4")]
use crate::auth::ProvideCredentials;
#[cfg(feature = "blocking")]
use crate::block_on::block_on;
use crate::error::Error;
use crate::operation::{Operation, TypedResponse};
use crate::transport::{BoxFuture, MinThroughput};
use crate::types::Body;
use std::fmt;
use std::time::Duration;

/// A call of an operation. It is sent when it is awaited, or by `.send().await`; in a blocking client by `.send()`.
#[must_use = "a call is sent by `.await`, or by `.send()` in a blocking client"]
pub struct Call<O: Operation, M = Async> {
    handle: Handle<M>,
    input: O::Input,
    options: CallOptions,
}

/// A call that returns the output with its [`Metadata`].
#[must_use = "a call is sent by `.await`, or by `.send()` in a blocking client"]
pub struct CallWithMetadata<O: Operation, M = Async>(Call<O, M>);

impl<O: Operation, M> Call<O, M> {
    /// Creates a call with the client's settings.
    pub fn new(handle: &Handle<M>, input: O::Input) -> Self {
        let settings = handle.inner.settings.clone();
        Self {
            handle: handle.clone(),
            input,
            options: CallOptions { settings, headers: Vec::new(), overrides: None },
        }
    }

    /// Sets the timeout of this call, including retries and the delays between them.
    pub fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.options.settings.timeout = limit.into();
        self
    }

    /// Sets the timeout of each attempt of this call.
    pub fn attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.options.settings.attempt_timeout = limit.into();
        self
    }

    /// Sets the read timeout: how long the client waits for the next bytes of the response.
    pub fn read_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.options.settings.read_timeout = limit.into();
        self
    }

    /// Sets the minimum throughput of the upload and the download of this call.
    pub fn min_throughput(mut self, min: MinThroughput) -> Self {
        self.options.settings.min_throughput = min;
        self
    }

    /// Sets the maximum size of the response body of this call in bytes: see
    /// [`Builder::max_response_body`](super::Builder::max_response_body).
    pub fn max_response_body(mut self, bytes: usize) -> Self {
        self.options.settings.max_response_body = bytes;
        self
    }

    /// Sets the maximum size of the body of an error response in bytes: see
    /// [`Builder::max_error_body`](super::Builder::max_error_body).
    pub fn max_error_body(mut self, bytes: usize) -> Self {
        self.options.settings.max_error_body = bytes;
        self
    }

    /// Sets the memory in bytes that the values in the response may take in any case: see
    /// [`Builder::max_parsed_memory`](super::Builder::max_parsed_memory).
    pub fn max_parsed_memory(mut self, bytes: usize) -> Self {
        self.options.settings.max_parsed_memory = bytes;
        self
    }

    /// Sets the retry behaviour of this call. A number is the maximum number of retries; see [`Retries`].
    pub fn retries(mut self, retries: impl Into<Retries>) -> Self {
        self.options.settings.retries = retries.into().or(self.options.settings.retries);
        self
    }

    /// Sets whether this request may safely be processed more than once. The default follows from the model:
    /// see [`retries`](crate::guide::retries).
    ///
    /// With `true`, the call is also retried if the request was sent and its response is lost, as requests of
    /// idempotent operations are. With `false`, it is retried only if the service certainly did not process
    /// the request: no connection was made, or the service throttled it.
    pub fn repeatable(mut self, repeatable: bool) -> Self {
        self.options.settings.repeatable = Some(repeatable);
        self
    }

    /// Sets the region of this call, for its endpoint and its signature.
    ///
    /// The endpoint of a call with a region or an endpoint URL of its own is resolved each time: a client for each
    /// region is faster.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.overrides().region = Some(region.into());
        self
    }

    /// Sets the endpoint of this call, an `http` or `https` URL, as
    /// [`Builder::endpoint_url`](super::Builder::endpoint_url) does.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.overrides().endpoint_url = Some(url.into());
        self
    }

    /// Sets the AWS credentials of this call, or their provider.
    ///
    /// They are not cached for other calls: to share a provider's credentials, pass clones of one
    /// [`Identities`] to [`identities`](Self::identities).
    #[cfg(feature = "sigv4")]
    pub fn credentials(self, provider: impl ProvideCredentials) -> Self {
        self.identities(Identities::new().credentials(provider))
    }

    /// Sets identities of this call: AWS credentials, a token, an API key, or a user name and password. Those that are
    /// unset remain the client's.
    pub fn identities(mut self, identities: Identities) -> Self {
        let overrides = self.overrides();
        overrides.identities = identities.or(std::mem::take(&mut overrides.identities));
        self
    }

    /// Sets the auth schemes to use first in this call, by name; see [`Identities::prefer_schemes`].
    pub fn auth_scheme_preference(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let overrides = self.overrides();
        overrides.identities = std::mem::take(&mut overrides.identities).prefer_schemes(names);
        self
    }

    /// Sets the auth scheme of this call: the name of its trait without the namespace, such as `sigv4`, or `noAuth` to
    /// send the request without authentication.
    ///
    /// The service must have the scheme; the model need not list it for the operation. So a confidential client signs
    /// `CreateOAuth2Token` of AWS Sign-In, which is unauthenticated by the model, with `.auth_scheme("sigv4")`. The
    /// call fails with an [`ErrorKind::Auth`](crate::ErrorKind::Auth) if there is no identity for the scheme.
    pub fn auth_scheme(mut self, name: impl Into<String>) -> Self {
        self.overrides().auth_scheme = Some(name.into());
        self
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
        let endpoint = resolve_endpoint(&self.handle.inner, O::SCHEMA, &self.input, self.options.overrides);
        endpoint.map_err(|failure| Error::new(failure, None))
    }

    fn overrides(&mut self) -> &mut Overrides {
        self.options.overrides.get_or_insert_default()
    }

    /// Sets a header of this call's request, replacing any header of that name.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.headers.push((name.into(), value.into()));
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
        let prepared = prepare(self.handle.inner, O::SCHEMA, &input, self.options);
        let prepared = prepared.map_err(|failure| Error::new(failure, None))?;
        prepared.presign(&mut input, expires_in).await.map_err(|failure| Error::new(failure, None))
    }

    /// Executes the call and converts its result with `finish`. The future is boxed here: its parts are moved
    /// once.
    fn run<T: Send + 'static>(
        self,
        finish: fn(O::Output, Metadata) -> T,
    ) -> BoxFuture<'static, Result<T, Error<O::Error>>> {
        let Self { handle, mut input, options } = self;
        let mut prepared = match prepare(handle.inner, O::SCHEMA, &input, options) {
            Ok(prepared) => prepared,
            Err(failure) => return Box::pin(std::future::ready(Err(Error::new(failure, None)))),
        };
        let timer = M::timer();
        Box::pin(async move {
            let mut response = TypedResponse::<O>::default();
            match send(&mut prepared, &mut input, timer, &mut response).await {
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
    /// Sends the request, like awaiting the call itself.
    ///
    /// # Errors
    /// Returns an error if the service returns one, the request cannot be sent, or the response is invalid.
    pub fn send(self) -> <Self as IntoFuture>::IntoFuture {
        self.run(output)
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
impl<O: Operation> CallWithMetadata<O> {
    /// Sends the request, like awaiting the call itself.
    ///
    /// # Errors
    /// As [`Call::send`].
    pub fn send(self) -> <Self as IntoFuture>::IntoFuture {
        self.0.run(response)
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
