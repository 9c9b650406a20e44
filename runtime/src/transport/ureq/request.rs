//! A request as ureq takes it.

use crate::types::{Body, BodyReader};
use http::request::Parts;
use http::{HeaderValue, Method, header};
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

/// A body that fails if it ends before it has as many bytes as were announced: ureq would ask it for the rest
/// for ever.
pub(super) struct Announced {
    reader: BodyReader,
    missing: Option<u64>,
}

impl Read for Announced {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        let Some(missing) = &mut self.missing else { return Ok(read) };
        if read == 0 && *missing > 0 && !buffer.is_empty() {
            let text = "the body of the request ended before its announced length";
            return Err(io::Error::new(io::ErrorKind::InvalidData, text));
        }
        *missing = missing.saturating_sub(read as u64);
        Ok(read)
    }
}
