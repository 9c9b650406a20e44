//! What can be set for one call, and known of it.

use farrier_tests::server::Server;
use farrier_tests::signin::{REQUEST_ID, client, granted, refresh_grant};
use signin_client::ErrorKind;

#[tokio::test]
async fn a_header_is_sent_with_the_call_it_is_set_for() {
    let server = Server::always(granted());
    let client = client(&server);
    let call = client.create_oauth2_token(refresh_grant());
    call.header("X-Trace", "first").header("x-trace", "second").header("x-other", "o").await.unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap();

    let [first, second] = &server.requests()[..] else { panic!("there were two requests") };
    assert_eq!((first.header("x-trace"), first.header("x-other")), (Some("second"), Some("o")));
    assert_eq!((second.header("x-trace"), second.header("x-other")), (None, None));
}

#[tokio::test]
async fn a_header_of_the_call_replaces_that_of_the_protocol() {
    let server = Server::always(granted());
    let call = client(&server).create_oauth2_token(refresh_grant());
    call.header("content-type", "application/x-test").await.unwrap();
    assert_eq!(server.requests()[0].header("content-type"), Some("application/x-test"));
}

#[tokio::test]
async fn an_invalid_header_is_an_error_and_nothing_is_sent() {
    let server = Server::always(granted());
    for (name, value, text) in [
        ("two words", "v", "`two words` is not a header name"),
        ("", "v", "`` is not a header name"),
        ("line\nbreak", "v", r"`line\nbreak` is not a header name"),
        ("x-trace", "line\nbreak", "the value for header `x-trace` holds a control character"),
    ] {
        let call = client(&server).create_oauth2_token(refresh_grant()).header(name, value);
        let error = call.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Serialization);
        let expected = format!("CreateOAuth2Token: the input cannot be sent: {text}");
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.attempts(), 0);
        assert!(!error.is_retryable());
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn metadata_comes_with_the_output() {
    let server = Server::always(granted().header("x-extra", "e"));
    let call = client(&server).create_oauth2_token(refresh_grant()).with_metadata();
    let response = call.await.unwrap();
    assert_eq!(response.output.token_output.expires_in, 900);
    assert_eq!(response.metadata.status(), 200);
    assert_eq!(response.metadata.headers()["x-extra"], "e");
    assert_eq!(response.metadata.request_id(), Some(REQUEST_ID));
    assert_eq!(response.metadata.attempts(), 1);
}

#[tokio::test]
async fn a_call_that_is_not_awaited_is_not_sent() {
    let server = Server::always(granted());
    drop(client(&server).create_oauth2_token(refresh_grant()));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn the_builder_takes_structures_as_they_are() {
    let server = Server::always(granted());
    let mut body = refresh_grant();
    body.refresh_token = None;
    body.client_id = String::new();
    client(&server).create_oauth2_token(body).await.unwrap();
    let sent = server.requests()[0].json();
    assert_eq!(sent, serde_json::json!({ "clientId": "", "grantType": "refresh_token" }));
}
