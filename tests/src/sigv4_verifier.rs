//! Verifies AWS signatures of requests as they came over the wire, as a service would
//! ([Signature Version 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html)).
//!
//! It shares no code with what signs: only then is it a check of it.

mod canonical;
mod presented;

use crate::server::Request;
use presented::Presented;
use ring::{digest, hmac};
use std::time::{Duration, SystemTime};

/// The access key id that verifiers know, of AWS's own examples.
pub const ACCESS_KEY_ID: &str = "AKIDEXAMPLE";

/// The secret that belongs to it.
pub const SECRET_ACCESS_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// So far a client's clock may be off.
const CLOCK_TOLERANCE: Duration = Duration::from_secs(15 * 60);

/// A service that knows one secret: that of [`ACCESS_KEY_ID`] unless told another.
#[derive(Clone, Debug)]
pub struct Verifier {
    access_key_id: String,
    secret_access_key: String,
    service: String,
    region: String,
    session_token: Option<String>,
    now: SystemTime,
}

/// Why a service turns a request away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no signature, or a part of it is missing or cannot be read.
    Incomplete(&'static str),
    /// It is by another key, or for another service, region or day.
    Scope(String),
    /// The time is too far from the service's, or the URL has expired.
    Expired,
    /// The session token is missing or another.
    SessionToken,
    /// This header must be signed, and is not.
    NotSigned(String),
    /// The body is not the one whose hash was signed.
    Body,
    /// The rest of the request is not what was signed.
    Signature,
}

impl Verifier {
    /// A service by the name and in the region that signatures give it, whose clock is right.
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

    /// The one key that it knows, and its secret.
    pub fn key(mut self, access_key_id: &str, secret_access_key: &str) -> Self {
        self.access_key_id = access_key_id.to_owned();
        self.secret_access_key = secret_access_key.to_owned();
        self
    }

    /// Credentials are temporary ones, with this token.
    pub fn session_token(mut self, token: &str) -> Self {
        self.session_token = Some(token.to_owned());
        self
    }

    /// The service's time.
    pub fn at(mut self, now: SystemTime) -> Self {
        self.now = now;
        self
    }

    /// Whether the request is by the owner of the secret, and unchanged.
    ///
    /// # Errors
    /// When it is not.
    pub fn verify(&self, request: &Request) -> Result<(), Refusal> {
        let presented = Presented::of(request)?;
        self.verify_time(&presented)?;
        self.verify_scope(&presented)?;
        if presented.session_token != self.session_token {
            return Err(Refusal::SessionToken);
        }
        verify_headers(request, &presented)?;
        let payload = self.payload(request, &presented)?;
        let canonical = self.canonical_request(request, &presented, &payload);
        let text = format!(
            "AWS4-HMAC-SHA256\n{}\n{}\n{}",
            presented.date_time,
            self.scope(&presented),
            sha256(canonical.as_bytes()),
        );
        let signature = presented::from_hex(&presented.signature).ok_or(Refusal::Signature)?;
        let key = self.signing_key(presented.date());
        hmac::verify(&key, text.as_bytes(), &signature).map_err(|_| Refusal::Signature)
    }

    fn is_s3(&self) -> bool {
        self.service.starts_with("s3")
    }

    fn verify_time(&self, presented: &Presented) -> Result<(), Refusal> {
        let signed = presented.time()?;
        let (earliest, latest) = match presented.expires_in {
            Some(limit) if limit > Duration::from_secs(604_800) => return Err(Refusal::Expired),
            Some(limit) => (signed - CLOCK_TOLERANCE, signed + limit),
            None => (signed - CLOCK_TOLERANCE, signed + CLOCK_TOLERANCE),
        };
        if earliest <= self.now && self.now <= latest { Ok(()) } else { Err(Refusal::Expired) }
    }

    fn scope(&self, presented: &Presented) -> String {
        format!("{}/{}/{}/aws4_request", presented.date(), self.region, self.service)
    }

    fn verify_scope(&self, presented: &Presented) -> Result<(), Refusal> {
        let expected = format!("{}/{}", self.access_key_id, self.scope(presented));
        if presented.credential == expected {
            Ok(())
        } else {
            Err(Refusal::Scope(presented.credential.clone()))
        }
    }

    /// The hash of the body, as the canonical request has it.
    fn payload(&self, request: &Request, presented: &Presented) -> Result<String, Refusal> {
        let actual = sha256(&request.body);
        match request.header("x-amz-content-sha256") {
            Some("UNSIGNED-PAYLOAD") => Ok("UNSIGNED-PAYLOAD".to_owned()),
            Some(said) if said != actual => Err(Refusal::Body),
            Some(_) => Ok(actual),
            None if self.is_s3() && presented.in_query => Ok("UNSIGNED-PAYLOAD".to_owned()),
            None if self.is_s3() => Err(Refusal::Incomplete("x-amz-content-sha256")),
            None => Ok(actual),
        }
    }

    fn canonical_request(&self, request: &Request, presented: &Presented, payload: &str) -> String {
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let path = if self.is_s3() { canonical::object_path(path) } else { canonical::path(path) };
        let headers = canonical::headers(&request.headers, &presented.signed_headers);
        format!(
            "{}\n{path}\n{}\n{headers}\n{}\n{payload}",
            request.method,
            canonical::query(query),
            presented.signed_headers.join(";"),
        )
    }

    fn signing_key(&self, date: &str) -> hmac::Key {
        let mut key = format!("AWS4{}", self.secret_access_key).into_bytes();
        for part in [date, &self.region, &self.service, "aws4_request"] {
            let by = hmac::Key::new(hmac::HMAC_SHA256, &key);
            key = hmac::sign(&by, part.as_bytes()).as_ref().to_vec();
        }
        hmac::Key::new(hmac::HMAC_SHA256, &key)
    }
}

/// The host, the type of the content and all that is AWS's own must be signed.
fn verify_headers(request: &Request, presented: &Presented) -> Result<(), Refusal> {
    let must = |name: &str| {
        name == "host" || name == "content-type" || (name.starts_with("x-amz-") && name != "x-amz-user-agent")
    };
    let unsigned = |name: &&String| must(name) && !presented.signed_headers.contains(name);
    if let Some(name) = request.headers.iter().map(|(name, _)| name).find(unsigned) {
        return Err(Refusal::NotSigned(name.clone()));
    }
    match presented.signed_headers.iter().any(|name| name == "host") {
        true => Ok(()),
        false => Err(Refusal::NotSigned("host".to_owned())),
    }
}

fn sha256(bytes: &[u8]) -> String {
    let hash = digest::digest(&digest::SHA256, bytes);
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
