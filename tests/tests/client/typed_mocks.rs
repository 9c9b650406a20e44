//! Mocks that take inputs and return outputs and errors as values.

use farrier_runtime::testing::{MockError, MockTransport};
use farrier_runtime::transport::TransportError;
use farrier_runtime::types::Body;
use farrier_tests::signin::refresh_grant;
use http_body_util::{BodyExt, Full};
use signin_client::error::CreateOAuth2TokenError;
use signin_client::operation::CreateOAuth2Token;
use signin_client::types::{
    AccessDeniedException, AccessToken, CreateOAuth2TokenResponse, CreateOAuth2TokenResponseBody,
    InternalServerException, OAuth2ErrorCode,
};
use signin_client::{Client, ErrorKind};

fn output(refresh_token: &str) -> CreateOAuth2TokenResponse {
    let token = AccessToken::new("the-id", "the-key", "the-session");
    CreateOAuth2TokenResponse::new(CreateOAuth2TokenResponseBody::new(token, "aws_sigv4", 900, refresh_token))
}

fn client(mock: &MockTransport) -> Client {
    Client::builder().region("us-east-1").transport(mock.clone()).build().unwrap()
}

#[tokio::test]
async fn a_function_gets_the_input_and_returns_the_output() {
    let mock = MockTransport::new().on::<CreateOAuth2Token>(|input| {
        let stored = input.token_input.refresh_token.as_deref().unwrap_or_default();
        Ok(output(&format!("after {stored}")))
    });
    let response = client(&mock).create_oauth2_token(refresh_grant()).with_metadata().await.unwrap();
    assert_eq!(response.output, output("after the-refresh-token"));
    assert_eq!((response.metadata.status().as_u16(), response.metadata.attempts()), (200, 1));
    assert_eq!(mock.inputs::<CreateOAuth2Token>()[0].token_input, refresh_grant());
    assert_eq!(mock.requests()[0].json().unwrap()["refreshToken"], "the-refresh-token");
}

#[test]
fn a_blocking_client_uses_the_same_mock() {
    let mock = MockTransport::new().on::<CreateOAuth2Token>(|_| Ok(output("next")));
    let client = signin_client::blocking::Client::builder().region("us-east-1").transport(mock);
    let tokens = client.build().unwrap().create_oauth2_token(refresh_grant()).send().unwrap();
    assert_eq!(tokens, output("next"));
}

#[tokio::test]
async fn a_declared_error_has_code_message_and_status() {
    let denied = AccessDeniedException::new(OAuth2ErrorCode::TokenExpired, "sign in again");
    let expected = CreateOAuth2TokenError::AccessDeniedException(denied.clone());
    let mock = MockTransport::new()
        .once::<CreateOAuth2Token>({
            let error = expected.clone();
            |_| Err(error.into())
        })
        .on::<CreateOAuth2Token>(move |_| {
            Err(MockError::declared(401, CreateOAuth2TokenError::AccessDeniedException(denied.clone())))
        });
    for status in [400, 401] {
        let error = client(&mock).create_oauth2_token(refresh_grant()).await.unwrap_err();
        assert_eq!(error.service_error(), Some(&expected));
        assert_eq!((error.kind(), error.code()), (ErrorKind::Service, Some("AccessDeniedException")));
        assert_eq!(error.message(), Some("sign in again"));
        assert_eq!(error.status().unwrap(), status);
        assert!(!error.is_retryable());
    }
}

#[tokio::test(start_paused = true)]
async fn a_sequence_of_errors_is_retried_like_those_of_the_service() {
    let broken = InternalServerException::new(OAuth2ErrorCode::ServerError, "broken");
    let mock = MockTransport::new()
        .once::<CreateOAuth2Token>(|_| Err(CreateOAuth2TokenError::InternalServerException(broken).into()))
        .once::<CreateOAuth2Token>(|_| Err(MockError::undeclared(429, "ThrottlingException", "slow down")))
        .on::<CreateOAuth2Token>(|_| Ok(output("next")));
    let call = client(&mock).create_oauth2_token(refresh_grant()).retries(5);
    let response = call.with_metadata().await.unwrap();
    assert_eq!((response.output, response.metadata.attempts()), (output("next"), 3));
    assert_eq!(mock.inputs::<CreateOAuth2Token>().len(), 3);
}

#[tokio::test]
async fn an_undeclared_error_and_one_of_the_transport_reach_the_caller() {
    let mock = MockTransport::new()
        .once::<CreateOAuth2Token>(|_| Err(MockError::undeclared(403, "Blocked", "no")))
        .once::<CreateOAuth2Token>(|_| Err(MockError::transport(TransportError::connect("unplugged"))));
    let call = || client(&mock).create_oauth2_token(refresh_grant()).retries(0);
    let error = call().await.unwrap_err();
    assert_eq!(error.to_string(), "CreateOAuth2Token: Blocked: no (HTTP 403)");
    assert!(error.service_error().is_none());
    assert_eq!(call().await.unwrap_err().kind(), ErrorKind::Connection);
    let error = call().await.unwrap_err().to_string();
    assert!(error.contains("add one, for example with `.on::<operation::CreateOAuth2Token>(…)`"), "{error}");
}

#[tokio::test]
async fn streamed_bodies_pass_in_both_directions() {
    use snapshot_requests::operation::{Download, Upload};
    use snapshot_requests::types::{DownloadOutput, UploadInput};
    let stream = |text: &'static str| Body::stream(Full::new(text.into()).boxed_unsync());
    let mock = MockTransport::new()
        .on::<Upload>(|_| Ok(()))
        .once::<Download>(move |_| Ok(DownloadOutput::new(stream("down"))));
    let client = snapshot_requests::Client::builder().endpoint_url("https://a.test").transport(mock.clone());
    let client = client.build().unwrap();
    client.upload(UploadInput::new().body(stream("up"))).await.unwrap();
    assert_eq!(mock.requests()[0].text(), Some("up"));
    let body = client.download().await.unwrap().body;
    assert_eq!(body.collect().await.unwrap(), "down");
}

#[tokio::test]
async fn an_invalid_label_fails_before_the_mock() {
    use snapshot_http_bindings::operation::Get;
    use snapshot_http_bindings::types::GetInput;
    let mock = MockTransport::new().on::<Get>(|_| Err(MockError::undeclared(500, "Unreachable", "")));
    let client =
        snapshot_http_bindings::Client::builder().endpoint_url("https://a.test").transport(mock.clone());
    let error = client.build().unwrap().get(GetInput::new("", "rest")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Serialization);
    assert!(mock.inputs::<Get>().is_empty() && mock.requests().is_empty());
}
