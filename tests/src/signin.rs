//! Inputs and responses of Sign-In for tests.

use crate::server::{ScriptedResponse, Server};
use serde_json::{Value, json};
use signin_client::Client;
use signin_client::types::CreateOAuth2TokenRequestBody;

/// The client id of a tool on the same device as the user's browser.
pub const CLIENT_ID: &str = "arn:aws:signin:::devtools/same-device";

/// The request id of [`token_response`] and [`error_response`].
pub const REQUEST_ID: &str = "7a1c7d7e-0f7b-4b0c-9d55-0c3f9f1f2a3b";

/// Creates a client of a server.
pub fn client(server: &Server) -> Client {
    client_at(server.url())
}

/// Creates a client with an endpoint URL.
pub fn client_at(url: impl Into<String>) -> Client {
    Client::builder().endpoint_url(url).build().expect("the URL is valid")
}

/// Returns an `authorization_code` grant.
pub fn code_grant() -> CreateOAuth2TokenRequestBody {
    CreateOAuth2TokenRequestBody::new(CLIENT_ID, "authorization_code")
        .code("the-code")
        .redirect_uri("http://127.0.0.1:8400/callback")
        .code_verifier("the-verifier-is-made-of-43-characters-at-least")
}

/// Returns a `refresh_token` grant.
pub fn refresh_grant() -> CreateOAuth2TokenRequestBody {
    CreateOAuth2TokenRequestBody::new(CLIENT_ID, "refresh_token").refresh_token("the-refresh-token")
}

/// Returns the body of a successful response to [`refresh_grant`].
pub fn tokens() -> Value {
    json!({
        "accessToken": {
            "accessKeyId": "the-access-key-id",
            "secretAccessKey": "the-secret-access-key",
            "sessionToken": "the-session-token",
        },
        "tokenType": "aws_sigv4",
        "expiresIn": 900,
        "refreshToken": "the-next-refresh-token",
    })
}

/// Returns a successful response to [`refresh_grant`].
pub fn token_response() -> ScriptedResponse {
    with_request_id(ScriptedResponse::json(200, tokens().to_string()))
}

/// Returns a response with an error shape of the model.
pub fn error_response(status: u16, shape: &str, code: &str) -> ScriptedResponse {
    let body = json!({ "error": code, "message": "the message" }).to_string();
    with_request_id(ScriptedResponse::json(status, body).header("x-amzn-errortype", shape))
}

/// Adds the header with [`REQUEST_ID`] to a response.
pub fn with_request_id(response: ScriptedResponse) -> ScriptedResponse {
    response.header("x-amzn-requestid", REQUEST_ID)
}
