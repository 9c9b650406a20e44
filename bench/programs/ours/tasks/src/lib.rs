//! Six tasks with the generated client. `../../../peer/tasks` has the same tasks with the peer's client.
//!
//! Each module is complete, with its imports. The test `tasks` of `xtask` counts the lines of both versions.

/// An input with many members.
pub mod many_members {
    use signin_client::types::CreateOAuth2TokenRequestBody;

    /// Returns the request that redeems an authorization code.
    pub fn request(code: &str, verifier: &str) -> CreateOAuth2TokenRequestBody {
        CreateOAuth2TokenRequestBody::new("arn:aws:signin:::devtools/same-device", "authorization_code")
            .code(code)
            .redirect_uri("http://127.0.0.1:8080/oauth/callback")
            .code_verifier(verifier)
    }
}

/// Optional members, from values that are optional themselves.
pub mod optional_members {
    use signin_client::SetOptional;
    use signin_client::types::CreateOAuth2TokenRequestBody;

    /// Returns a request of either grant type.
    pub fn request(
        grant_type: &str,
        code: Option<String>,
        verifier: Option<String>,
        refresh_token: Option<String>,
    ) -> CreateOAuth2TokenRequestBody {
        CreateOAuth2TokenRequestBody::new("arn:aws:signin:::devtools/same-device", grant_type)
            .set_optional(code, CreateOAuth2TokenRequestBody::code)
            .set_optional(verifier, CreateOAuth2TokenRequestBody::code_verifier)
            .set_optional(refresh_token, CreateOAuth2TokenRequestBody::refresh_token)
    }
}

/// A match on one error of the service.
pub mod match_one_error {
    use signin_client::error::CreateOAuth2TokenError;
    use signin_client::types::{CreateOAuth2TokenRequestBody, OAuth2ErrorCode};
    use signin_client::{Client, Error};

    /// Returns false if the refresh token has expired.
    pub async fn refresh(
        client: &Client,
        request: CreateOAuth2TokenRequestBody,
    ) -> Result<bool, Error<CreateOAuth2TokenError>> {
        match client.create_oauth2_token(request).await {
            Ok(_) => Ok(true),
            Err(error) => match error.service_error() {
                Some(CreateOAuth2TokenError::AccessDeniedException(denied))
                    if denied.error == OAuth2ErrorCode::TokenExpired =>
                {
                    Ok(false)
                }
                _ => Err(error),
            },
        }
    }
}

/// A mock in a test.
#[cfg(test)]
mod mock_in_a_test {
    use signin_client::Client;
    use signin_client::operation::CreateOAuth2Token;
    use signin_client::runtime::testing::MockTransport;
    use signin_client::types::*;

    #[tokio::test]
    async fn reads_the_mocked_output() {
        let mock = MockTransport::new().on::<CreateOAuth2Token>(|_| {
            let token = AccessToken::new("id", "key", "session");
            let body = CreateOAuth2TokenResponseBody::new(token, "aws_sigv4", 900, "next");
            Ok(CreateOAuth2TokenResponse::new(body))
        });
        let client = Client::builder().region("us-east-1").transport(mock.clone()).build().unwrap();

        let request = CreateOAuth2TokenRequestBody::new("client", "refresh_token").refresh_token("stored");
        let output = client.create_oauth2_token(request).await.unwrap();

        assert_eq!(output.token_output.expires_in, 900);
        assert_eq!(mock.requests().len(), 1);
    }
}

/// A timeout for one call.
pub mod timeout_for_one_call {
    use signin_client::types::{CreateOAuth2TokenRequestBody, CreateOAuth2TokenResponse};
    use signin_client::{AnyError, Client};
    use std::time::Duration;

    /// Refreshes a token in five seconds, including retries.
    pub async fn refresh(
        client: &Client,
        request: CreateOAuth2TokenRequestBody,
    ) -> Result<CreateOAuth2TokenResponse, AnyError> {
        Ok(client.create_oauth2_token(request).timeout(Duration::from_secs(5)).await?)
    }
}

/// A function that makes three calls.
pub mod three_calls {
    use signin_client::types::{CreateOAuth2TokenRequestBody, CreateOAuth2TokenResponse};
    use signin_client::{AnyError, Client};

    /// Refreshes the tokens of three sessions.
    pub async fn refresh(
        client: &Client,
        [first, second, third]: [CreateOAuth2TokenRequestBody; 3],
    ) -> Result<[CreateOAuth2TokenResponse; 3], AnyError> {
        let first = client.create_oauth2_token(first).await?;
        let second = client.create_oauth2_token(second).await?;
        let third = client.create_oauth2_token(third).await?;
        Ok([first, second, third])
    }
}
