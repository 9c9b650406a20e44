//! A transport with scripted responses that records requests.

mod recorded;
mod typed;

pub use recorded::RecordedRequest;
pub use typed::MockError;

use crate::operation::Operation;
use crate::system;
#[cfg(feature = "async")]
use crate::transport::require_tokio;
use crate::transport::{BoxFuture, MockedCall, MockedResponse, Transport, TransportError, TypedMock};
use crate::types::Body;
use bytes::Bytes;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use typed::TypedFunctions;

/// A transport that returns scripted responses in order and records the requests. Clones share the script and
/// the recorded requests.
///
/// [`on`](Self::on) responds to an operation with its output or error as a value, the other methods with HTTP
/// responses.
///
/// ```
/// # use farrier_runtime::testing::MockTransport;
/// let mock = MockTransport::new().reply(503, "{}").reply(200, r#"{"name": "value"}"#);
/// ```
#[derive(Clone, Default)]
pub struct MockTransport {
    state: Arc<Mutex<State>>,
}

type Outcome = Result<http::Response<Body>, TransportError>;

type Responder = Arc<dyn Fn(&RecordedRequest) -> Outcome + Send + Sync>;

#[derive(Default)]
struct State {
    outcomes: VecDeque<(Duration, Outcome)>,
    /// Responds to requests after the last scripted outcome.
    fallback: Option<Responder>,
    requests: Vec<RecordedRequest>,
    typed: TypedFunctions,
}

impl MockTransport {
    /// Creates a transport without scripted responses: every request fails to connect.
    pub fn new() -> Self {
        Self::default()
    }

    /// Responds to the calls of an operation with the result of a function, in any protocol.
    ///
    /// The request is built, signed and recorded as usual. It is not sent, and the output is not serialized: it may
    /// also have a streamed body. Functions of [`once`](Self::once) come first. Responses that are scripted as bytes
    /// are for operations without a function.
    ///
    /// ```
    /// # use farrier_runtime::testing::{MockError, MockTransport};
    /// # use signin_client::error::CreateOAuth2TokenError;
    /// # use signin_client::operation::CreateOAuth2Token;
    /// # use signin_client::types::*;
    /// let mock = MockTransport::new().on::<CreateOAuth2Token>(|input| {
    ///     if input.token_input.refresh_token.as_deref() != Some("stored") {
    ///         let denied = AccessDeniedException::new(OAuth2ErrorCode::TokenExpired, "expired");
    ///         return Err(CreateOAuth2TokenError::AccessDeniedException(denied).into());
    ///     }
    ///     let token = AccessToken::new("the id", "the key", "the session");
    ///     Ok(CreateOAuth2TokenResponse::new(CreateOAuth2TokenResponseBody::new(token, "aws_sigv4", 900, "next")))
    /// });
    /// ```
    pub fn on<O: Operation>(
        self,
        respond: impl Fn(&O::Input) -> Result<O::Output, MockError<O::Error>> + Send + Sync + 'static,
    ) -> Self
    where
        O::Input: Clone,
    {
        self.lock().typed.of::<O>().always = Some(Arc::new(move |call| typed::reply::<O>(call, &respond)));
        self
    }

    /// Responds to the next attempt of an operation with the result of a function. Several functions respond to one
    /// attempt each, in order. A retry is an attempt.
    pub fn once<O: Operation>(
        self,
        respond: impl FnOnce(&O::Input) -> Result<O::Output, MockError<O::Error>> + Send + Sync + 'static,
    ) -> Self
    where
        O::Input: Clone,
    {
        self.lock().typed.of::<O>().once.push_back(Box::new(move |call| typed::reply::<O>(call, respond)));
        self
    }

    /// Returns the inputs of the attempts that functions of an operation responded to, in order. A streamed body in
    /// an input has been read: its bytes are in [`requests`](Self::requests).
    pub fn inputs<O: Operation>(&self) -> Vec<O::Input>
    where
        O::Input: Clone,
    {
        let mut state = self.lock();
        let inputs = &state.typed.of::<O>().inputs;
        inputs.iter().filter_map(|input| (**input).downcast_ref::<O::Input>().cloned()).collect()
    }

    /// Responds to the next request with a status and a JSON body.
    pub fn reply(self, status: u16, body: impl Into<Bytes>) -> Self {
        self.push(Duration::ZERO, Ok(json_response(status, body.into())))
    }

    /// Responds to the next request with a status and a JSON body after a delay. The delay uses tokio's
    /// clock, which tests can pause. Outside a tokio runtime, it blocks the thread. Without the features `async` and
    /// `blocking`, there is no delay.
    pub fn reply_after(self, delay: Duration, status: u16, body: impl Into<Bytes>) -> Self {
        self.push(delay, Ok(json_response(status, body.into())))
    }

    /// Responds to the next request with a complete response.
    pub fn reply_with(self, response: http::Response<impl Into<Body>>) -> Self {
        self.push(Duration::ZERO, Ok(response.map(Into::into)))
    }

    /// Responds to all requests after the last scripted response with the result of a function.
    ///
    /// ```
    /// # use farrier_runtime::testing::MockTransport;
    /// # use farrier_runtime::types::Body;
    /// let echo = MockTransport::new()
    ///     .reply_fn(|request| Ok(http::Response::new(request.body().clone())));
    /// ```
    pub fn reply_fn(
        self,
        respond: impl Fn(&RecordedRequest) -> Result<http::Response<Body>, TransportError> + Send + Sync + 'static,
    ) -> Self {
        self.lock().fallback = Some(Arc::new(respond));
        self
    }

    /// Fails the next request with an error.
    pub fn fail(self, error: TransportError) -> Self {
        self.push(Duration::ZERO, Err(error))
    }

    /// Returns the requests so far, in the order in which their bodies were complete.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.lock().requests.clone()
    }

    fn record(&self, request: RecordedRequest) -> RecordedRequest {
        self.lock().requests.push(request.clone());
        request
    }

    fn push(self, delay: Duration, outcome: Outcome) -> Self {
        self.lock().outcomes.push_back((delay, outcome));
        self
    }

    /// Returns the outcome of a recorded request with the delay. `operation` is its name, if it is known.
    fn next_outcome(&self, request: &RecordedRequest, operation: Option<&str>) -> (Duration, Outcome) {
        let mut state = self.lock();
        if let Some(outcome) = state.outcomes.pop_front() {
            return outcome;
        }
        let fallback = state.fallback.clone();
        // The function may access the mock.
        drop(state);
        let exhausted = || Err(exhausted(operation));
        (Duration::ZERO, fallback.map_or_else(exhausted, |respond| respond(request)))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn exhausted(operation: Option<&str>) -> TransportError {
    let message = "the mock transport has no more responses";
    TransportError::connect(match operation {
        Some(name) => format!("{message}: add one, for example with `.on::<operation::{name}>(…)`"),
        None => message.to_owned(),
    })
}

/// Reads the body of a request.
async fn read(request: http::Request<Body>) -> Result<RecordedRequest, TransportError> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(TransportError::interrupted)?;
    Ok(RecordedRequest::new(http::Request::from_parts(head, body.into())))
}

fn json_response(status: u16, body: Bytes) -> http::Response<Body> {
    let mut response = http::Response::new(Body::from(body));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    let json = http::HeaderValue::from_static("application/json");
    response.headers_mut().insert(http::header::CONTENT_TYPE, json);
    response
}

async fn wait(delay: Duration) {
    #[cfg(feature = "async")]
    if !delay.is_zero() && require_tokio().is_ok() {
        return tokio::time::sleep(delay).await;
    }
    system::sleep(delay);
}

impl Transport for MockTransport {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Outcome> {
        Box::pin(async move {
            let request = self.record(read(request).await?);
            let (delay, outcome) = self.next_outcome(&request, None);
            wait(delay).await;
            outcome
        })
    }

    fn typed_mock(&self) -> Option<&dyn TypedMock> {
        Some(self)
    }
}

impl TypedMock for MockTransport {
    fn respond<'a>(
        &'a self,
        request: http::Request<Body>,
        call: MockedCall<'a>,
    ) -> BoxFuture<'a, Result<MockedResponse, TransportError>> {
        Box::pin(async move {
            let request = self.record(read(request).await?);
            let function = self.lock().typed.next(&call);
            // The function may access the mock.
            if let Some(function) = function {
                return function.respond(call);
            }
            let (delay, outcome) = self.next_outcome(&request, Some(call.operation.name()));
            wait(delay).await;
            outcome.map(MockedResponse::Http)
        })
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        f.debug_struct("MockTransport")
            .field("remaining", &state.outcomes.len())
            .field("requests", &state.requests.len())
            .finish()
    }
}
