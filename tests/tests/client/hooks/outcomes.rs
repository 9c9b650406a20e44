//! Hooks after each attempt, which may ask for another, and hooks around calls.

use super::support::client_with_hook;
use farrier_runtime::client::{Attempt, AttemptOutcome, CallInfo, CallOutcome, Hook, RetryDecision, RunCall};
use farrier_runtime::testing::{MockError, MockTransport};
use farrier_runtime::transport::BoxError;
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{code_grant, error_response, refresh_grant, token_response};
use signin_client::error::CreateOAuth2TokenError;
use signin_client::operation::CreateOAuth2Token;
use signin_client::{Client, ErrorKind};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// Sends the nonce of the last challenge ([RFC 9449](https://www.rfc-editor.org/rfc/rfc9449#section-8)).
#[derive(Default)]
struct Nonce(Mutex<Option<http::HeaderValue>>);

impl Hook for Nonce {
    async fn before_attempt(&self, attempt: &mut Attempt<'_>) -> Result<(), BoxError> {
        if let Some(nonce) = self.0.lock().unwrap().clone() {
            attempt.headers_mut().insert("x-nonce", nonce);
        }
        Ok(())
    }

    async fn after_attempt(&self, outcome: &AttemptOutcome<'_>) -> Result<RetryDecision, BoxError> {
        let nonce = outcome.headers().and_then(|headers| headers.get("dpop-nonce"));
        if let (Some(nonce), Some("use_dpop_nonce")) = (nonce, outcome.code()) {
            *self.0.lock().unwrap() = Some(nonce.clone());
            return Ok(RetryDecision::Retry);
        }
        Ok(RetryDecision::Default)
    }
}

fn challenge() -> ScriptedResponse {
    let body = r#"{"__type": "use_dpop_nonce"}"#;
    ScriptedResponse::json(400, body).header("dpop-nonce", "the-nonce")
}

/// An authorization code is single-use: without the hook, no such request is retried.
#[tokio::test]
async fn a_hook_repeats_the_request_after_a_nonce_challenge() {
    for retries in [0, 2] {
        let server = Server::script([challenge(), token_response()]);
        let client = client_with_hook(&server, Nonce::default());
        let call = client.create_oauth2_token(code_grant()).retries(retries);
        assert_eq!(call.with_metadata().await.unwrap().metadata.attempts(), 2);
        let nonces: Vec<_> =
            server.requests().iter().map(|r| r.header("x-nonce").map(str::to_owned)).collect();
        assert_eq!(nonces, [None, Some("the-nonce".to_owned())]);
    }
}

#[test]
fn a_hook_of_a_blocking_client_repeats_the_request() {
    let server = Server::script([challenge(), token_response()]);
    let builder = signin_client::blocking::Client::builder().endpoint_url(server.url());
    let client = builder.hook(Nonce::default()).build().unwrap();
    client.create_oauth2_token(code_grant()).send().unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn hooks_repeat_a_request_at_most_three_times() {
    let server = Server::always(challenge());
    let call = client_with_hook(&server, Nonce::default()).create_oauth2_token(code_grant());
    let error = call.await.unwrap_err();
    assert_eq!((error.code(), error.attempts()), (Some("use_dpop_nonce"), 4));
}

/// Records what it sees of each attempt and call.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl Recorder {
    fn record(&self, text: String) {
        self.0.lock().unwrap().push(text);
    }
}

impl Hook for Recorder {
    async fn before_attempt(&self, attempt: &mut Attempt<'_>) -> Result<(), BoxError> {
        let grant = attempt.input::<CreateOAuth2Token>().unwrap().token_input.grant_type.clone();
        let skew = SystemTime::now().duration_since(attempt.service_time())?;
        assert!(skew < Duration::from_secs(60));
        self.record(format!("before {} with {grant}", attempt.number()));
        Ok(())
    }

    async fn after_attempt(&self, outcome: &AttemptOutcome<'_>) -> Result<RetryDecision, BoxError> {
        assert!(outcome.input::<CreateOAuth2Token>().is_some());
        let error = match outcome.service_error::<CreateOAuth2TokenError>() {
            Some(CreateOAuth2TokenError::InternalServerException(error)) => &error.message,
            _ => "no error",
        };
        self.record(format!("after {}: {} {error}", outcome.number(), outcome.status().unwrap()));
        Ok(RetryDecision::Default)
    }

    async fn around_call(&self, call: &CallInfo, run: RunCall<'_>) -> CallOutcome {
        self.record(format!("start {} of {}", call.operation(), call.service()));
        let outcome = run.await;
        self.record(format!("end {:?} after {}", outcome.kind(), outcome.attempts()));
        outcome
    }
}

#[tokio::test]
async fn a_hook_sees_the_call_the_input_and_the_typed_error() {
    let server =
        Server::script([error_response(500, "InternalServerException", "server_error"), token_response()]);
    let recorder = Recorder::default();
    let client = client_with_hook(&server, recorder.clone());
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    let expected = [
        "start CreateOAuth2Token of Signin",
        "before 1 with refresh_token",
        "after 1: 500 Internal Server Error the message",
        "before 2 with refresh_token",
        "after 2: 200 OK no error",
        "end None after 2",
    ];
    assert_eq!(*recorder.0.lock().unwrap(), expected);
}

/// Counts calls that run, also those that are cancelled.
struct Gauge(Arc<AtomicU32>, &'static str, Arc<Mutex<Vec<&'static str>>>);

impl Hook for Gauge {
    async fn around_call(&self, _: &CallInfo, run: RunCall<'_>) -> CallOutcome {
        self.2.lock().unwrap().push(self.1);
        let outcome = run.await;
        self.0.fetch_add(1, Ordering::SeqCst);
        self.2.lock().unwrap().push(self.1);
        outcome
    }
}

#[tokio::test]
async fn the_first_hook_is_the_outermost_and_sees_failures() {
    let mock = MockTransport::new().on::<CreateOAuth2Token>(|_| Err(MockError::undeclared(400, "Bad", "no")));
    let (count, order) = (Arc::new(AtomicU32::new(0)), Arc::new(Mutex::new(Vec::new())));
    let gauge = |name| Gauge(Arc::clone(&count), name, Arc::clone(&order));
    let builder = Client::builder().region("us-east-1").transport(mock);
    let client = builder.hook(gauge("outer")).hook(gauge("inner")).build().unwrap();
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Service, Some("Bad")));
    assert_eq!(count.load(Ordering::SeqCst), 2);
    assert_eq!(*order.lock().unwrap(), ["outer", "inner", "inner", "outer"]);
}

/// Fails after each attempt.
struct Failing;

impl Hook for Failing {
    async fn after_attempt(&self, _: &AttemptOutcome<'_>) -> Result<RetryDecision, BoxError> {
        Err("rejected by the hook".into())
    }
}

#[tokio::test]
async fn an_error_after_an_attempt_fails_the_call() {
    let server = Server::always(ScriptedResponse::new(503));
    let error = client_with_hook(&server, Failing).create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Hook, 1));
    assert_eq!(error.status().unwrap(), 503);
}
