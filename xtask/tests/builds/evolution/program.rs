//! A program that uses the current API of the Sign-In client.

use signin_client::error::CreateOAuth2TokenError;
use signin_client::runtime::client::BuildError;
use signin_client::types::{
    AccessDeniedException, AccessToken, CreateOAuth2TokenRequest, CreateOAuth2TokenRequestBody, CreateOAuth2TokenResponse,
    CreateOAuth2TokenResponseBody, OAuth2ErrorCode,
};
use signin_client::{Client, Error, ErrorKind, operation};

pub fn client() -> Result<Client, BuildError> {
    Client::builder().endpoint_url("https://example.com").retries(1).build()
}

pub async fn redeem(client: &Client) -> Result<AccessToken, Error<CreateOAuth2TokenError>> {
    let body = CreateOAuth2TokenRequestBody::new("client", "authorization_code")
        .code("code")
        .redirect_uri("http://127.0.0.1/")
        .code_verifier("verifier");
    Ok(client.create_oauth2_token(body).await?.token_output.access_token)
}

pub async fn refresh(client: &Client, token: String) -> Result<(String, i32), String> {
    let body = CreateOAuth2TokenRequestBody::new("client", "refresh_token").refresh_token(token);
    let call = client.create_oauth2_token(CreateOAuth2TokenRequest::new(body)).with_metadata();
    let response = call.await.map_err(advice)?;
    let CreateOAuth2TokenResponseBody { refresh_token, expires_in, .. } = response.output.token_output;
    Ok((refresh_token, expires_in))
}

pub fn advice(error: Error<CreateOAuth2TokenError>) -> String {
    match error.service_error() {
        Some(CreateOAuth2TokenError::AccessDeniedException(AccessDeniedException { error, .. })) => match error {
            OAuth2ErrorCode::TokenExpired | OAuth2ErrorCode::AuthcodeExpired => "sign in again".to_owned(),
            OAuth2ErrorCode::Unknown(code) => format!("unknown code: {code}"),
            other => other.as_str().to_owned(),
        },
        Some(CreateOAuth2TokenError::TooManyRequestsError(throttled)) => throttled.message.clone(),
        Some(other) => other.to_string(),
        None if error.kind() == ErrorKind::Connection => "check the network".to_owned(),
        None => error.to_string(),
    }
}

pub fn without_a_client(
    response: http::Response<bytes::Bytes>,
) -> Result<CreateOAuth2TokenResponse, Error<CreateOAuth2TokenError>> {
    signin_client::runtime::operation::response::<operation::CreateOAuth2Token>(response)
}

pub fn sample_response() -> CreateOAuth2TokenResponse {
    let token = AccessToken::new("id", "key", "session");
    CreateOAuth2TokenResponse::new(CreateOAuth2TokenResponseBody::new(token, "aws_sigv4", 900, "refresh"))
}
