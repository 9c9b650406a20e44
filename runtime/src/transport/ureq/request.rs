//! Conversion of a request for ureq.

use crate::transport::BoxError;
use crate::types::{Body, BodyReader};
use http::request::Parts;
use http::{HeaderValue, Method, header};
use std::fmt;
use std::io::{self, Read};

/// Splits a request into its body, if it has one, and its head, which includes the content length if that is
/// known.
pub(super) fn split(request: http::Request<Body>) -> (Option<LengthCheckedReader>, Parts) {
    let (mut head, body) = request.into_parts();
    let length = body.content_length();
    let usually_empty = !matches!(head.method, Method::POST | Method::PUT | Method::PATCH);
    if length == Some(0) && usually_empty {
        return (None, head);
    }
    if let Some(length) = length.filter(|_| !head.headers.contains_key(header::TRANSFER_ENCODING)) {
        head.headers.entry(header::CONTENT_LENGTH).or_insert_with(|| HeaderValue::from(length));
    }
    let remaining = content_length(&head);
    (Some(LengthCheckedReader { reader: body.into_reader(), remaining }), head)
}

fn content_length(head: &Parts) -> Option<u64> {
    head.headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A request body that fails if its length differs from the `content-length` header. ureq would poll a
/// shorter body for the rest indefinitely.
pub(super) struct LengthCheckedReader {
    reader: BodyReader,
    remaining: Option<u64>,
}

impl Read for LengthCheckedReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer).map_err(|error| RequestBodyError(error.into()))?;
        let Some(remaining) = &mut self.remaining else { return Ok(read) };
        let ended = read == 0 && !buffer.is_empty();
        match remaining.checked_sub(read as u64) {
            None => Err(RequestBodyError("it is longer than its content length".into()).into()),
            Some(1..) if ended => {
                Err(RequestBodyError("it is shorter than its content length".into()).into())
            }
            Some(left) => {
                *remaining = left;
                Ok(read)
            }
        }
    }
}

/// An error of the request body, as opposed to one of the connection.
#[derive(Debug)]
pub(super) struct RequestBodyError(BoxError);

impl From<RequestBodyError> for io::Error {
    fn from(error: RequestBodyError) -> Self {
        Self::other(error)
    }
}

impl fmt::Display for RequestBodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for RequestBodyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.0.as_ref())
    }
}
