//! What the probes share.

use aws_sdk_signin::config::{Builder, Region};
use aws_sdk_signin::error::BuildError;
use aws_sdk_signin::types::CreateOAuth2TokenRequestBody;
use aws_sdk_signin::{Client, Config};
use harness::{CLIENT_ID, Result};

/// Asks to refresh credentials.
pub fn grant() -> std::result::Result<CreateOAuth2TokenRequestBody, BuildError> {
    CreateOAuth2TokenRequestBody::builder()
        .client_id(CLIENT_ID)
        .grant_type("refresh_token")
        .refresh_token("the-refresh-token")
        .build()
}

/// The configuration of a client of what is at a URL.
pub fn config(url: &str) -> Builder {
    Config::builder().region(Region::new("us-east-1")).endpoint_url(url)
}

/// A client of what is at a URL.
pub fn client(url: &str) -> Client {
    Client::from_conf(config(url).build())
}

/// Refreshes once.
pub async fn refresh(client: &Client) -> Result {
    std::hint::black_box(client.create_o_auth2_token().token_input(grant()?).send().await?);
    Ok(())
}
