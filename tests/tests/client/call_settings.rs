//! Settings of one call: region, endpoint, identities and auth scheme.

use farrier_runtime::auth::{Credentials, Identities};
use farrier_runtime::testing::MockTransport;
use farrier_tests::signin::{refresh_grant, tokens};
use signin_client::{Client, ErrorKind};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

fn mock() -> MockTransport {
    MockTransport::new().reply_fn(|_| Ok(http::Response::new(tokens().to_string().into())))
}

fn client(mock: &MockTransport) -> Client {
    Client::builder().region("us-east-1").transport(mock.clone()).build().unwrap()
}

fn credentials(id: &str) -> Credentials {
    Credentials::from_keys(id, "the-secret-key")
}

#[tokio::test]
async fn send_sends_an_async_call() {
    let mock = mock();
    let response = client(&mock).create_oauth2_token(refresh_grant()).with_metadata().send().await.unwrap();
    let output = client(&mock).create_oauth2_token(refresh_grant()).send().await.unwrap();
    assert_eq!(response.output, output);
}

/// Polls a future once.
async fn poll_once<T>(future: &mut (impl Future<Output = T> + Unpin)) -> Poll<T> {
    poll_fn(|context| Poll::Ready(Pin::new(&mut *future).poll(context))).await
}

#[tokio::test]
async fn a_call_is_a_future_that_can_be_polled_by_reference() {
    let mock = MockTransport::new().reply_after(Duration::from_millis(1), 200, tokens().to_string());
    let mut call = client(&mock).create_oauth2_token(refresh_grant());
    assert!(poll_once(&mut call).await.is_pending());
    assert_eq!(mock.requests().len(), 1);
    (&mut call).await.unwrap();

    let mock = MockTransport::new().reply_after(Duration::from_millis(1), 200, tokens().to_string());
    let mut call = client(&mock).create_oauth2_token(refresh_grant()).with_metadata();
    assert!(poll_once(&mut call).await.is_pending());
    assert_eq!(call.await.unwrap().metadata.attempts(), 1);
}

#[tokio::test]
async fn a_call_that_is_running_is_not_sent_again() {
    let mock = MockTransport::new().reply_after(Duration::from_secs(60), 200, tokens().to_string());
    let mut call = client(&mock).create_oauth2_token(refresh_grant());
    assert!(poll_once(&mut call).await.is_pending());
    let error = call.timeout(Duration::from_secs(1)).endpoint().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Endpoint);
    assert!(error.to_string().contains("the call has already been sent"), "{error}");
    assert_eq!(mock.requests().len(), 1);
}

#[tokio::test]
async fn a_call_has_its_own_region_and_endpoint() {
    let mock = mock();
    let client = client(&mock);
    let call = || client.create_oauth2_token(refresh_grant());
    call().region("eu-west-1").await.unwrap();
    call().endpoint_url("https://signin.test/base").await.unwrap();
    call().await.unwrap();
    let uris: Vec<_> = mock.requests().iter().map(|request| request.uri().to_string()).collect();
    let expected = [
        "https://eu-west-1.signin.aws.amazon.com/v1/token",
        "https://signin.test/base/v1/token",
        "https://us-east-1.signin.aws.amazon.com/v1/token",
    ];
    assert_eq!(uris, expected);
}

#[tokio::test]
async fn an_invalid_region_or_endpoint_of_a_call_is_an_error() {
    let mock = mock();
    let client = client(&mock);
    let call = || client.create_oauth2_token(refresh_grant());
    let region = call().region("eu/west").await.unwrap_err();
    let endpoint = call().endpoint_url("signin.test").await.unwrap_err();
    assert_eq!((region.kind(), endpoint.kind()), (ErrorKind::Endpoint, ErrorKind::Endpoint));
    assert!(region.to_string().contains("invalid `region`"), "{region}");
    assert!(endpoint.to_string().contains("invalid `endpoint_url`"), "{endpoint}");
    assert!(mock.requests().is_empty());
}

#[tokio::test]
async fn a_call_resolves_its_endpoint_without_sending() {
    let mock = mock();
    let call = || client(&mock).create_oauth2_token(refresh_grant());
    assert_eq!(call().endpoint().unwrap(), "https://us-east-1.signin.aws.amazon.com/");
    assert_eq!(call().region("eu-west-1").endpoint().unwrap(), "https://eu-west-1.signin.aws.amazon.com/");
    let prefixed =
        snapshot_requests::Client::builder().endpoint_url("https://a.test:8443").transport(mock.clone());
    let endpoint = prefixed.build().unwrap().prefixed("acme-1").endpoint().unwrap();
    assert_eq!(endpoint, "https://data.acme-1.a.test:8443/");
    assert!(mock.requests().is_empty());
}

#[tokio::test]
async fn a_call_signs_an_operation_without_authentication_if_it_chooses_the_scheme() {
    let mock = mock();
    let client = client(&mock);
    let call = || client.create_oauth2_token(refresh_grant()).auth_scheme("sigv4");
    call().credentials(credentials("FIRST")).region("eu-west-1").await.unwrap();
    let identities = Identities::new().credentials(credentials("SECOND"));
    call().identities(identities).await.unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    let requests = mock.requests();
    let scopes = ["FIRST", "SECOND"].into_iter().zip(["eu-west-1", "us-east-1"]).zip(&requests);
    for ((id, region), request) in scopes {
        let authorization = request.header("authorization").unwrap();
        assert!(authorization.contains(&format!("Credential={id}/")), "{authorization}");
        assert!(authorization.contains(&format!("/{region}/signin/aws4_request")), "{authorization}");
    }
    assert_eq!(requests[2].header("authorization"), None);
}

#[tokio::test]
async fn a_call_cannot_choose_a_scheme_without_identity_or_unknown_to_the_service() {
    let client = client(&mock());
    let call = |scheme: &str| client.create_oauth2_token(refresh_grant()).auth_scheme(scheme);
    let missing = call("sigv4").await.unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::Auth);
    assert!(missing.to_string().contains("no AWS credentials configured"), "{missing}");
    let unknown = call("httpBasicAuth").await.unwrap_err();
    assert!(unknown.to_string().contains("unknown authentication scheme `httpBasicAuth`"), "{unknown}");
    call("noAuth").await.unwrap();
}
