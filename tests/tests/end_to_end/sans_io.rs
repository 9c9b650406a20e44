//! The operation without the client: an input to a request, a response to an output or error.

use farrier_runtime::operation::{RequestOptions, request, response};
use farrier_tests::signin::{CLIENT_ID, refresh_grant, tokens};
use http::{Response, Uri};
use serde_json::{Value, json};
use signin_client::ErrorKind;
use signin_client::error::CreateOAuth2TokenError;
use signin_client::operation::CreateOAuth2Token;

#[test]
fn an_input_becomes_a_request() {
    let endpoint = Uri::from_static("https://signin.example.com/prefix");
    let request =
        request::<CreateOAuth2Token>(refresh_grant().into(), &endpoint, &RequestOptions::default()).unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://signin.example.com/prefix/v1/token");
    assert_eq!(request.headers()["content-type"], "application/json");
    let body: Value = serde_json::from_slice(request.body().as_bytes().unwrap()).unwrap();
    let expected =
        json!({ "clientId": CLIENT_ID, "grantType": "refresh_token", "refreshToken": "the-refresh-token" });
    assert_eq!(body, expected);
}

#[test]
fn an_endpoint_without_a_host_is_an_error() {
    let endpoint = Uri::from_static("/");
    let options = RequestOptions::default();
    let error = request::<CreateOAuth2Token>(refresh_grant().into(), &endpoint, &options).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Serialization);
    assert_eq!(error.attempts(), 0);
}

#[test]
fn a_response_becomes_an_output() {
    let answer = Response::new(tokens().to_string().into());
    let output = response::<CreateOAuth2Token>(answer).unwrap();
    assert_eq!(output.token_output.access_token.session_token, "the-session-token");
}

#[test]
fn a_response_becomes_an_error() {
    let body = r#"{"__type": "ValidationException", "error": "INVALID_REQUEST", "message": "no"}"#;
    let answer = Response::builder().status(400).body(body.into()).unwrap();
    let error = response::<CreateOAuth2Token>(answer).unwrap_err();
    assert!(matches!(error.service_error(), Some(CreateOAuth2TokenError::ValidationException(_))));
    assert_eq!(error.to_string(), "CreateOAuth2Token: ValidationException: no (HTTP 400)");
}

#[test]
fn a_response_that_cannot_be_read_becomes_an_error() {
    let error = response::<CreateOAuth2Token>(Response::new("[]".into())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response);
    assert_eq!(error.raw_response().unwrap().body(), "[]");
}
