//! One call of an operation: settings for it alone, then `.await`, or `.send()` where it blocks.

#[cfg(feature = "blocking")]
use super::Blocking;
use super::execute::execute;
use super::metadata::{Metadata, Response};
use super::prepare::prepare;
use super::settings::Settings;
use super::{Async, Handle, Mode, Retries};
#[cfg(feature = "blocking")]
use crate::block_on::block_on;
use crate::error::Error;
use crate::operation::{Operation, TypedResponse};
use crate::transport::BoxFuture;
use crate::types::Body;
use std::fmt;
use std::time::Duration;

/// A call that is sent when it is awaited, or, in a blocking client, when its `send` is called.
#[must_use = "a call is sent when it is awaited, or by `.send()` in a blocking client"]
pub struct Call<O: Operation, M = Async> {
    handle: Handle<M>,
    input: O::Input,
    settings: Settings,
    headers: Vec<(String, String)>,
}

/// A call whose answer comes with its [`Metadata`].
#[must_use = "a call is sent when it is awaited, or by `.send()` in a blocking client"]
pub struct CallWithMetadata<O: Operation, M = Async>(Call<O, M>);

impl<O: Operation, M> Call<O, M> {
    /// A call with the client's settings.
    pub fn new(handle: &Handle<M>, input: O::Input) -> Self {
        let settings = handle.inner.settings.clone();
        Self { handle: handle.clone(), input, settings, headers: Vec::new() }
    }

    /// How long this call may take, retries and waiting included.
    pub fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.timeout = limit.into();
        self
    }

    /// How long each attempt of this call may take.
    pub fn attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.attempt_timeout = limit.into();
        self
    }

    /// How long nothing at all may come of an answer.
    pub fn read_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.read_timeout = limit.into();
        self
    }

    /// How this call is tried again when it fails. A number is how many times; see [`Retries`].
    pub fn retries(mut self, retries: impl Into<Retries>) -> Self {
        self.settings.retries = retries.into().or(self.settings.retries);
        self
    }

    /// Whether sending this request twice does no harm. It is taken to do none, unless the model says that
    /// something in it is good for one use. With `false`, the call is tried again only if the request certainly
    /// was not carried out: no connection was made, or the service declined it with 429 or 503.
    pub fn repeatable(mut self, repeatable: bool) -> Self {
        self.settings.repeatable = Some(repeatable);
        self
    }

    /// Sets a header of this call's request, in place of one of that name.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Gives status, headers, request id and attempts with the output.
    pub fn with_metadata(self) -> CallWithMetadata<O, M> {
        CallWithMetadata(self)
    }
}

impl<O: Operation, M: Mode> Call<O, M> {
    #[cfg_attr(not(any(feature = "async", feature = "blocking")), expect(dead_code, reason = "no mode asks"))]
    async fn presign(self, expires_in: Duration) -> Result<http::Request<Body>, Error<O::Error>> {
        let mut input = self.input;
        let prepared = prepare(self.handle.inner, O::SCHEMA, &input, self.headers, self.settings);
        let prepared = prepared.map_err(|failure| Error::new(failure, None))?;
        prepared.presign(&mut input, expires_in).await.map_err(|failure| Error::new(failure, None))
    }

    /// What the call gives, made into what it is wanted as. The future is on the heap from the start: what it is
    /// made of is moved there once.
    fn run<T: Send + 'static>(
        self,
        finish: fn(O::Output, Metadata) -> T,
    ) -> BoxFuture<'static, Result<T, Error<O::Error>>> {
        let Self { handle, mut input, settings, headers } = self;
        let prepared = match prepare(handle.inner, O::SCHEMA, &input, headers, settings) {
            Ok(prepared) => prepared,
            Err(failure) => return Box::pin(std::future::ready(Err(Error::new(failure, None)))),
        };
        let timer = M::timer();
        Box::pin(async move {
            let mut response = TypedResponse::<O>::default();
            match execute(&prepared, &mut input, timer, &mut response).await {
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
    /// The request, not sent, with an [AWS signature](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4-trait)
    /// in its URL that is good for `expires_in`, 1 second to 7 days, but no longer than the credentials. Whoever
    /// has it can send it once or often, with the headers that it has.
    ///
    /// # Errors
    /// [`ErrorKind::Auth`](crate::ErrorKind::Auth) when the operation is not authenticated by AWS signatures, there
    /// are no credentials, or the time is out of range.
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
    /// Sends the request, and blocks until there is an answer.
    ///
    /// # Errors
    /// What the service said, or why it could not be asked, or why its answer could not be read.
    pub fn send(self) -> Result<O::Output, Error<O::Error>> {
        block_on(self.run(output))
    }

    /// The request, not sent, with an [AWS signature](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4-trait)
    /// in its URL that is good for `expires_in`, 1 second to 7 days, but no longer than the credentials. Whoever
    /// has it can send it once or often, with the headers that it has.
    ///
    /// # Errors
    /// [`ErrorKind::Auth`](crate::ErrorKind::Auth) when the operation is not authenticated by AWS signatures, there
    /// are no credentials, or the time is out of range.
    pub fn presigned(self, expires_in: Duration) -> Result<http::Request<Body>, Error<O::Error>> {
        block_on(self.presign(expires_in))
    }
}

#[cfg(feature = "blocking")]
impl<O: Operation> CallWithMetadata<O, Blocking> {
    /// Sends the request, and blocks until there is an answer.
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
