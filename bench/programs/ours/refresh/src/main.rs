//! Renews credentials with a refresh token: `refresh URL`.

use signin_client::Client;
use signin_client::types::CreateOAuth2TokenRequestBody;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("missing argument: endpoint URL")?;
    let client = Client::builder().endpoint_url(url).build()?;
    let grant = CreateOAuth2TokenRequestBody::new("arn:aws:signin:::devtools/same-device", "refresh_token")
        .refresh_token("the-refresh-token");
    let output = client.create_oauth2_token(grant).await?;
    println!("{}", output.token_output.expires_in);
    Ok(())
}
