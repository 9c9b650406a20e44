//! A program without an async runtime.

use signin_client::blocking::Client;
use signin_client::types::CreateOAuth2TokenRequestBody;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().endpoint_url("https://signin.example.com").build()?;
    let request = CreateOAuth2TokenRequestBody::new("client-id", "refresh_token").refresh_token("token");
    let tokens = client.create_oauth2_token(request).send()?.token_output;
    println!("valid for {} s", tokens.expires_in);
    Ok(())
}
