//! What is tried again: only what is known to be harmless.

use farrier_runtime::client::{Async, Builder, Call, Handle, ServiceClient};
use farrier_runtime::operation::Operation;
use farrier_runtime::schema::{OperationSchema, OperationTrait, ServiceSchema};
use farrier_runtime::testing::MockTransport;
use farrier_runtime::transport::TransportError;
use farrier_tests::server::{Answer, RefusingPort, Server};
use farrier_tests::signin::{client, client_at, granted, refresh_grant, refusal, tokens};
use signin_client::operation::CreateOAuth2Token;
use signin_client::{Client, ErrorKind};
use std::time::Duration;

fn mocked(mock: &MockTransport) -> Client {
    Client::builder().endpoint_url("http://signin.test").transport(mock.clone()).build().unwrap()
}

#[tokio::test]
async fn a_service_that_is_busy_is_asked_again() {
    for busy in [Answer::new(503), refusal(429, "TooManyRequestsError", "INVALID_REQUEST")] {
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

#[tokio::test]
async fn what_the_service_may_have_done_is_not_asked_for_again() {
    for answer in [
        refusal(500, "InternalServerException", "server_error"),
        Answer::new(502),
        Answer::new(504),
        Answer::reset(),
        granted().then_close(),
    ] {
        let server = Server::script([answer, granted()]);
        let error = client(&server).create_oauth2_token(refresh_grant()).await.unwrap_err();
        assert_eq!(error.attempts(), 1, "{error}");
        assert!(error.is_retryable(), "{error}");
        assert_eq!(server.requests().len(), 1, "{error}");
    }
}

#[tokio::test]
async fn what_would_fail_again_is_not_asked_for_again() {
    for answer in [
        refusal(400, "ValidationException", "INVALID_REQUEST"),
        refusal(401, "AccessDeniedException", "TOKEN_EXPIRED"),
        Answer::json(200, "not JSON"),
    ] {
        let server = Server::script([answer, granted()]);
        let error = client(&server).create_oauth2_token(refresh_grant()).await.unwrap_err();
        assert_eq!((error.attempts(), error.is_retryable()), (1, false), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_service_that_says_it_is_busy_and_breaks_off_is_asked_again() {
    let server = Server::script([Answer::new(503).then_close(), granted()]);
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

#[tokio::test(start_paused = true)]
async fn no_wait_is_longer_than_twenty_seconds() {
    let mock = (0..50).fold(MockTransport::new(), |mock, _| mock.reply(503, ""));
    let started = tokio::time::Instant::now();
    mocked(&mock).create_oauth2_token(refresh_grant()).retries(40).await.unwrap_err();
    let waited = started.elapsed();
    assert!(waited > Duration::from_secs(1) && waited < Duration::from_secs(40 * 20), "{waited:?}");
}

/// `CreateOAuth2Token`, if its model marked it as idempotent.
#[derive(Debug)]
struct Idempotent;

impl Operation for Idempotent {
    type Input = <CreateOAuth2Token as Operation>::Input;
    type Output = <CreateOAuth2Token as Operation>::Output;
    type Error = <CreateOAuth2Token as Operation>::Error;
    const SCHEMA: &'static OperationSchema = &OperationSchema {
        traits: &[OperationTrait::Idempotent],
        ..*<CreateOAuth2Token as Operation>::SCHEMA
    };
}

struct Bare(Handle<Async>);

impl ServiceClient for Bare {
    type Mode = Async;
    const SERVICE: &'static ServiceSchema = <signin_client::Client as ServiceClient>::SERVICE;

    fn from_handle(handle: Handle<Async>) -> Self {
        Self(handle)
    }
}

#[tokio::test]
async fn an_idempotent_operation_is_asked_for_again_whatever_became_of_it() {
    for failure in [Answer::new(500), Answer::reset(), granted().then_close()] {
        let server = Server::script([failure, granted()]);
        let Bare(handle) = Builder::<Bare>::new().endpoint_url(server.url()).build().unwrap();
        let output = Call::<Idempotent>::new(&handle, refresh_grant().into()).await.unwrap();
        assert_eq!(output.token_output.expires_in, 900);
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn an_idempotent_operation_ends_with_what_would_fail_again() {
    let mock = MockTransport::new().reply(400, "{}").reply(200, tokens().to_string());
    let builder = Builder::<Bare>::new().endpoint_url("http://signin.test").transport(mock);
    let Bare(handle) = builder.build().unwrap();
    let error = Call::<Idempotent>::new(&handle, refresh_grant().into()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Service, 1));
}
