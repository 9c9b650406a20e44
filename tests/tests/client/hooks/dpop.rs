//! [DPoP](https://www.rfc-editor.org/rfc/rfc9449) proofs, created by a hook for each attempt.

use super::support::{BeforeAttempt, client_with_hook};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64_URL};
use farrier_runtime::client::{Attempt, Hook};
use farrier_tests::dpop::Verifier;
use farrier_tests::server::{Request, ScriptedResponse, Server};
use farrier_tests::signin::{refresh_grant, token_response};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use p256::elliptic_curve::Generate;
use serde_json::{Value, json};
use std::time::UNIX_EPOCH;

/// Returns a signed JWT.
fn sign(key: &SigningKey, header: &Value, claims: &Value) -> String {
    let [header, claims] = [header, claims].map(|part| BASE64_URL.encode(part.to_string()));
    let signature: Signature = key.sign(format!("{header}.{claims}").as_bytes());
    format!("{header}.{claims}.{}", BASE64_URL.encode(signature.to_bytes()))
}

fn header(key: &SigningKey) -> Value {
    let point = key.verifying_key().to_sec1_point(false);
    let (x, y) = (BASE64_URL.encode(point.x().unwrap()), BASE64_URL.encode(point.y().unwrap()));
    json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": { "kty": "EC", "crv": "P-256", "x": x, "y": y } })
}

fn claims(method: &str, uri: &str) -> Value {
    let id = BASE64_URL.encode(<[u8; 16]>::generate());
    json!({ "jti": id, "htm": method, "htu": uri, "iat": UNIX_EPOCH.elapsed().unwrap().as_secs() })
}

fn dpop_hook(key: SigningKey) -> impl Hook {
    BeforeAttempt(move |attempt: &mut Attempt| {
        let claims = claims(attempt.method().as_str(), &attempt.uri().to_string());
        attempt.headers_mut().insert("dpop", sign(&key, &header(&key), &claims).try_into()?);
        Ok(())
    })
}

#[tokio::test]
async fn each_attempt_has_its_own_valid_proof() {
    let server = Server::script([ScriptedResponse::new(503), ScriptedResponse::new(503), token_response()]);
    let client = client_with_hook(&server, dpop_hook(SigningKey::generate()));
    let response = client.create_oauth2_token(refresh_grant()).with_metadata().await.unwrap();
    assert_eq!(response.metadata.attempts(), 3);
    let mut verifier = Verifier::new();
    for request in server.requests() {
        assert_eq!(verifier.verify(&request), Ok(()));
    }
    assert_eq!(verifier.proofs(), 3);
    assert_eq!(verifier.verify(&server.requests()[1]), Err("`jti` was already used"));
}

/// Returns a request with a proof.
fn request(proof: &str) -> Request {
    let headers = [("host", "signin.test"), ("dpop", proof)];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    Request { method: "POST".to_owned(), path: "/v1/token?a=b".to_owned(), headers, body: Vec::new() }
}

/// Verifies a proof whose header and claims were changed before signing.
fn verify_changed(change: impl FnOnce(&mut Value, &mut Value)) -> Result<(), &'static str> {
    let key = SigningKey::generate();
    let (mut header, mut claims) = (header(&key), claims("POST", "http://signin.test/v1/token"));
    change(&mut header, &mut claims);
    Verifier::new().verify(&request(&sign(&key, &header, &claims)))
}

#[test]
fn rejects_invalid_proofs() {
    assert_eq!(verify_changed(|_, _| ()), Ok(()));
    let wrong_type = "`typ` or `alg` has an unexpected value";
    assert_eq!(verify_changed(|header, _| header["typ"] = json!("JWT")), Err(wrong_type));
    assert_eq!(verify_changed(|header, _| header["alg"] = json!("none")), Err(wrong_type));
    let wrong_jwk = "`jwk` is not a public key on P-256";
    assert_eq!(verify_changed(|header, _| header["jwk"]["crv"] = json!("P-384")), Err(wrong_jwk));
    assert_eq!(verify_changed(|header, _| header["jwk"]["d"] = json!("private")), Err(wrong_jwk));
    let other_key = SigningKey::generate();
    let wrong_key = verify_changed(|proof_header, _| proof_header["jwk"] = header(&other_key)["jwk"].clone());
    assert_eq!(wrong_key, Err("the signature does not match `jwk`"));
    assert_eq!(
        verify_changed(|_, claims| claims["htm"] = json!("GET")),
        Err("`htm` does not match the method")
    );
    let wrong_uri = json!("http://signin.test/v1/token?a=b");
    assert_eq!(verify_changed(|_, claims| claims["htu"] = wrong_uri), Err("`htu` does not match the URI"));
    let old = UNIX_EPOCH.elapsed().unwrap().as_secs() - 3600;
    assert_eq!(
        verify_changed(|_, claims| claims["iat"] = json!(old)),
        Err("`iat` is too far from the current time")
    );
    assert_eq!(verify_changed(|_, claims| claims["jti"] = json!("1")), Err("`jti` is missing or too short"));
}
