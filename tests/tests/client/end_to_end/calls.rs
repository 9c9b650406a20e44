//! Options of a single call, and the metadata of its response.

use farrier_tests::server::Server;
use farrier_tests::signin::{REQUEST_ID, client, refresh_grant, token_response};
use signin_client::ErrorKind;

#[tokio::test]
async fn header_applies_to_its_call_only() {
    let server = Server::always(token_response());
    let client = client(&server);
    let call = client.create_oauth2_token(refresh_grant());
    call.header("X-Trace", "first").header("x-trace", "second").header("x-other", "o").await.unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap();

    let [first, second] = &server.requests()[..] else { panic!("expected two requests") };
    assert_eq!((first.header("x-trace"), first.header("x-other")), (Some("second"), Some("o")));
    assert_eq!((second.header("x-trace"), second.header("x-other")), (None, None));
}

#[tokio::test]
async fn call_header_overrides_the_protocol_header() {
    let server = Server::always(token_response());
    let call = client(&server).create_oauth2_token(refresh_grant());
    call.header("content-type", "application/x-test").await.unwrap();
    assert_eq!(server.requests()[0].header("content-type"), Some("application/x-test"));
}

#[tokio::test]
async fn invalid_header_fails_before_sending() {
    let server = Server::always(token_response());
    for (name, value, text) in [
        ("two words", "v", "invalid header name `two words`"),
        ("", "v", "invalid header name ``"),
        ("line\nbreak", "v", r"invalid header name `line\nbreak`"),
        ("x-trace", "line\nbreak", "invalid value of header `x-trace`: it contains a control character"),
    ] {
        let call = client(&server).create_oauth2_token(refresh_grant()).header(name, value);
        let error = call.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Serialization);
        let expected = format!("CreateOAuth2Token: could not serialize the request: {text}");
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.attempts(), 0);
        assert!(!error.is_retryable());
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn with_metadata_returns_output_and_metadata() {
    let server = Server::always(token_response().header("x-extra", "e"));
    let call = client(&server).create_oauth2_token(refresh_grant()).with_metadata();
    let response = call.await.unwrap();
    assert_eq!(response.output.token_output.expires_in, 900);
    assert_eq!(response.metadata.status(), 200);
    assert_eq!(response.metadata.headers()["x-extra"], "e");
    assert_eq!(response.metadata.request_id(), Some(REQUEST_ID));
    assert_eq!(response.metadata.attempts(), 1);
}

#[tokio::test]
async fn call_is_not_sent_until_awaited() {
    let server = Server::always(token_response());
    drop(client(&server).create_oauth2_token(refresh_grant()));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn input_structure_is_sent_unchanged() {
    let server = Server::always(token_response());
    let mut body = refresh_grant();
    body.refresh_token = None;
    body.client_id = String::new();
    client(&server).create_oauth2_token(body).await.unwrap();
    let sent = server.requests()[0].json();
    assert_eq!(sent, serde_json::json!({ "clientId": "", "grantType": "refresh_token" }));
}
