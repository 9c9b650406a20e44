//! A transport that answers from a script and remembers what it was asked.

mod recorded;

pub use recorded::RecordedRequest;

#[cfg(feature = "async")]
use crate::transport::require_tokio;
use crate::transport::{BoxFuture, Transport, TransportError};
use crate::types::Body;
use bytes::Bytes;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A transport that gives scripted answers, in order, and records the requests. Clones share the script,
/// so keep one to look at the requests afterwards.
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

type Answer = Arc<dyn Fn(&RecordedRequest) -> Outcome + Send + Sync>;

#[derive(Default)]
struct State {
    answers: VecDeque<(Duration, Outcome)>,
    /// What answers when the script is at its end.
    rest: Option<Answer>,
    requests: Vec<RecordedRequest>,
}

impl MockTransport {
    /// A transport without a script: every request fails to connect.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers the next request with a status and a JSON body.
    pub fn reply(self, status: u16, body: impl Into<Bytes>) -> Self {
        self.push(Duration::ZERO, Ok(json_response(status, body.into())))
    }

    /// Answers the next request with a status and a JSON body, after a time: on tokio's clock, which tests
    /// can pause, or without tokio by making the thread wait.
    pub fn reply_after(self, delay: Duration, status: u16, body: impl Into<Bytes>) -> Self {
        self.push(delay, Ok(json_response(status, body.into())))
    }

    /// Answers the next request with a response, whose headers and body can be any.
    pub fn reply_with(self, response: http::Response<impl Into<Body>>) -> Self {
        self.push(Duration::ZERO, Ok(response.map(Into::into)))
    }

    /// Answers all requests that the rest of the script leaves with what a function gives for each.
    ///
    /// ```
    /// # use farrier_runtime::testing::MockTransport;
    /// # use farrier_runtime::types::Body;
    /// let echo = MockTransport::new()
    ///     .reply_fn(|request| Ok(http::Response::new(request.body().clone())));
    /// ```
    pub fn reply_fn(
        self,
        answer: impl Fn(&RecordedRequest) -> Result<http::Response<Body>, TransportError> + Send + Sync + 'static,
    ) -> Self {
        self.lock().rest = Some(Arc::new(answer));
        self
    }

    /// Fails the next request.
    pub fn fail(self, error: TransportError) -> Self {
        self.push(Duration::ZERO, Err(error))
    }

    /// The requests so far, in the order in which their bodies were complete.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.lock().requests.clone()
    }

    fn push(self, delay: Duration, outcome: Outcome) -> Self {
        self.lock().answers.push_back((delay, outcome));
        self
    }

    /// Records a request, and gives what is to become of it and when.
    fn take(&self, request: RecordedRequest) -> (Duration, Outcome) {
        let mut state = self.lock();
        state.requests.push(request.clone());
        if let Some(answer) = state.answers.pop_front() {
            return answer;
        }
        let rest = state.rest.clone();
        // The function may look at the mock.
        drop(state);
        let ended = || Err(TransportError::connect("the mock's script is at its end"));
        (Duration::ZERO, rest.map_or_else(ended, |answer| answer(&request)))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
    std::thread::sleep(delay);
}

impl Transport for MockTransport {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Outcome> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await.map_err(TransportError::interrupted)?;
            let (delay, outcome) =
                self.take(RecordedRequest::new(http::Request::from_parts(head, body.into())));
            wait(delay).await;
            outcome
        })
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        f.debug_struct("MockTransport")
            .field("answers_left", &state.answers.len())
            .field("requests", &state.requests.len())
            .finish()
    }
}
