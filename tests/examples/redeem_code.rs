//! Redeems an authorization code for credentials, then inspects an error.
//!
//! Run it with `cargo run --example redeem_code`: it starts a fake Sign-In server.

use farrier_tests::signin_server::SigninServer;
use signin_client::Client;
use signin_client::error::CreateOAuth2TokenError;
use signin_client::types::{CreateOAuth2TokenRequestBody, OAuth2ErrorCode};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = SigninServer::start();
    let signed_in = server.sign_in();

    let client = Client::builder().endpoint_url(server.url()).build()?;
    let request =
        CreateOAuth2TokenRequestBody::new("arn:aws:signin:::devtools/same-device", "authorization_code")
            .code(signed_in.code)
            .redirect_uri(signed_in.redirect_uri)
            .code_verifier(signed_in.code_verifier);

    let tokens = client.create_oauth2_token(request.clone()).await?.token_output;
    println!("Signed in. The credentials are valid for {} seconds.", tokens.expires_in);
    println!("{tokens:#?}");

    // A code can be redeemed only once.
    let Err(error) = client.create_oauth2_token(request).await else {
        return Err("the code was redeemed twice".into());
    };
    println!("\nError: {error}");
    println!("  request id: {}", error.request_id().unwrap_or("none"));
    println!("  retryable: {}", error.is_retryable());
    match error.service_error() {
        Some(CreateOAuth2TokenError::AccessDeniedException(denied))
            if denied.error == OAuth2ErrorCode::AuthcodeExpired =>
        {
            println!("  action: sign in again");
        }
        other => println!("  unexpected error: {other:?}"),
    }
    Ok(())
}
