//! What is tried again: only what is known to be harmless.

use farrier_runtime::client::{Metadata, Retries};
use farrier_runtime::testing::{MockTransport, RecordedRequest};
use farrier_runtime::transport::TransportError;
use farrier_runtime::types::Body;
use farrier_tests::server::{RefusingPort, ScriptedResponse, Server};
use farrier_tests::signin::{client, client_at, code_grant, granted, refresh_grant, refusal, tokens};
use signin_client::error::CreateOAuth2TokenError;
use signin_client::{Client, ErrorKind};
use std::time::Duration;

fn mocked(mock: &MockTransport) -> Client {
    Client::builder().endpoint_url("http://signin.test").transport(mock.clone()).build().unwrap()
}

#[tokio::test]
async fn a_service_that_is_busy_is_asked_again() {
    for busy in [ScriptedResponse::new(503), refusal(429, "TooManyRequestsError", "INVALID_REQUEST")] {
        let server = Server::script([busy.clone(), busy, granted()]);
        let response = client(&server).create_oauth2_token(refresh_grant()).with_metadata().await.unwrap();
        assert_eq!(response.metadata.attempts(), 3);
        assert_eq!(response.output.token_output.expires_in, 900);
        let bodies: Vec<_> = server.requests().into_iter().map(|request| request.json()).collect();
        assert_eq!(bodies.len(), 3);
        assert!(bodies.iter().all(|body| *body == bodies[0]), "each attempt sends the same");
    }
}

#[tokio::test]
async fn a_refused_connection_is_tried_again() {
    let port = RefusingPort::new();
    let client = client_at(port.url());
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert!(error.to_string().ends_with("(3 attempts)"), "{error}");
}

/// What leaves open whether the service did what it was asked.
fn ambiguous() -> [ScriptedResponse; 5] {
    [
        refusal(500, "InternalServerException", "server_error"),
        ScriptedResponse::new(502),
        ScriptedResponse::new(504),
        ScriptedResponse::reset(),
        granted().then_close(),
    ]
}

#[tokio::test]
async fn a_failure_that_may_be_gone_is_asked_again() {
    for answer in ambiguous() {
        let server = Server::script([answer, granted()]);
        let call = client(&server).create_oauth2_token(refresh_grant()).with_metadata();
        assert_eq!(call.await.unwrap().metadata.attempts(), 2);
    }
}

#[tokio::test]
async fn what_is_good_for_one_use_is_not_sent_again_if_the_service_may_have_used_it() {
    for answer in ambiguous() {
        let server = Server::script([answer, granted()]);
        let error = client(&server).create_oauth2_token(code_grant()).await.unwrap_err();
        assert_eq!(error.attempts(), 1, "{error}");
        assert!(error.is_retryable(), "{error}");
        assert_eq!(server.requests().len(), 1, "{error}");
    }
    for busy in [ScriptedResponse::new(503), refusal(429, "TooManyRequestsError", "INVALID_REQUEST")] {
        let server = Server::script([busy, granted()]);
        client(&server).create_oauth2_token(code_grant()).await.unwrap();
        assert_eq!(server.requests().len(), 2, "the service declined, so the code is as good as before");
    }
}

#[tokio::test]
async fn the_caller_may_know_better_what_may_be_sent_again() {
    let server = Server::script([ScriptedResponse::new(500), granted()]);
    client(&server).create_oauth2_token(code_grant()).repeatable(true).await.unwrap();
    let server = Server::script([ScriptedResponse::new(500), granted()]);
    let call = client(&server).create_oauth2_token(refresh_grant()).repeatable(false);
    assert_eq!(call.await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn what_would_fail_again_is_not_asked_for_again() {
    for answer in [
        refusal(400, "ValidationException", "INVALID_REQUEST"),
        refusal(401, "AccessDeniedException", "TOKEN_EXPIRED"),
        ScriptedResponse::json(200, "not JSON"),
    ] {
        let server = Server::script([answer, granted()]);
        let error = client(&server).create_oauth2_token(refresh_grant()).await.unwrap_err();
        assert_eq!((error.attempts(), error.is_retryable()), (1, false), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_service_that_says_it_is_busy_and_breaks_off_is_asked_again() {
    let server = Server::script([ScriptedResponse::new(503).then_close(), granted()]);
    let response = client(&server).create_oauth2_token(refresh_grant()).with_metadata().await.unwrap();
    assert_eq!(response.metadata.attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_last_failure_is_the_one_told() {
    let mock = MockTransport::new()
        .reply(429, r#"{"__type": "TooManyRequestsError"}"#)
        .fail(TransportError::connect("refused"))
        .reply(400, r#"{"__type": "Other"}"#);
    let error = mocked(&mock).create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!((error.attempts(), error.code()), (3, Some("Other")));
    assert_eq!(error.service_error(), None, "the error of the first attempt is forgotten");
}

#[tokio::test(start_paused = true)]
async fn retries_are_as_many_as_allowed() {
    for retries in [0, 1, 5] {
        let mock = (0..10).fold(MockTransport::new(), |mock, _| mock.reply(503, ""));
        let call = mocked(&mock).create_oauth2_token(refresh_grant()).retries(retries);
        assert_eq!(call.await.unwrap_err().attempts(), retries + 1);
        assert_eq!(mock.requests().len(), retries as usize + 1);

        let mock = (0..10).fold(MockTransport::new(), |mock, _| mock.reply(503, ""));
        let builder = Client::builder().endpoint_url("http://signin.test").transport(mock).retries(retries);
        let error = builder.build().unwrap().create_oauth2_token(refresh_grant()).await.unwrap_err();
        assert_eq!(error.attempts(), retries + 1);
    }
}

/// How long a call that is answered by these waits between its attempts, and what becomes of it.
async fn waited(
    mock: MockTransport,
    retries: impl Into<Retries>,
) -> (Duration, Result<Metadata, signin_client::Error<CreateOAuth2TokenError>>) {
    let started = tokio::time::Instant::now();
    let call = mocked(&mock).create_oauth2_token(refresh_grant()).retries(retries).with_metadata();
    let result = call.await.map(|response| response.metadata);
    let told = result.as_ref().map_or_else(|error| error.retry_delay(), Metadata::retry_delay);
    let waited = started.elapsed();
    assert!(told <= waited && waited < told + Duration::from_millis(200), "{told:?} {waited:?}");
    (waited, result)
}

fn busy_for(seconds: &str) -> http::Response<Body> {
    http::Response::builder().status(429).header("retry-after", seconds).body(Body::default()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn waits_grow_from_fifty_milliseconds_or_from_a_second_where_the_service_throttles() {
    for _ in 0..20 {
        let mock = MockTransport::new().reply(500, "").reply(500, "").reply(200, tokens().to_string());
        let (waited_for, result) = waited(mock, 2).await;
        assert!(waited_for <= Duration::from_millis(50 + 100 + 10), "{waited_for:?}");
        assert_eq!(result.unwrap().attempts(), 3);
        let mock = MockTransport::new().reply(429, "").reply(429, "").reply(200, tokens().to_string());
        let (waited_for, _) = waited(mock, 2).await;
        assert!(waited_for <= Duration::from_millis(1000 + 2000 + 10), "{waited_for:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_wait_is_longer_than_the_longest_back_off() {
    let mock = (0..50).fold(MockTransport::new(), |mock, _| mock.reply(429, ""));
    let (waited_for, _) =
        waited(mock, Retries::standard().max_attempts(31).max_backoff(Duration::from_secs(2))).await;
    assert!(waited_for > Duration::from_secs(2) && waited_for < Duration::from_secs(60), "{waited_for:?}");
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_is_obeyed() {
    let mock = MockTransport::new().reply_with(busy_for("7")).reply(200, tokens().to_string());
    let (waited_for, result) = waited(mock, 2).await;
    assert!(waited_for >= Duration::from_secs(7) && waited_for < Duration::from_secs(8), "{waited_for:?}");
    assert_eq!(result.unwrap().attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_longer_than_anyone_would_wait_ends_the_call_and_is_told() {
    let mock = MockTransport::new().reply_with(busy_for("3600")).reply(200, tokens().to_string());
    let (waited_for, result) = waited(mock, 2).await;
    let error = result.unwrap_err();
    assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::from_secs(3600))));
    assert!(waited_for.is_zero());
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_may_be_a_date_and_counts_from_the_answers_own() {
    let response = http::Response::builder()
        .status(503)
        .header("date", "Sun, 06 Nov 1994 08:49:37 GMT")
        .header("retry-after", "Sun, 06 Nov 1994 08:49:40 GMT")
        .body(Body::default())
        .unwrap();
    let mock = MockTransport::new().reply_with(response).reply(200, tokens().to_string());
    let (waited_for, _) = waited(mock, 2).await;
    assert!(waited_for >= Duration::from_secs(3) && waited_for < Duration::from_secs(4), "{waited_for:?}");
}

#[tokio::test(start_paused = true)]
async fn clients_whose_calls_all_fail_stop_trying_again() {
    let mock = (0..100).fold(MockTransport::new(), |mock, _| mock.reply(500, ""));
    let client = mocked(&mock);
    let mut attempts = Vec::new();
    for _ in 0..25 {
        attempts.push(client.create_oauth2_token(refresh_grant()).await.unwrap_err().attempts());
    }
    assert_eq!(attempts[..17], [3; 17]);
    assert_eq!(attempts[18..], [1; 7], "35 retries use up the quota of 500 tokens");
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_time_would_be_up_before_the_next_attempt_ends_with_its_failure() {
    let mock = MockTransport::new().reply_with(busy_for("9")).reply(200, tokens().to_string());
    let call = mocked(&mock).create_oauth2_token(refresh_grant()).timeout(Duration::from_secs(5));
    let started = tokio::time::Instant::now();
    let error = call.await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Service, 429));
    assert!(started.elapsed() < Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn adaptive_calls_wait_for_their_turn_once_the_service_throttles() {
    let mock =
        (0..9).fold(MockTransport::new().reply(429, ""), |mock, _| mock.reply(200, tokens().to_string()));
    let client = Client::builder().endpoint_url("http://signin.test").transport(mock);
    let client = client.retries(Retries::adaptive()).build().unwrap();
    let started = tokio::time::Instant::now();
    for _ in 0..9 {
        client.create_oauth2_token(refresh_grant()).await.unwrap();
    }
    assert!(started.elapsed() > Duration::from_secs(2), "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn attempts_of_one_call_belong_together() {
    let mock = MockTransport::new().reply(503, "").reply(503, "").reply(200, tokens().to_string());
    mocked(&mock).create_oauth2_token(refresh_grant()).await.unwrap();
    let header = |name: &str| -> Vec<String> {
        let of = |request: &RecordedRequest| request.headers()[name].to_str().unwrap().to_owned();
        mock.requests().iter().map(of).collect()
    };
    assert_eq!(header("amz-sdk-request"), ["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"]);
    let ids = header("amz-sdk-invocation-id");
    assert_eq!(ids[0].len(), 36);
    assert!(ids.iter().all(|id| *id == ids[0]));
}
