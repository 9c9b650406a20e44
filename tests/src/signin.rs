//! Sign-In's inputs and answers, as most tests use them.

use crate::server::{ScriptedResponse, Server};
use serde_json::{Value, json};
use signin_client::Client;
use signin_client::types::CreateOAuth2TokenRequestBody;

/// The client id of a tool that runs where its user's browser does.
pub const CLIENT_ID: &str = "arn:aws:signin:::devtools/same-device";

/// The request id in every [`refusal`].
pub const REQUEST_ID: &str = "7a1c7d7e-0f7b-4b0c-9d55-0c3f9f1f2a3b";

/// A client of a server.
pub fn client(server: &Server) -> Client {
    client_at(server.url())
}

/// A client of whatever is at a URL.
pub fn client_at(url: impl Into<String>) -> Client {
    Client::builder().endpoint_url(url).build().expect("the URL can be called")
}

/// Asks to redeem an authorization code.
pub fn code_grant() -> CreateOAuth2TokenRequestBody {
    CreateOAuth2TokenRequestBody::new(CLIENT_ID, "authorization_code")
        .code("the-code")
        .redirect_uri("http://127.0.0.1:8400/callback")
        .code_verifier("the-verifier-is-made-of-43-characters-at-least")
}

/// Asks to refresh credentials.
pub fn refresh_grant() -> CreateOAuth2TokenRequestBody {
    CreateOAuth2TokenRequestBody::new(CLIENT_ID, "refresh_token").refresh_token("the-refresh-token")
}

/// The body of the answer to a refresh.
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

/// The answer to a refresh.
pub fn granted() -> ScriptedResponse {
    with_request_id(ScriptedResponse::json(200, tokens().to_string()))
}

/// The answer with an error that the model declares.
pub fn refusal(status: u16, shape: &str, code: &str) -> ScriptedResponse {
    let body = json!({ "error": code, "message": "the message" }).to_string();
    with_request_id(ScriptedResponse::json(status, body).header("x-amzn-errortype", shape))
}

/// An answer with a request id.
pub fn with_request_id(answer: ScriptedResponse) -> ScriptedResponse {
    answer.header("x-amzn-requestid", REQUEST_ID)
}
