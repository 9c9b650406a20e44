//! A request as ureq takes it.

use crate::transport::BoxError;
use crate::types::{Body, BodyReader};
use http::request::Parts;
use http::{HeaderValue, Method, header};
use std::fmt;
use std::io::{self, Read};

/// Parts a request into its body, if it has one, and the rest, which says how long the body is.
pub(super) fn part(request: http::Request<Body>) -> (Option<Announced>, Parts) {
    let (mut head, body) = request.into_parts();
    let length = body.content_length();
    let usually_empty = !matches!(head.method, Method::POST | Method::PUT | Method::PATCH);
    if length == Some(0) && usually_empty {
        return (None, head);
    }
    if let Some(length) = length
        && !head.headers.contains_key(header::TRANSFER_ENCODING)
    {
        head.headers.entry(header::CONTENT_LENGTH).or_insert_with(|| HeaderValue::from(length));
    }
    let missing = announced(&head);
    (Some(Announced { reader: body.into_reader(), missing }), head)
}

fn announced(head: &Parts) -> Option<u64> {
    head.headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A body that fails if it is not as long as was announced: ureq would ask a shorter one for the rest for ever.
pub(super) struct Announced {
    reader: BodyReader,
    missing: Option<u64>,
}

impl Read for Announced {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer).map_err(|error| BrokenRequest(error.into()))?;
        let Some(missing) = &mut self.missing else { return Ok(read) };
        let ended = read == 0 && !buffer.is_empty();
        match missing.checked_sub(read as u64) {
            None => Err(BrokenRequest("it is longer than its announced length".into()).into()),
            Some(1..) if ended => Err(BrokenRequest("it ended before its announced length".into()).into()),
            Some(left) => {
                *missing = left;
                Ok(read)
            }
        }
    }
}

/// The body of a request could not be had.
#[derive(Debug)]
pub(super) struct BrokenRequest(BoxError);

impl From<BrokenRequest> for io::Error {
    fn from(error: BrokenRequest) -> Self {
        Self::other(error)
    }
}

impl fmt::Display for BrokenRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for BrokenRequest {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.0.as_ref())
    }
}
