//! Renews credentials with a refresh token, without an async runtime.
//!
//! Run it with `cargo run --example blocking`: it starts a fake Sign-In server.

use farrier_tests::signin_server::SigninServer;
use signin_client::blocking::Client;
use signin_client::types::CreateOAuth2TokenRequestBody;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = SigninServer::start();
    let stored = server.refresh_token();

    let client = Client::builder().endpoint_url(server.url()).build()?;
    let request = CreateOAuth2TokenRequestBody::new("arn:aws:signin:::devtools/same-device", "refresh_token")
        .refresh_token(stored);

    let tokens = client.create_oauth2_token(request).send()?.token_output;
    println!("Refreshed. The credentials are valid for {} seconds.", tokens.expires_in);
    Ok(())
}
