//! Renews credentials with a refresh token.
//!
//! Run it with `cargo run --example refresh_token`: it starts a fake Sign-In server.

use farrier_tests::signin_server::SigninServer;
use signin_client::Client;
use signin_client::types::CreateOAuth2TokenRequestBody;
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = SigninServer::start();
    let stored = server.refresh_token();

    let client =
        Client::builder().endpoint_url(server.url()).timeout(Duration::from_secs(30)).retries(3).build()?;
    let request = CreateOAuth2TokenRequestBody::new("arn:aws:signin:::devtools/same-device", "refresh_token")
        .refresh_token(stored);

    let response = client.create_oauth2_token(request).with_metadata().await?;
    let tokens = response.output.token_output;
    println!("Refreshed. The credentials are valid for {} seconds.", tokens.expires_in);
    println!("HTTP {}, attempt {}", response.metadata.status(), response.metadata.attempts());
    println!("{tokens:#?}");
    Ok(())
}
