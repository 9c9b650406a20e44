//! Verification of
//! [Signature Version
//! 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html) signatures
//! of received requests, as a service does it.
//!
//! It shares no code with the signer, so that tests of signatures are independent of it.

mod canonical;
mod request_signature;

use crate::server::Request;
use request_signature::RequestSignature;
use ring::{digest, hmac};
use std::time::{Duration, SystemTime};

/// The default access key id of verifiers, from AWS's examples.
pub const ACCESS_KEY_ID: &str = "AKIDEXAMPLE";

/// The secret access key of [`ACCESS_KEY_ID`].
pub const SECRET_ACCESS_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// The maximum difference between the clocks of client and service.
const CLOCK_TOLERANCE: Duration = Duration::from_secs(15 * 60);

/// A service with one access key, [`ACCESS_KEY_ID`] by default.
#[derive(Clone, Debug)]
pub struct Verifier {
    access_key_id: String,
    secret_access_key: String,
    service: String,
    region: String,
    session_token: Option<String>,
    now: SystemTime,
}

/// The reason why a signature is rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureError {
    /// The signature or this part of it is missing or malformed.
    Incomplete(&'static str),
    /// The credential has another key, date, region or service.
    Scope(String),
    /// The time differs too much from the service's time, or the URL has expired.
    Expired,
    /// The session token is missing or does not match.
    SessionToken,
    /// This header must be signed but is not.
    NotSigned(String),
    /// The body does not match the signed hash.
    Body,
    /// The signature does not match the request.
    Signature,
}

impl Verifier {
    /// Creates a service with this signing name and region, and the current time.
    pub fn new(service: &str, region: &str) -> Self {
        Self {
            access_key_id: ACCESS_KEY_ID.to_owned(),
            secret_access_key: SECRET_ACCESS_KEY.to_owned(),
            service: service.to_owned(),
            region: region.to_owned(),
            session_token: None,
            now: SystemTime::now(),
        }
    }

    /// Sets the access key.
    pub fn key(mut self, access_key_id: &str, secret_access_key: &str) -> Self {
        self.access_key_id = access_key_id.to_owned();
        self.secret_access_key = secret_access_key.to_owned();
        self
    }

    /// Sets the session token that requests must have.
    pub fn session_token(mut self, token: &str) -> Self {
        self.session_token = Some(token.to_owned());
        self
    }

    /// Sets the service's time.
    pub fn at(mut self, now: SystemTime) -> Self {
        self.now = now;
        self
    }

    /// Verifies the signature of a request.
    ///
    /// # Errors
    /// Returns an error if the signature is missing, malformed, expired or does not match.
    pub fn verify(&self, request: &Request) -> Result<(), SignatureError> {
        let signature = RequestSignature::of(request)?;
        self.verify_time(&signature)?;
        self.verify_scope(&signature)?;
        if signature.session_token != self.session_token {
            return Err(SignatureError::SessionToken);
        }
        verify_headers(request, &signature)?;
        let payload = self.payload(request, &signature)?;
        let canonical = self.canonical_request(request, &signature, &payload);
        let text = format!(
            "AWS4-HMAC-SHA256\n{}\n{}\n{}",
            signature.date_time,
            self.scope(&signature),
            sha256(canonical.as_bytes()),
        );
        let bytes = request_signature::from_hex(&signature.signature).ok_or(SignatureError::Signature)?;
        let key = self.signing_key(signature.date());
        hmac::verify(&key, text.as_bytes(), &bytes).map_err(|_| SignatureError::Signature)
    }

    fn is_s3(&self) -> bool {
        self.service.starts_with("s3")
    }

    fn verify_time(&self, signature: &RequestSignature) -> Result<(), SignatureError> {
        let signed = signature.time()?;
        let (earliest, latest) = match signature.expires_in {
            Some(limit) if limit > Duration::from_secs(604_800) => return Err(SignatureError::Expired),
            Some(limit) => (signed - CLOCK_TOLERANCE, signed + limit),
            None => (signed - CLOCK_TOLERANCE, signed + CLOCK_TOLERANCE),
        };
        if earliest <= self.now && self.now <= latest { Ok(()) } else { Err(SignatureError::Expired) }
    }

    fn scope(&self, signature: &RequestSignature) -> String {
        format!("{}/{}/{}/aws4_request", signature.date(), self.region, self.service)
    }

    fn verify_scope(&self, signature: &RequestSignature) -> Result<(), SignatureError> {
        let expected = format!("{}/{}", self.access_key_id, self.scope(signature));
        if signature.credential == expected {
            Ok(())
        } else {
            Err(SignatureError::Scope(signature.credential.clone()))
        }
    }

    /// Returns the payload hash of the canonical request.
    fn payload(&self, request: &Request, signature: &RequestSignature) -> Result<String, SignatureError> {
        let actual = sha256(&request.body);
        match request.header("x-amz-content-sha256") {
            Some("UNSIGNED-PAYLOAD") => Ok("UNSIGNED-PAYLOAD".to_owned()),
            Some(hash) if hash != actual => Err(SignatureError::Body),
            Some(_) => Ok(actual),
            None if self.is_s3() && signature.in_query => Ok("UNSIGNED-PAYLOAD".to_owned()),
            None if self.is_s3() => Err(SignatureError::Incomplete("x-amz-content-sha256")),
            None => Ok(actual),
        }
    }

    fn canonical_request(&self, request: &Request, signature: &RequestSignature, payload: &str) -> String {
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let path = if self.is_s3() { canonical::object_path(path) } else { canonical::path(path) };
        let headers = canonical::headers(&request.headers, &signature.signed_headers);
        format!(
            "{}\n{path}\n{}\n{headers}\n{}\n{payload}",
            request.method,
            canonical::query(query),
            signature.signed_headers.join(";"),
        )
    }

    fn signing_key(&self, date: &str) -> hmac::Key {
        let mut key = format!("AWS4{}", self.secret_access_key).into_bytes();
        for part in [date, &self.region, &self.service, "aws4_request"] {
            let signer = hmac::Key::new(hmac::HMAC_SHA256, &key);
            key = hmac::sign(&signer, part.as_bytes()).as_ref().to_vec();
        }
        hmac::Key::new(hmac::HMAC_SHA256, &key)
    }
}

/// Checks that `host`, `content-type` and `x-amz-*` headers are signed.
fn verify_headers(request: &Request, signature: &RequestSignature) -> Result<(), SignatureError> {
    let must_be_signed = |name: &str| {
        name == "host" || name == "content-type" || (name.starts_with("x-amz-") && name != "x-amz-user-agent")
    };
    let unsigned = |name: &&String| must_be_signed(name) && !signature.signed_headers.contains(name);
    if let Some(name) = request.headers.iter().map(|(name, _)| name).find(unsigned) {
        return Err(SignatureError::NotSigned(name.clone()));
    }
    match signature.signed_headers.iter().any(|name| name == "host") {
        true => Ok(()),
        false => Err(SignatureError::NotSigned("host".to_owned())),
    }
}

fn sha256(bytes: &[u8]) -> String {
    let hash = digest::digest(&digest::SHA256, bytes);
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
