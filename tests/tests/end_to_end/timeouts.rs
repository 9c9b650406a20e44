//! Servers that are slower than a call may take.

use farrier_runtime::transport::{BoxFuture, Transport, TransportError};
use farrier_runtime::types::Body;
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{client, granted, refresh_grant, tokens};
use signin_client::error::CreateOAuth2TokenError;
use signin_client::{Client, Error, ErrorKind};
use std::time::Duration;

const LIMIT: Duration = Duration::from_millis(50);
const PLENTY: Duration = Duration::from_secs(600);

fn check(error: &Error<CreateOAuth2TokenError>) {
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.to_string(), "CreateOAuth2Token: no answer within 50ms");
    assert_eq!(error.attempts(), 1);
    assert!(error.is_retryable());
    assert_eq!((error.status(), error.fault()), (None, None));
}

#[tokio::test]
async fn a_call_ends_at_the_limit_of_its_client() {
    let server = Server::always(ScriptedResponse::silence());
    let client = Client::builder().endpoint_url(server.url()).timeout(LIMIT).build().unwrap();
    check(&client.create_oauth2_token(refresh_grant()).await.unwrap_err());
}

#[tokio::test]
async fn a_call_ends_at_its_own_limit() {
    let server = Server::always(ScriptedResponse::silence());
    let client = Client::builder().endpoint_url(server.url()).timeout(PLENTY).build().unwrap();
    check(&client.create_oauth2_token(refresh_grant()).timeout(LIMIT).await.unwrap_err());
}

#[tokio::test]
async fn the_limit_of_a_call_is_for_it_alone() {
    let server = Server::script([ScriptedResponse::silence(), granted()]);
    let client = client(&server);
    client.create_oauth2_token(refresh_grant()).timeout(LIMIT).await.unwrap_err();
    client.create_oauth2_token(refresh_grant()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_call_may_take_longer_than_its_client_allows() {
    let client =
        Client::builder().endpoint_url("http://signin.test").transport(Slow).timeout(LIMIT).build().unwrap();
    check(&client.create_oauth2_token(refresh_grant()).await.unwrap_err());
    client.create_oauth2_token(refresh_grant()).timeout(PLENTY).await.unwrap();
}

/// Answers after a minute.
#[derive(Debug)]
struct Slow;

impl Transport for Slow {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            tokio::time::sleep(Duration::from_secs(60)).await;
            Ok(http::Response::new(tokens().to_string().into()))
        })
    }
}

#[tokio::test]
async fn a_body_that_stops_coming_counts_too() {
    let server = Server::always(granted().body("{").then_hang());
    check(&client(&server).create_oauth2_token(refresh_grant()).timeout(LIMIT).await.unwrap_err());
}

#[tokio::test]
async fn a_limit_without_end_is_none() {
    let server = Server::always(granted());
    client(&server).create_oauth2_token(refresh_grant()).timeout(Duration::MAX).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn waiting_between_attempts_counts_too() {
    let client = Client::builder()
        .endpoint_url("http://signin.test")
        .transport(SlowlyBusy)
        .retries(u32::MAX)
        .timeout(Duration::from_secs(60))
        .build()
        .unwrap();
    let started = tokio::time::Instant::now();
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!(started.elapsed().as_secs(), 60);
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.attempts() > 2, "{error}");
    let expected = format!("CreateOAuth2Token: no answer within 60s ({} attempts)", error.attempts());
    assert_eq!(error.to_string(), expected);
}

/// Has too much to do, and takes 25 seconds to say so.
#[derive(Debug)]
struct SlowlyBusy;

impl Transport for SlowlyBusy {
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
async fn each_attempt_may_have_a_limit_of_its_own() {
    let client = Client::builder().endpoint_url("http://signin.test").transport(Slow).attempt_timeout(LIMIT);
    let client = client.build().unwrap();
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 3));
    let expected = "CreateOAuth2Token: no answer within 50ms, the limit of an attempt (3 attempts)";
    assert_eq!(error.to_string(), expected);
    client.create_oauth2_token(refresh_grant()).attempt_timeout(None).await.unwrap();
}

fn silence_of(error: &Error<CreateOAuth2TokenError>) -> String {
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.is_retryable());
    error.to_string()
}

#[tokio::test]
async fn a_server_that_falls_silent_is_not_waited_for() {
    let server = Server::always(ScriptedResponse::silence());
    let client = Client::builder().endpoint_url(server.url()).read_timeout(LIMIT).retries(0).build().unwrap();
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!(silence_of(&error), "CreateOAuth2Token: no answer within 50ms");
    let server = Server::always(granted().body("{").then_hang());
    let client = Client::builder().endpoint_url(server.url()).read_timeout(LIMIT).retries(0).build().unwrap();
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    let expected = "CreateOAuth2Token: no more of the answer within 50ms (HTTP 200, request id";
    assert!(silence_of(&error).starts_with(expected), "{error}");
    assert_eq!(error.raw_response().unwrap().body(), "{");
}

#[tokio::test]
async fn silence_that_is_endured_without_end_ends_no_call() {
    let server = Server::always(granted());
    for limit in [Some(Duration::MAX), None] {
        client(&server).create_oauth2_token(refresh_grant()).read_timeout(limit).await.unwrap();
    }
}
