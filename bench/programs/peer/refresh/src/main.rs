//! Renews credentials with a refresh token: `refresh URL`.

use aws_sdk_signin::config::Region;
use aws_sdk_signin::types::CreateOAuth2TokenRequestBody;
use aws_sdk_signin::{Client, Config};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("missing argument: endpoint URL")?;
    let config = Config::builder().region(Region::new("us-east-1")).endpoint_url(url).build();
    let client = Client::from_conf(config);
    let grant = CreateOAuth2TokenRequestBody::builder()
        .client_id("arn:aws:signin:::devtools/same-device")
        .grant_type("refresh_token")
        .refresh_token("the-refresh-token")
        .build()?;
    let output = client.create_o_auth2_token().token_input(grant).send().await?;
    println!("{}", output.token_output().map_or(0, |tokens| tokens.expires_in()));
    Ok(())
}
