//! Retries: which failures are retried, how often, and after which delay.

use farrier_runtime::client::{Metadata, Retries};
use farrier_runtime::testing::{MockTransport, RecordedRequest};
use farrier_runtime::transport::TransportError;
use farrier_runtime::types::Body;
use farrier_tests::server::{RefusingPort, ScriptedResponse, Server};
use farrier_tests::signin::{
    client, client_at, code_grant, error_response, refresh_grant, token_response, tokens,
};
use signin_client::error::CreateOAuth2TokenError;
use signin_client::{Client, ErrorKind};
use std::time::Duration;

fn mock_client(mock: &MockTransport) -> Client {
    Client::builder().endpoint_url("http://signin.test").transport(mock.clone()).build().unwrap()
}

#[tokio::test]
async fn retries_503_and_429() {
    for busy in [ScriptedResponse::new(503), error_response(429, "TooManyRequestsError", "INVALID_REQUEST")] {
        let server = Server::script([busy.clone(), busy, token_response()]);
        let response = client(&server).create_oauth2_token(refresh_grant()).with_metadata().await.unwrap();
        assert_eq!(response.metadata.attempts(), 3);
        assert_eq!(response.output.token_output.expires_in, 900);
        let bodies: Vec<_> = server.requests().into_iter().map(|request| request.json()).collect();
        assert_eq!(bodies.len(), 3);
        assert!(bodies.iter().all(|body| *body == bodies[0]), "each attempt sends the same body");
    }
}

#[tokio::test]
async fn retries_a_refused_connection() {
    let port = RefusingPort::new();
    let client = client_at(port.url());
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert!(error.to_string().ends_with("(3 attempts)"), "{error}");
}

/// Error responses that leave open if the service processed the request.
fn error_responses() -> [ScriptedResponse; 4] {
    [
        error_response(500, "InternalServerException", "server_error"),
        ScriptedResponse::new(502),
        ScriptedResponse::new(503).header("retry-after", "0"),
        ScriptedResponse::new(504),
    ]
}

/// Failures after a request that was sent completely, without a complete response.
fn lost_responses() -> [ScriptedResponse; 4] {
    [
        ScriptedResponse::close(),
        ScriptedResponse::reset(),
        token_response().then_close(),
        token_response().then_reset(),
    ]
}

/// Responses that say that the service did not process the request.
fn throttling_responses() -> [ScriptedResponse; 4] {
    [
        ScriptedResponse::new(429),
        error_response(429, "TooManyRequestsError", "INVALID_REQUEST"),
        ScriptedResponse::json(400, r#"{"__type": "ThrottlingException"}"#),
        ScriptedResponse::json(503, r#"{"__type": "SlowDown"}"#),
    ]
}

#[tokio::test]
async fn retries_error_responses() {
    for response in error_responses().into_iter().chain(throttling_responses()) {
        let server = Server::script([response, token_response()]);
        let call = client(&server).create_oauth2_token(refresh_grant()).with_metadata();
        assert_eq!(call.await.unwrap().metadata.attempts(), 2);
    }
}

#[tokio::test]
async fn does_not_retry_a_lost_response_by_default() {
    for response in lost_responses() {
        let server = Server::script([response, token_response()]);
        let error = client(&server).create_oauth2_token(refresh_grant()).await.unwrap_err();
        assert_eq!((error.attempts(), error.is_retryable()), (1, true), "{error}");
        assert_eq!(server.requests().len(), 1, "{error}");
    }
}

#[tokio::test]
async fn retries_a_lost_response_of_repeatable_calls() {
    for response in lost_responses() {
        let server = Server::script([response, token_response()]);
        let call = client(&server).create_oauth2_token(refresh_grant()).repeatable(true).with_metadata();
        assert_eq!(call.await.unwrap().metadata.attempts(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn read_timeout_does_not_repeat_work() {
    let timeout = || TransportError::timeout("read", Duration::from_secs(60), true);
    let mock = MockTransport::new().fail(timeout()).reply(200, tokens().to_string());
    let error = mock_client(&mock).create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!((error.kind(), mock.requests().len()), (ErrorKind::Timeout, 1));
    let mock = MockTransport::new().fail(timeout()).reply(200, tokens().to_string());
    mock_client(&mock).create_oauth2_token(refresh_grant()).repeatable(true).await.unwrap();
    assert_eq!(mock.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn attempt_timeout_does_not_repeat_work() {
    let slow = || MockTransport::new().reply_after(Duration::from_secs(9), 200, "{}");
    for (repeatable, attempts) in [(None, 1), (Some(true), 2), (Some(false), 1)] {
        let mock = slow().reply(200, tokens().to_string());
        let call = mock_client(&mock).create_oauth2_token(refresh_grant());
        let call = call.attempt_timeout(Duration::from_secs(1));
        let call = match repeatable {
            Some(repeatable) => call.repeatable(repeatable),
            None => call,
        };
        assert_eq!((call.await.is_ok(), mock.requests().len()), (attempts == 2, attempts), "{repeatable:?}");
    }
}

#[tokio::test]
async fn single_use_code_is_retried_only_after_throttling() {
    for response in error_responses().into_iter().chain(lost_responses()) {
        let server = Server::script([response, token_response()]);
        let error = client(&server).create_oauth2_token(code_grant()).await.unwrap_err();
        assert_eq!((error.attempts(), error.is_retryable()), (1, true), "{error}");
        assert_eq!(server.requests().len(), 1, "{error}");
    }
    for response in throttling_responses() {
        let server = Server::script([response, token_response()]);
        client(&server).create_oauth2_token(code_grant()).await.unwrap();
        assert_eq!(server.requests().len(), 2, "the service rejected the request, so the code is unused");
    }
}

/// An unsigned call has no signing time that could be wrong.
#[tokio::test]
async fn unsigned_call_is_not_retried_for_clock_skew() {
    for grant in [code_grant(), refresh_grant()] {
        let skewed = ScriptedResponse::json(400, r#"{"__type": "RequestExpired"}"#);
        let skewed = skewed.header("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        let server = Server::script([skewed, token_response()]);
        let error = client(&server).create_oauth2_token(grant).await.unwrap_err();
        assert_eq!((error.attempts(), error.code()), (1, Some("RequestExpired")));
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn repeatable_overrides_the_models_default() {
    let server = Server::script([ScriptedResponse::new(500), token_response()]);
    client(&server).create_oauth2_token(code_grant()).repeatable(true).await.unwrap();
    let server = Server::script([ScriptedResponse::new(500), token_response()]);
    let call = client(&server).create_oauth2_token(refresh_grant()).repeatable(false);
    assert_eq!(call.await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn does_not_retry_permanent_errors() {
    for response in [
        error_response(400, "ValidationException", "INVALID_REQUEST"),
        error_response(401, "AccessDeniedException", "TOKEN_EXPIRED"),
        ScriptedResponse::json(200, "not JSON"),
    ] {
        let server = Server::script([response, token_response()]);
        let error = client(&server).create_oauth2_token(refresh_grant()).await.unwrap_err();
        assert_eq!((error.attempts(), error.is_retryable()), (1, false), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn retries_an_interrupted_503() {
    let server = Server::script([ScriptedResponse::new(503).then_close(), token_response()]);
    let response = client(&server).create_oauth2_token(refresh_grant()).with_metadata().await.unwrap();
    assert_eq!(response.metadata.attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn returns_the_last_error() {
    let mock = MockTransport::new()
        .reply(429, r#"{"__type": "TooManyRequestsError"}"#)
        .fail(TransportError::connect("refused"))
        .reply(400, r#"{"__type": "Other"}"#);
    let error = mock_client(&mock).create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!((error.attempts(), error.code()), (3, Some("Other")));
    assert_eq!(error.service_error(), None, "the error of the first attempt is discarded");
}

#[tokio::test(start_paused = true)]
async fn respects_the_maximum_number_of_retries() {
    for retries in [0, 1, 5] {
        let mock = (0..10).fold(MockTransport::new(), |mock, _| mock.reply(503, ""));
        let call = mock_client(&mock).create_oauth2_token(refresh_grant()).retries(retries);
        assert_eq!(call.await.unwrap_err().attempts(), retries + 1);
        assert_eq!(mock.requests().len(), retries as usize + 1);

        let mock = (0..10).fold(MockTransport::new(), |mock, _| mock.reply(503, ""));
        let builder = Client::builder().endpoint_url("http://signin.test").transport(mock).retries(retries);
        let error = builder.build().unwrap().create_oauth2_token(refresh_grant()).await.unwrap_err();
        assert_eq!(error.attempts(), retries + 1);
    }
}

/// Returns the total retry delay of a call with these responses, and its result.
async fn measure_delay(
    mock: MockTransport,
    retries: impl Into<Retries>,
) -> (Duration, Result<Metadata, signin_client::Error<CreateOAuth2TokenError>>) {
    let started = tokio::time::Instant::now();
    let call = mock_client(&mock).create_oauth2_token(refresh_grant()).retries(retries).with_metadata();
    let result = call.await.map(|response| response.metadata);
    let reported = result.as_ref().map_or_else(|error| error.retry_delay(), Metadata::retry_delay);
    let elapsed = started.elapsed();
    assert!(
        reported <= elapsed && elapsed < reported + Duration::from_millis(200),
        "{reported:?} {elapsed:?}"
    );
    (elapsed, result)
}

fn throttled(seconds: &str) -> http::Response<Body> {
    http::Response::builder().status(429).header("retry-after", seconds).body(Body::default()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn backoff_starts_at_50ms_and_at_1s_if_throttled() {
    for _ in 0..20 {
        let mock = MockTransport::new().reply(500, "").reply(500, "").reply(200, tokens().to_string());
        let (delay, result) = measure_delay(mock, 2).await;
        assert!(delay <= Duration::from_millis(50 + 100 + 10), "{delay:?}");
        assert_eq!(result.unwrap().attempts(), 3);
        let mock = MockTransport::new().reply(429, "").reply(429, "").reply(200, tokens().to_string());
        let (delay, _) = measure_delay(mock, 2).await;
        assert!(delay <= Duration::from_millis(1000 + 2000 + 10), "{delay:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn max_backoff_limits_each_delay() {
    let mock = (0..50).fold(MockTransport::new(), |mock, _| mock.reply(429, ""));
    let (delay, _) =
        measure_delay(mock, Retries::standard().max_attempts(31).max_backoff(Duration::from_secs(2))).await;
    assert!(delay > Duration::from_secs(2) && delay < Duration::from_secs(60), "{delay:?}");
}

#[tokio::test(start_paused = true)]
async fn honors_retry_after() {
    let mock = MockTransport::new().reply_with(throttled("7")).reply(200, tokens().to_string());
    let (delay, result) = measure_delay(mock, 2).await;
    assert!(delay >= Duration::from_secs(7) && delay < Duration::from_secs(8), "{delay:?}");
    assert_eq!(result.unwrap().attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn long_retry_after_ends_the_call() {
    let mock = MockTransport::new().reply_with(throttled("3600")).reply(200, tokens().to_string());
    let (delay, result) = measure_delay(mock, 2).await;
    let error = result.unwrap_err();
    assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::from_secs(3600))));
    assert!(delay.is_zero());
}

#[tokio::test(start_paused = true)]
async fn retry_after_date_is_relative_to_the_date_header() {
    let response = http::Response::builder()
        .status(503)
        .header("date", "Sun, 06 Nov 1994 08:49:37 GMT")
        .header("retry-after", "Sun, 06 Nov 1994 08:49:40 GMT")
        .body(Body::default())
        .unwrap();
    let mock = MockTransport::new().reply_with(response).reply(200, tokens().to_string());
    let (delay, _) = measure_delay(mock, 2).await;
    assert!(delay >= Duration::from_secs(3) && delay < Duration::from_secs(4), "{delay:?}");
}

#[tokio::test(start_paused = true)]
async fn stops_retrying_when_the_retry_quota_is_exhausted() {
    let mock = (0..100).fold(MockTransport::new(), |mock, _| mock.reply(500, ""));
    let client = mock_client(&mock);
    let mut attempts = Vec::new();
    for _ in 0..25 {
        attempts.push(client.create_oauth2_token(refresh_grant()).await.unwrap_err().attempts());
    }
    assert_eq!(attempts[..17], [3; 17]);
    assert_eq!(attempts[18..], [1; 7], "35 retries use up the quota of 500 tokens");
}

#[tokio::test(start_paused = true)]
async fn returns_the_error_if_the_retry_delay_exceeds_the_call_timeout() {
    let mock = MockTransport::new().reply_with(throttled("9")).reply(200, tokens().to_string());
    let call = mock_client(&mock).create_oauth2_token(refresh_grant()).timeout(Duration::from_secs(5));
    let started = tokio::time::Instant::now();
    let error = call.await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Service, 429));
    assert!(started.elapsed() < Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn retry_that_does_not_happen_takes_nothing_from_the_quota() {
    let mock = (0..200).fold(MockTransport::new(), |mock, _| mock.reply_with(throttled("9")));
    let client = mock_client(&mock);
    for _ in 0..200 {
        let call = client.create_oauth2_token(refresh_grant()).timeout(Duration::from_secs(5));
        assert_eq!(call.await.unwrap_err().attempts(), 1);
    }
    let mock = mock.reply(500, "").reply(200, tokens().to_string());
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    assert_eq!(mock.requests().len(), 202);
}

#[tokio::test(start_paused = true)]
async fn call_cancelled_before_its_retry_returns_the_tokens() {
    let mock = (0..200).fold(MockTransport::new(), |mock, _| mock.reply_with(throttled("9")));
    let client = mock_client(&mock);
    for _ in 0..200 {
        let call = client.create_oauth2_token(refresh_grant()).into_future();
        assert!(tokio::time::timeout(Duration::from_secs(1), call).await.is_err());
    }
    let mock = mock.reply(500, "").reply(200, tokens().to_string());
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    assert_eq!(mock.requests().len(), 202);
}

#[tokio::test(start_paused = true)]
async fn cancelled_calls_do_not_delay_others_in_adaptive_mode() {
    let mock = MockTransport::new()
        .reply(429, "")
        .reply_fn(|_| Ok(http::Response::new(Body::from(tokens().to_string()))));
    let client = Client::builder().endpoint_url("http://signin.test").transport(mock);
    let client = client.retries(Retries::adaptive()).build().unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    for _ in 0..100 {
        let call = client.create_oauth2_token(refresh_grant()).timeout(Duration::from_millis(1));
        drop(call.await);
    }
    let started = tokio::time::Instant::now();
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn adaptive_mode_limits_the_rate_after_throttling() {
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
async fn attempts_share_an_invocation_id() {
    let mock = MockTransport::new().reply(503, "").reply(503, "").reply(200, tokens().to_string());
    mock_client(&mock).create_oauth2_token(refresh_grant()).await.unwrap();
    let header = |name: &str| -> Vec<String> {
        let value = |request: &RecordedRequest| request.headers()[name].to_str().unwrap().to_owned();
        mock.requests().iter().map(value).collect()
    };
    assert_eq!(header("amz-sdk-request"), ["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"]);
    let ids = header("amz-sdk-invocation-id");
    assert_eq!(ids[0].len(), 36);
    assert!(ids.iter().all(|id| *id == ids[0]));
}
