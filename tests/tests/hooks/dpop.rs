//! Proofs of possession ([DPoP](https://www.rfc-editor.org/rfc/rfc9449)), made by a hook for each attempt.

use crate::support::{Before, hooked};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64_URL};
use farrier_runtime::client::{Attempt, Hook};
use farrier_tests::dpop::Verifier;
use farrier_tests::server::{Request, ScriptedResponse, Server};
use farrier_tests::signin::{granted, refresh_grant};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use p256::elliptic_curve::Generate;
use serde_json::{Value, json};
use std::time::UNIX_EPOCH;

/// A token of a header and claims, signed.
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

fn proving(key: SigningKey) -> impl Hook {
    Before(move |attempt: &mut Attempt| {
        let claims = claims(attempt.method().as_str(), &attempt.uri().to_string());
        attempt.headers_mut().insert("dpop", sign(&key, &header(&key), &claims).try_into()?);
        Ok(())
    })
}

#[tokio::test]
async fn each_attempt_has_a_valid_proof_of_its_own() {
    let server = Server::script([ScriptedResponse::new(503), ScriptedResponse::new(503), granted()]);
    let client = hooked(&server, proving(SigningKey::generate()));
    let response = client.create_oauth2_token(refresh_grant()).with_metadata().await.unwrap();
    assert_eq!(response.metadata.attempts(), 3);
    let mut verifier = Verifier::new();
    for request in server.requests() {
        assert_eq!(verifier.verify(&request), Ok(()));
    }
    assert_eq!(verifier.proofs(), 3);
    assert_eq!(verifier.verify(&server.requests()[1]), Err("`jti` was seen before"));
}

/// A request with a proof.
fn request(proof: &str) -> Request {
    let headers = [("host", "signin.test"), ("dpop", proof)];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    Request { method: "POST".to_owned(), path: "/v1/token?a=b".to_owned(), headers, body: Vec::new() }
}

/// What a server says of a proof whose header and claims were changed before they were signed.
fn verdict(change: impl FnOnce(&mut Value, &mut Value)) -> Result<(), &'static str> {
    let key = SigningKey::generate();
    let (mut header, mut claims) = (header(&key), claims("POST", "http://signin.test/v1/token"));
    change(&mut header, &mut claims);
    Verifier::new().verify(&request(&sign(&key, &header, &claims)))
}

#[test]
fn what_is_no_valid_proof_is_turned_away() {
    assert_eq!(verdict(|_, _| ()), Ok(()));
    let another = "`typ` or `alg` is another";
    assert_eq!(verdict(|header, _| header["typ"] = json!("JWT")), Err(another));
    assert_eq!(verdict(|header, _| header["alg"] = json!("none")), Err(another));
    let no_key = "`jwk` is not a public key on P-256";
    assert_eq!(verdict(|header, _| header["jwk"]["crv"] = json!("P-384")), Err(no_key));
    assert_eq!(verdict(|header, _| header["jwk"]["d"] = json!("private")), Err(no_key));
    let others = SigningKey::generate();
    let stolen = verdict(|shown, _| shown["jwk"] = header(&others)["jwk"].clone());
    assert_eq!(stolen, Err("the signature is not by this key"));
    assert_eq!(verdict(|_, claims| claims["htm"] = json!("GET")), Err("`htm` is another method"));
    let elsewhere = json!("http://signin.test/v1/token?a=b");
    assert_eq!(verdict(|_, claims| claims["htu"] = elsewhere), Err("`htu` is another URI"));
    let old = UNIX_EPOCH.elapsed().unwrap().as_secs() - 3600;
    assert_eq!(verdict(|_, claims| claims["iat"] = json!(old)), Err("`iat` is not now"));
    assert_eq!(verdict(|_, claims| claims["jti"] = json!("1")), Err("`jti` is missing or short"));
}
