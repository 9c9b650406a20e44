//! Operations without a client or I/O: an input to a request, a response to an output or error.

use farrier_runtime::operation::{RequestOptions, request, response};
use farrier_tests::signin::{CLIENT_ID, refresh_grant, tokens};
use http::{Response, Uri};
use serde_json::{Value, json};
use signin_client::ErrorKind;
use signin_client::error::CreateOAuth2TokenError;
use signin_client::operation::CreateOAuth2Token;

#[test]
fn builds_a_request_from_an_input() {
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
fn endpoint_without_a_host_is_an_error() {
    let endpoint = Uri::from_static("/");
    let options = RequestOptions::default();
    let error = request::<CreateOAuth2Token>(refresh_grant().into(), &endpoint, &options).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Serialization);
    assert_eq!(error.attempts(), 0);
}

#[test]
fn parses_an_output() {
    let http_response = Response::new(tokens().to_string().into());
    let output = response::<CreateOAuth2Token>(http_response).unwrap();
    assert_eq!(output.token_output.access_token.session_token, "the-session-token");
}

#[test]
fn parses_a_service_error() {
    let body = r#"{"__type": "ValidationException", "error": "INVALID_REQUEST", "message": "no"}"#;
    let http_response = Response::builder().status(400).body(body.into()).unwrap();
    let error = response::<CreateOAuth2Token>(http_response).unwrap_err();
    assert!(matches!(error.service_error(), Some(CreateOAuth2TokenError::ValidationException(_))));
    assert_eq!(error.to_string(), "CreateOAuth2Token: ValidationException: no (HTTP 400)");
}

#[test]
fn malformed_response_is_an_error() {
    let error = response::<CreateOAuth2Token>(Response::new("[]".into())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response);
    assert_eq!(error.raw_response().unwrap().body(), "[]");
}
