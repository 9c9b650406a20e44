//! A transport that answers from a script and remembers what it was asked.

use crate::transport::{BoxFuture, Transport, TransportError};
use crate::types::Body;
use bytes::Bytes;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A transport that gives scripted answers, in order, and records the requests. Clones share the script,
/// so keep one to look at the requests afterwards.
#[derive(Clone, Default)]
pub struct MockTransport {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    answers: VecDeque<Result<http::Response<Body>, TransportError>>,
    requests: Vec<http::Request<Body>>,
}

impl MockTransport {
    /// A transport without a script: every request fails to connect.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers the next request with a status and a JSON body.
    ///
    /// ```
    /// # use farrier_runtime::testing::MockTransport;
    /// let mock = MockTransport::new().reply(503, "{}").reply(200, r#"{"name": "value"}"#);
    /// ```
    pub fn reply(self, status: u16, body: impl Into<Bytes>) -> Self {
        let mut response = http::Response::new(Body::from(body.into()));
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
        let json = http::HeaderValue::from_static("application/json");
        response.headers_mut().insert(http::header::CONTENT_TYPE, json);
        self.reply_with(response)
    }

    /// Answers the next request with a response.
    pub fn reply_with(self, response: http::Response<impl Into<Body>>) -> Self {
        self.lock().answers.push_back(Ok(response.map(Into::into)));
        self
    }

    /// Fails the next request.
    pub fn fail(self, error: TransportError) -> Self {
        self.lock().answers.push_back(Err(error));
        self
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<http::Request<Body>> {
        self.lock().requests.clone()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for MockTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut state = self.lock();
        state.requests.push(request);
        let answer = state.answers.pop_front();
        let answer =
            answer.unwrap_or_else(|| Err(TransportError::connect("the mock's script is at its end")));
        Box::pin(std::future::ready(answer))
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
