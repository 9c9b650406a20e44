//! Parsing of the signature of a request.

use super::{SignatureError, canonical};
use crate::server::Request;
use farrier_runtime::types::{Timestamp, TimestampFormat};
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The signature in the headers or the query of a request.
#[derive(Debug)]
pub(super) struct RequestSignature {
    pub(super) credential: String,
    pub(super) signed_headers: Vec<String>,
    pub(super) signature: String,
    /// `YYYYMMDDTHHMMSSZ`
    pub(super) date_time: String,
    pub(super) session_token: Option<String>,
    /// The validity of a presigned URL.
    pub(super) expires_in: Option<Duration>,
    pub(super) in_query: bool,
}

impl RequestSignature {
    pub(super) fn of(request: &Request) -> Result<Self, SignatureError> {
        match request.header("authorization") {
            Some(text) => Self::of_headers(request, text),
            None => Self::of_query(request),
        }
    }

    fn of_headers(request: &Request, text: &str) -> Result<Self, SignatureError> {
        let parts = text.strip_prefix(ALGORITHM).ok_or(SignatureError::Incomplete("algorithm"))?;
        let parts: BTreeMap<_, _> = parts.split(',').filter_map(|part| part.trim().split_once('=')).collect();
        let part =
            |name| parts.get(name).map(|text| (*text).to_owned()).ok_or(SignatureError::Incomplete(name));
        Ok(Self {
            credential: part("Credential")?,
            signed_headers: part("SignedHeaders")?.split(';').map(str::to_owned).collect(),
            signature: part("Signature")?,
            date_time: request
                .header("x-amz-date")
                .ok_or(SignatureError::Incomplete("x-amz-date"))?
                .to_owned(),
            session_token: request.header("x-amz-security-token").map(str::to_owned),
            expires_in: None,
            in_query: false,
        })
    }

    fn of_query(request: &Request) -> Result<Self, SignatureError> {
        let query = request.path.split_once('?').map_or("", |(_, query)| query);
        let parameters: BTreeMap<String, String> = canonical::parameters(query).into_iter().collect();
        let part = |name| parameters.get(name).cloned().ok_or(SignatureError::Incomplete(name));
        if part("X-Amz-Algorithm")? != ALGORITHM {
            return Err(SignatureError::Incomplete("X-Amz-Algorithm"));
        }
        let seconds =
            part("X-Amz-Expires")?.parse().map_err(|_| SignatureError::Incomplete("X-Amz-Expires"))?;
        Ok(Self {
            credential: part("X-Amz-Credential")?,
            signed_headers: part("X-Amz-SignedHeaders")?.split(';').map(str::to_owned).collect(),
            signature: part("X-Amz-Signature")?,
            date_time: part("X-Amz-Date")?,
            session_token: part("X-Amz-Security-Token").ok(),
            expires_in: Some(Duration::from_secs(seconds)),
            in_query: true,
        })
    }

    /// `YYYYMMDD`
    pub(super) fn date(&self) -> &str {
        self.date_time.get(..8).unwrap_or_default()
    }

    pub(super) fn time(&self) -> Result<SystemTime, SignatureError> {
        let text = &self.date_time;
        let part = |range| text.get(range).unwrap_or_default();
        let date_time = format!(
            "{}-{}-{}T{}:{}:{}Z",
            part(0..4),
            part(4..6),
            part(6..8),
            part(9..11),
            part(11..13),
            part(13..15)
        );
        let time = Timestamp::parse(&date_time, TimestampFormat::DateTime);
        let time = time.ok().and_then(|time| u64::try_from(time.secs()).ok());
        let seconds = time.ok_or(SignatureError::Incomplete("date"))?;
        Ok(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
    }
}

pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
