//! Proves possession of a key with each attempt, so that a stolen refresh token cannot be used.
//!
//! Run it with `cargo run --example dpop`: it starts a fake Sign-In server that verifies each proof and
//! responds 503 to the first request.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64_URL};
use farrier_tests::signin_server::SigninServer;
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use p256::elliptic_curve::Generate;
use serde_json::json;
use signin_client::Client;
use signin_client::runtime::client::{Attempt, Hook};
use signin_client::runtime::transport::BoxError;
use signin_client::types::CreateOAuth2TokenRequestBody;
use std::time::UNIX_EPOCH;

/// Signs a proof of possession for each attempt ([DPoP](https://www.rfc-editor.org/rfc/rfc9449)).
struct Dpop(SigningKey);

impl Hook for Dpop {
    async fn before_attempt(&self, attempt: &mut Attempt<'_>) -> Result<(), BoxError> {
        let key = self.0.verifying_key().to_sec1_point(false);
        let [x, y] = [key.x(), key.y()].map(|number| number.map(|bytes| BASE64_URL.encode(bytes)));
        let header = json!({
            "typ": "dpop+jwt",
            "alg": "ES256",
            "jwk": { "kty": "EC", "crv": "P-256", "x": x, "y": y },
        });
        let claims = json!({
            "jti": BASE64_URL.encode(<[u8; 16]>::generate()),
            "htm": attempt.method().as_str(),
            "htu": attempt.uri().to_string().split('?').next(),
            "iat": attempt.service_time().duration_since(UNIX_EPOCH)?.as_secs(),
        });
        let [header, claims] = [header, claims].map(|part| BASE64_URL.encode(part.to_string()));
        let signature: Signature = self.0.sign(format!("{header}.{claims}").as_bytes());
        let proof = format!("{header}.{claims}.{}", BASE64_URL.encode(signature.to_bytes()));
        attempt.headers_mut().insert("dpop", proof.try_into()?);
        Ok(())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = SigninServer::start_with_dpop();
    let stored = server.refresh_token();

    let client = Client::builder().endpoint_url(server.url()).hook(Dpop(SigningKey::generate())).build()?;
    let request = CreateOAuth2TokenRequestBody::new("arn:aws:signin:::devtools/same-device", "refresh_token")
        .refresh_token(stored);

    let response = client.create_oauth2_token(request).with_metadata().await?;
    println!("HTTP {}, attempt {}", response.metadata.status(), response.metadata.attempts());
    println!("The server verified {} different proofs.", server.proofs());
    Ok(())
}
