//! Tracing: a span for each call, an event for each attempt.

use farrier_runtime::testing::MockTransport;
use farrier_runtime::transport::TransportError;
use farrier_tests::signin::{refresh_grant, tokens};
use signin_client::Client;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(text);
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns the events logged for a call, one per line, without their common prefix.
async fn events_of(mock: MockTransport, timeout: Option<Duration>) -> Vec<String> {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().without_time().with_ansi(false);
    let subscriber = subscriber.with_max_level(tracing::Level::DEBUG).with_writer(move || writer.clone());
    let guard = tracing::subscriber::set_default(subscriber.finish());
    let client = Client::builder().endpoint_url("http://signin.test").transport(mock).build().unwrap();
    drop(client.create_oauth2_token(refresh_grant()).timeout(timeout).await);
    drop(guard);

    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let prefix = "DEBUG call{service=\"com.amazonaws.signin#Signin\" operation=\"CreateOAuth2Token\"}: \
                 farrier_runtime::client::execute: ";
    text.lines().map(|line| line.trim_start().strip_prefix(prefix).expect(line).to_owned()).collect()
}

#[tokio::test(start_paused = true)]
async fn logs_each_attempt_in_the_call_span() {
    let mut busy = http::Response::new("");
    *busy.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
    busy.headers_mut().insert("retry-after", 7.into());
    let mock = MockTransport::new()
        .reply_with(busy.clone())
        .reply_with(busy.clone())
        .reply(200, tokens().to_string());
    let expected = [
        "failed attempt=1 kind=Service status=503 retry_in=7s",
        "failed attempt=2 kind=Service status=503 retry_in=7s",
        "succeeded attempt=3 status=200",
    ];
    assert_eq!(events_of(mock, None).await, expected);
}

#[tokio::test(start_paused = true)]
async fn failure_event_has_kind_status_and_code() {
    let mock = MockTransport::new().reply(400, r#"{"__type": "Other", "message": "the message"}"#);
    assert_eq!(events_of(mock, None).await, [r#"failed attempt=1 kind=Service status=400 code="Other""#]);
    let mock = MockTransport::new().reply(200, "not JSON");
    assert_eq!(events_of(mock, None).await, ["failed attempt=1 kind=Response status=200"]);
    let mock = MockTransport::new().fail(TransportError::connect("refused")).reply(400, "");
    let events = events_of(mock, None).await;
    assert!(events[0].starts_with("failed attempt=1 kind=Connection retry_in="), "{events:?}");
}

#[tokio::test(start_paused = true)]
async fn call_timeout_is_an_event() {
    let mock = MockTransport::new().reply(503, "").reply_after(Duration::from_secs(9), 200, "{}");
    let events = events_of(mock, Some(Duration::from_secs(5))).await;
    assert_eq!(events.len(), 2);
    assert_eq!(events[1], "call timed out attempt=2");
}
