//! Six tasks with the peer's client. `../../../ours/tasks` has the same tasks with the generated client.
//!
//! Each module is complete, with its imports. The test `tasks` of `xtask` counts the lines of both versions.

/// An input with many members.
pub mod many_members {
    use aws_sdk_signin::error::BuildError;
    use aws_sdk_signin::types::CreateOAuth2TokenRequestBody;

    /// Returns the request that redeems an authorization code.
    pub fn request(code: &str, verifier: &str) -> Result<CreateOAuth2TokenRequestBody, BuildError> {
        CreateOAuth2TokenRequestBody::builder()
            .client_id("arn:aws:signin:::devtools/same-device")
            .grant_type("authorization_code")
            .code(code)
            .redirect_uri("http://127.0.0.1:8080/oauth/callback")
            .code_verifier(verifier)
            .build()
    }
}

/// Optional members, from values that are optional themselves.
pub mod optional_members {
    use aws_sdk_signin::error::BuildError;
    use aws_sdk_signin::types::CreateOAuth2TokenRequestBody;

    /// Returns a request of either grant type.
    pub fn request(
        grant_type: &str,
        code: Option<String>,
        verifier: Option<String>,
        refresh_token: Option<String>,
    ) -> Result<CreateOAuth2TokenRequestBody, BuildError> {
        CreateOAuth2TokenRequestBody::builder()
            .client_id("arn:aws:signin:::devtools/same-device")
            .grant_type(grant_type)
            .set_code(code)
            .set_code_verifier(verifier)
            .set_refresh_token(refresh_token)
            .build()
    }
}

/// A match on one error of the service.
pub mod match_one_error {
    use aws_sdk_signin::Client;
    use aws_sdk_signin::error::SdkError;
    use aws_sdk_signin::operation::create_o_auth2_token::CreateOAuth2TokenError;
    use aws_sdk_signin::types::{CreateOAuth2TokenRequestBody, OAuth2ErrorCode};

    /// Returns false if the refresh token has expired.
    pub async fn refresh(
        client: &Client,
        request: CreateOAuth2TokenRequestBody,
    ) -> Result<bool, SdkError<CreateOAuth2TokenError>> {
        match client.create_o_auth2_token().token_input(request).send().await {
            Ok(_) => Ok(true),
            Err(error) => match error.as_service_error() {
                Some(CreateOAuth2TokenError::AccessDeniedException(denied))
                    if *denied.error() == OAuth2ErrorCode::TokenExpired =>
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
    use aws_sdk_signin::Client;
    use aws_sdk_signin::operation::create_o_auth2_token::CreateOAuth2TokenOutput;
    use aws_sdk_signin::types::*;
    use aws_smithy_mocks::{mock, mock_client};

    #[tokio::test]
    async fn reads_the_mocked_output() {
        let rule = mock!(Client::create_o_auth2_token).then_output(|| {
            let body = CreateOAuth2TokenResponseBody::builder()
                .token_type("aws_sigv4")
                .expires_in(900)
                .refresh_token("next")
                .build();
            CreateOAuth2TokenOutput::builder().token_output(body.unwrap()).build()
        });
        let client = mock_client!(aws_sdk_signin, [&rule]);

        let request = CreateOAuth2TokenRequestBody::builder()
            .client_id("client")
            .grant_type("refresh_token")
            .refresh_token("stored")
            .build();
        let output = client.create_o_auth2_token().token_input(request.unwrap()).send().await.unwrap();

        assert_eq!(output.token_output().unwrap().expires_in(), 900);
        assert_eq!(rule.num_calls(), 1);
    }
}

/// A timeout for one call.
pub mod timeout_for_one_call {
    use aws_sdk_signin::config::timeout::TimeoutConfig;
    use aws_sdk_signin::operation::create_o_auth2_token::CreateOAuth2TokenOutput;
    use aws_sdk_signin::types::CreateOAuth2TokenRequestBody;
    use aws_sdk_signin::{Client, Config, Error};
    use std::time::Duration;

    /// Refreshes a token in five seconds, including retries.
    pub async fn refresh(
        client: &Client,
        request: CreateOAuth2TokenRequestBody,
    ) -> Result<CreateOAuth2TokenOutput, Error> {
        let timeout = TimeoutConfig::builder().operation_timeout(Duration::from_secs(5)).build();
        let config = Config::builder().timeout_config(timeout);
        let call = client.create_o_auth2_token().token_input(request);
        Ok(call.customize().config_override(config).send().await?)
    }
}

/// A function that makes three calls.
pub mod three_calls {
    use aws_sdk_signin::operation::create_o_auth2_token::CreateOAuth2TokenOutput;
    use aws_sdk_signin::types::CreateOAuth2TokenRequestBody;
    use aws_sdk_signin::{Client, Error};

    /// Refreshes the tokens of three sessions.
    pub async fn refresh(
        client: &Client,
        [first, second, third]: [CreateOAuth2TokenRequestBody; 3],
    ) -> Result<[CreateOAuth2TokenOutput; 3], Error> {
        let first = client.create_o_auth2_token().token_input(first).send().await?;
        let second = client.create_o_auth2_token().token_input(second).send().await?;
        let third = client.create_o_auth2_token().token_input(third).send().await?;
        Ok([first, second, third])
    }
}
