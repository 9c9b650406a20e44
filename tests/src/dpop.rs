//! Verifies proofs of possession as a server does ([DPoP](https://www.rfc-editor.org/rfc/rfc9449#section-4.3)).
//!
//! It shares no code with what makes them: only then is it a check of it.

use crate::server::Request;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64_URL};
use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier as _};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// So old, or so far ahead, may a proof be.
const TOLERANCE: Duration = Duration::from_secs(60);

/// A server's memory of proofs, each of which is good for one request.
#[derive(Debug, Default)]
pub struct Verifier {
    seen: BTreeSet<String>,
}

impl Verifier {
    /// One that has seen no proof.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many proofs were valid so far. No two of them have the same id.
    pub fn proofs(&self) -> usize {
        self.seen.len()
    }

    /// Verifies the proof of a request that came over plain HTTP. The error says what is wrong with it.
    pub fn verify(&mut self, request: &Request) -> Result<(), &'static str> {
        let proof = request.header("dpop").ok_or("there is no proof")?;
        let claims = signed_claims(proof)?;
        let host = request.header("host").ok_or("the request names no host")?;
        let path = request.path.split('?').next().unwrap_or_default();
        if claims["htm"] != request.method.as_str() {
            return Err("`htm` is another method");
        }
        if claims["htu"] != format!("http://{host}{path}") {
            return Err("`htu` is another URI");
        }
        let made = claims["iat"].as_u64().ok_or("`iat` is not a number")?;
        if !is_recent(UNIX_EPOCH + Duration::from_secs(made)) {
            return Err("`iat` is not now");
        }
        let id = claims["jti"].as_str().filter(|id| id.len() >= 16).ok_or("`jti` is missing or short")?;
        if !self.seen.insert(id.to_owned()) {
            return Err("`jti` was seen before");
        }
        Ok(())
    }
}

/// The claims of a proof that its own key has signed.
fn signed_claims(proof: &str) -> Result<Value, &'static str> {
    let (text, signature) = proof.rsplit_once('.').ok_or("there is no signature")?;
    let (header, claims) = text.split_once('.').ok_or("there are no claims")?;
    let header = read(header)?;
    if header["typ"] != "dpop+jwt" || header["alg"] != "ES256" {
        return Err("`typ` or `alg` is another");
    }
    let signature = Signature::from_slice(&bytes(signature)?).map_err(|_| "the signature is not r and s")?;
    let verified = key(&header["jwk"])?.verify(text.as_bytes(), &signature);
    verified.map_err(|_| "the signature is not by this key")?;
    read(claims)
}

fn key(jwk: &Value) -> Result<VerifyingKey, &'static str> {
    let coordinate = |name: &str| bytes(jwk[name].as_str().unwrap_or_default());
    let (x, y) = (coordinate("x")?, coordinate("y")?);
    if *jwk != json!({ "kty": "EC", "crv": "P-256", "x": jwk["x"], "y": jwk["y"] }) {
        return Err("`jwk` is not a public key on P-256");
    }
    // A point as SEC 1 writes it uncompressed.
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
