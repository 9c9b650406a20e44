//! Code shared by the probes.

use aws_sdk_signin::config::{Builder, Region};
use aws_sdk_signin::error::BuildError;
use aws_sdk_signin::types::CreateOAuth2TokenRequestBody;
use aws_sdk_signin::{Client, Config};
use harness::{CLIENT_ID, Result};

/// Returns a `refresh_token` grant.
pub fn grant() -> std::result::Result<CreateOAuth2TokenRequestBody, BuildError> {
    CreateOAuth2TokenRequestBody::builder()
        .client_id(CLIENT_ID)
        .grant_type("refresh_token")
        .refresh_token("the-refresh-token")
        .build()
}

/// Returns a configuration with an endpoint URL.
pub fn config(url: &str) -> Builder {
    Config::builder().region(Region::new("us-east-1")).endpoint_url(url)
}

/// Creates a client with an endpoint URL.
pub fn client(url: &str) -> Client {
    Client::from_conf(config(url).build())
}

/// Makes one call.
pub async fn refresh(client: &Client) -> Result {
    std::hint::black_box(client.create_o_auth2_token().token_input(grant()?).send().await?);
    Ok(())
}
