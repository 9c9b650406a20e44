//! Requests and responses of both grant types, as sent on the wire.

use farrier_tests::server::{Request, ScriptedResponse, Server};
use farrier_tests::signin::{
    CLIENT_ID, client, code_grant, refresh_grant, token_response, tokens, with_request_id,
};
use serde_json::json;
use signin_client::types::{AccessToken, CreateOAuth2TokenResponseBody};

fn only_request(server: &Server) -> Request {
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}

fn response_body() -> CreateOAuth2TokenResponseBody {
    CreateOAuth2TokenResponseBody::new(
        AccessToken::new("the-access-key-id", "the-secret-access-key", "the-session-token"),
        "aws_sigv4",
        900,
        "the-next-refresh-token",
    )
}

#[tokio::test]
async fn authorization_code_request_has_only_set_members() {
    let server = Server::always(token_response());
    client(&server).create_oauth2_token(code_grant()).await.unwrap();

    let request = only_request(&server);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/v1/token"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("content-length"), Some(request.body.len().to_string().as_str()));
    assert_eq!(request.header("transfer-encoding"), None);
    assert_eq!(request.header("authorization"), None, "public clients are not signed");
    assert_eq!(request.header("host"), server.url().strip_prefix("http://"));
    assert_eq!(
        request.json(),
        json!({
            "clientId": CLIENT_ID,
            "grantType": "authorization_code",
            "code": "the-code",
            "redirectUri": "http://127.0.0.1:8400/callback",
            "codeVerifier": "the-verifier-is-made-of-43-characters-at-least",
        })
    );
}

#[tokio::test]
async fn refresh_request_has_only_set_members() {
    let server = Server::always(token_response());
    client(&server).create_oauth2_token(refresh_grant()).await.unwrap();

    let expected = format!(
        r#"{{"clientId":"{CLIENT_ID}","grantType":"refresh_token","refreshToken":"the-refresh-token"}}"#
    );
    assert_eq!(String::from_utf8(only_request(&server).body).unwrap(), expected);
}

#[tokio::test]
async fn authorization_code_response_has_an_id_token() {
    let mut body = tokens();
    body["idToken"] = "the-id-token".into();
    let server = Server::always(ScriptedResponse::json(200, body.to_string()));
    let output = client(&server).create_oauth2_token(code_grant()).await.unwrap();
    assert_eq!(output.token_output, response_body().id_token("the-id-token"));
}

#[tokio::test]
async fn refresh_response_has_no_id_token() {
    let server = Server::always(token_response());
    let output = client(&server).create_oauth2_token(refresh_grant()).await.unwrap();
    assert_eq!(output.token_output, response_body());
}

#[tokio::test]
async fn json_escapes_round_trip() {
    let text = "quote \" backslash \\ newline \n null \0 snowman ☃ emoji 🦀";
    let mut body = tokens();
    body["refreshToken"] = text.into();
    let server = Server::always(ScriptedResponse::json(200, body.to_string()));
    let output = client(&server).create_oauth2_token(refresh_grant().refresh_token(text)).await.unwrap();
    assert_eq!(only_request(&server).json()["refreshToken"], text);
    assert_eq!(output.token_output.refresh_token, text);
}

#[tokio::test]
async fn ignores_unknown_members() {
    let mut body = tokens();
    body["scope"] = json!({ "nested": [1, 2.5, null, true, { "deep": "text" }] });
    body["accessToken"]["expires"] = json!(17);
    let server = Server::always(ScriptedResponse::json(200, body.to_string()));
    let output = client(&server).create_oauth2_token(refresh_grant()).await.unwrap();
    assert_eq!(output.token_output, response_body());
}

#[tokio::test]
async fn missing_required_members_are_empty() {
    let server = Server::always(ScriptedResponse::json(200, r#"{"accessToken": {}, "tokenType": null}"#));
    let output = client(&server).create_oauth2_token(refresh_grant()).await.unwrap().token_output;
    let expected = CreateOAuth2TokenResponseBody::new(AccessToken::new("", "", ""), "", 0, "");
    assert_eq!(output, expected);
}

#[tokio::test]
async fn reads_a_chunked_response() {
    let response = ScriptedResponse::json(200, tokens().to_string()).chunked();
    let server = Server::always(with_request_id(response));
    let output = client(&server).create_oauth2_token(refresh_grant()).await.unwrap();
    assert_eq!(output.token_output, response_body());
}

#[tokio::test]
async fn sequential_calls_share_a_connection() {
    let server = Server::always(token_response());
    let client = client(&server);
    for _ in 0..3 {
        client.create_oauth2_token(refresh_grant()).await.unwrap();
    }
    assert_eq!(server.requests().len(), 3);
    assert_eq!(server.connections(), 1);
}
