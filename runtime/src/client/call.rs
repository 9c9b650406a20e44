//! One call of an operation: settings for it alone, then `.await`, or `.send()` where it blocks.

#[cfg(feature = "blocking")]
use super::Blocking;
use super::execute::{Prepared, Success, execute};
use super::{Async, Handle, Mode, Settings};
#[cfg(feature = "blocking")]
use crate::block_on::block_on;
use crate::codec::WriteError;
use crate::error::{Error, Failure, request_id};
use crate::operation::{self, Answer, Operation};
#[cfg(feature = "async")]
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

/// An output and what is known of the exchange that gave it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response<T> {
    /// What the operation gave.
    pub output: T,
    /// What is known of the exchange.
    pub metadata: Metadata,
}

/// What is known of an exchange besides its output.
#[derive(Clone)]
pub struct Metadata {
    head: http::Response<()>,
    attempts: u32,
}

impl Metadata {
    /// The HTTP status.
    pub fn status(&self) -> http::StatusCode {
        self.head.status()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &http::HeaderMap {
        self.head.headers()
    }

    /// The id under which AWS services log the request.
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// How many times the request was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl fmt::Debug for Metadata {
    /// Leaves out the headers, which may hold cookies and sensitive members.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metadata")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

impl<O: Operation, M> Call<O, M> {
    /// A call with the client's settings.
    pub fn new(handle: &Handle<M>, input: O::Input) -> Self {
        let settings = handle.inner.settings.clone();
        Self { handle: handle.clone(), input, settings, headers: Vec::new() }
    }

    /// How long this call may take, retries and waiting included.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeout = Some(limit);
        self
    }

    /// How many times this call is tried again when that is known to be harmless.
    pub fn retries(mut self, retries: u32) -> Self {
        self.settings.retries = retries;
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
    fn prepare(mut self) -> Result<Prepared, Box<Failure>> {
        let endpoint = &self.handle.inner.endpoint;
        let options = &self.handle.inner.request_options;
        let mut request = operation::write(O::SCHEMA, &mut self.input, endpoint, options)?;
        add_headers(&mut request, &self.headers).map_err(|error| Failure::write(O::SCHEMA, error))?;
        Ok(Prepared { inner: self.handle.inner, operation: O::SCHEMA, request, settings: self.settings })
    }

    async fn run(self) -> Result<(O::Output, Success), Error<O::Error>> {
        let prepared = self.prepare().map_err(|failure| Error::new(failure, None))?;
        let mut answer = Answer::<O>::default();
        match execute(prepared, M::timer(), &mut answer).await {
            Ok(success) => Ok((answer.output, success)),
            Err(failure) => Err(Error::new(failure, answer.error)),
        }
    }
}

impl<O: Operation, M: Mode> CallWithMetadata<O, M> {
    async fn run(self) -> Result<Response<O::Output>, Error<O::Error>> {
        let (output, Success { head, attempts }) = self.0.run().await?;
        Ok(Response { output, metadata: Metadata { head, attempts } })
    }
}

fn add_headers(request: &mut http::Request<Body>, headers: &[(String, String)]) -> Result<(), WriteError> {
    for (name, value) in headers {
        let name: http::HeaderName = name
            .parse()
            .map_err(|_| WriteError::new(format!("`{}` is not a header name", name.escape_debug())))?;
        let value = http::HeaderValue::from_str(value).map_err(|_| {
            WriteError::new(format!("the value for header `{name}` holds a control character"))
        })?;
        request.headers_mut().insert(name, value);
    }
    Ok(())
}

#[cfg(feature = "async")]
impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<O::Output, Error<O::Error>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.run().await.map(|(output, _)| output) })
    }
}

#[cfg(feature = "async")]
impl<O: Operation> IntoFuture for CallWithMetadata<O> {
    type Output = Result<Response<O::Output>, Error<O::Error>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

#[cfg(feature = "blocking")]
impl<O: Operation> Call<O, Blocking> {
    /// Sends the request, and blocks until there is an answer.
    ///
    /// # Errors
    /// What the service said, or why it could not be asked, or why its answer could not be read.
    pub fn send(self) -> Result<O::Output, Error<O::Error>> {
        block_on(self.run()).map(|(output, _)| output)
    }
}

#[cfg(feature = "blocking")]
impl<O: Operation> CallWithMetadata<O, Blocking> {
    /// Sends the request, and blocks until there is an answer.
    ///
    /// # Errors
    /// As [`Call::send`].
    pub fn send(self) -> Result<Response<O::Output>, Error<O::Error>> {
        block_on(self.run())
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
