//! Call, attempt and read timeouts.

use farrier_runtime::transport::{BoxFuture, Transport, TransportError};
use farrier_runtime::types::Body;
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{client, refresh_grant, token_response, tokens};
use signin_client::error::CreateOAuth2TokenError;
use signin_client::{Client, Error, ErrorKind};
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_millis(50);
const LONG_TIMEOUT: Duration = Duration::from_secs(600);

fn check_timeout_error(error: &Error<CreateOAuth2TokenError>) {
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.to_string(), "CreateOAuth2Token: call timed out after 50ms");
    assert_eq!(error.attempts(), 1);
    assert!(error.is_retryable());
    assert_eq!((error.status(), error.fault()), (None, None));
}

#[tokio::test]
async fn client_timeout_applies_to_its_calls() {
    let server = Server::always(ScriptedResponse::hang());
    let client = Client::builder().endpoint_url(server.url()).timeout(TIMEOUT).build().unwrap();
    check_timeout_error(&client.create_oauth2_token(refresh_grant()).await.unwrap_err());
}

#[tokio::test]
async fn call_timeout_overrides_a_longer_client_timeout() {
    let server = Server::always(ScriptedResponse::hang());
    let client = Client::builder().endpoint_url(server.url()).timeout(LONG_TIMEOUT).build().unwrap();
    check_timeout_error(&client.create_oauth2_token(refresh_grant()).timeout(TIMEOUT).await.unwrap_err());
}

#[tokio::test]
async fn call_timeout_applies_to_its_call_only() {
    let server = Server::script([ScriptedResponse::hang(), token_response()]);
    let client = client(&server);
    client.create_oauth2_token(refresh_grant()).timeout(TIMEOUT).await.unwrap_err();
    client.create_oauth2_token(refresh_grant()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn call_timeout_overrides_a_shorter_client_timeout() {
    let client = Client::builder()
        .endpoint_url("http://signin.test")
        .transport(SlowTransport)
        .timeout(TIMEOUT)
        .build()
        .unwrap();
    check_timeout_error(&client.create_oauth2_token(refresh_grant()).await.unwrap_err());
    client.create_oauth2_token(refresh_grant()).timeout(LONG_TIMEOUT).await.unwrap();
}

/// Responds after a minute.
#[derive(Debug)]
struct SlowTransport;

impl Transport for SlowTransport {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            tokio::time::sleep(Duration::from_secs(60)).await;
            Ok(http::Response::new(tokens().to_string().into()))
        })
    }
}

#[tokio::test]
async fn call_timeout_covers_a_stalled_body() {
    let server = Server::always(token_response().body("{").then_hang());
    check_timeout_error(
        &client(&server).create_oauth2_token(refresh_grant()).timeout(TIMEOUT).await.unwrap_err(),
    );
}

#[tokio::test]
async fn timeout_of_duration_max_is_unlimited() {
    let server = Server::always(token_response());
    client(&server).create_oauth2_token(refresh_grant()).timeout(Duration::MAX).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn call_timeout_covers_retry_delays() {
    let client = Client::builder()
        .endpoint_url("http://signin.test")
        .transport(Slow503Transport)
        .retries(u32::MAX)
        .timeout(Duration::from_secs(60))
        .build()
        .unwrap();
    let started = tokio::time::Instant::now();
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!(started.elapsed().as_secs(), 60);
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.attempts() > 2, "{error}");
    let expected = format!("CreateOAuth2Token: call timed out after 60s ({} attempts)", error.attempts());
    assert_eq!(error.to_string(), expected);
}

/// Responds with 503 after 25 seconds.
#[derive(Debug)]
struct Slow503Transport;

impl Transport for Slow503Transport {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            tokio::time::sleep(Duration::from_secs(25)).await;
            let mut response = http::Response::new(Body::default());
            *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
            Ok(response)
        })
    }
}

#[tokio::test(start_paused = true)]
async fn attempt_timeout_applies_to_each_attempt() {
    let client = Client::builder()
        .endpoint_url("http://signin.test")
        .transport(SlowTransport)
        .attempt_timeout(TIMEOUT);
    let client = client.build().unwrap();
    let error = client.create_oauth2_token(refresh_grant()).repeatable(true).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 3));
    let expected = "CreateOAuth2Token: attempt timed out after 50ms (3 attempts)";
    assert_eq!(error.to_string(), expected);
    client.create_oauth2_token(refresh_grant()).attempt_timeout(None).await.unwrap();
}

fn timeout_message(error: &Error<CreateOAuth2TokenError>) -> String {
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.is_retryable());
    error.to_string()
}

#[tokio::test]
async fn read_timeout_ends_a_stalled_response() {
    let server = Server::always(ScriptedResponse::hang());
    let client =
        Client::builder().endpoint_url(server.url()).read_timeout(TIMEOUT).retries(0).build().unwrap();
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!(timeout_message(&error), "CreateOAuth2Token: read timed out after 50ms");
    let server = Server::always(token_response().body("{").then_hang());
    let client =
        Client::builder().endpoint_url(server.url()).read_timeout(TIMEOUT).retries(0).build().unwrap();
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    let expected = "CreateOAuth2Token: read timed out after 50ms (HTTP 200, request id";
    assert!(timeout_message(&error).starts_with(expected), "{error}");
    assert_eq!(error.raw_response().unwrap().body(), "{");
}

#[tokio::test]
async fn read_timeout_can_be_unlimited() {
    let server = Server::always(token_response());
    for timeout in [Some(Duration::MAX), None] {
        client(&server).create_oauth2_token(refresh_grant()).read_timeout(timeout).await.unwrap();
    }
}
