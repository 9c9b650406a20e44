//! Verification of [DPoP](https://www.rfc-editor.org/rfc/rfc9449#section-4.3) proofs, as a server does it.
//!
//! It shares no code with the creation of proofs, so that tests of proofs are independent of it.

use crate::server::Request;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64_URL};
use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier as _};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The maximum difference between a proof's time and now.
const TOLERANCE: Duration = Duration::from_secs(60);

/// A verifier of DPoP proofs that rejects replayed ones.
#[derive(Debug, Default)]
pub struct Verifier {
    seen: BTreeSet<String>,
}

impl Verifier {
    /// Creates a verifier that has seen no proofs.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the number of valid proofs so far. Their ids are distinct.
    pub fn proofs(&self) -> usize {
        self.seen.len()
    }

    /// Verifies the proof of a request over plain HTTP.
    ///
    /// # Errors
    /// Returns a message if the proof is missing or invalid.
    pub fn verify(&mut self, request: &Request) -> Result<(), &'static str> {
        let proof = request.header("dpop").ok_or("the `dpop` header is missing")?;
        let claims = signed_claims(proof)?;
        let host = request.header("host").ok_or("the `host` header is missing")?;
        let path = request.path.split('?').next().unwrap_or_default();
        if claims["htm"] != request.method.as_str() {
            return Err("`htm` does not match the method");
        }
        if claims["htu"] != format!("http://{host}{path}") {
            return Err("`htu` does not match the URI");
        }
        let issued_at = claims["iat"].as_u64().ok_or("`iat` is not a number")?;
        if !is_recent(UNIX_EPOCH + Duration::from_secs(issued_at)) {
            return Err("`iat` is too far from the current time");
        }
        let id = claims["jti"].as_str().filter(|id| id.len() >= 16).ok_or("`jti` is missing or too short")?;
        if !self.seen.insert(id.to_owned()) {
            return Err("`jti` was already used");
        }
        Ok(())
    }
}

/// Verifies the signature of a proof with its embedded key and returns the claims.
fn signed_claims(proof: &str) -> Result<Value, &'static str> {
    let (text, signature) = proof.rsplit_once('.').ok_or("the signature is missing")?;
    let (header, claims) = text.split_once('.').ok_or("the claims are missing")?;
    let header = read(header)?;
    if header["typ"] != "dpop+jwt" || header["alg"] != "ES256" {
        return Err("`typ` or `alg` has an unexpected value");
    }
    let signature = Signature::from_slice(&bytes(signature)?).map_err(|_| "the signature is malformed")?;
    let verified = key(&header["jwk"])?.verify(text.as_bytes(), &signature);
    verified.map_err(|_| "the signature does not match `jwk`")?;
    read(claims)
}

fn key(jwk: &Value) -> Result<VerifyingKey, &'static str> {
    let coordinate = |name: &str| bytes(jwk[name].as_str().unwrap_or_default());
    let (x, y) = (coordinate("x")?, coordinate("y")?);
    if *jwk != json!({ "kty": "EC", "crv": "P-256", "x": jwk["x"], "y": jwk["y"] }) {
        return Err("`jwk` is not a public key on P-256");
    }
    // An uncompressed point in SEC 1 encoding.
    let point = [&[4], x.as_slice(), y.as_slice()].concat();
    VerifyingKey::from_sec1_bytes(&point).map_err(|_| "`jwk` is not a point on P-256")
}

fn is_recent(time: SystemTime) -> bool {
    let now = SystemTime::now();
    now.duration_since(time).or_else(|_| time.duration_since(now)).is_ok_and(|apart| apart <= TOLERANCE)
}

fn read(part: &str) -> Result<Value, &'static str> {
    serde_json::from_slice(&bytes(part)?).map_err(|_| "a part is not JSON")
}

fn bytes(part: &str) -> Result<Vec<u8>, &'static str> {
    BASE64_URL.decode(part).map_err(|_| "a part is not base64url without padding")
}
