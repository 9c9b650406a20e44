//! Conversion of a request for ureq.

use super::progress::is_response_early;
use crate::transport::BoxError;
use crate::types::{Body, BodyReader};
use http::request::Parts;
use http::{HeaderValue, Method, header};
use std::fmt;
use std::io::{self, Read};

/// The body is sent in chunks of at most this many bytes, so that progress can be observed.
const CHUNK_SIZE: usize = 64 * 1024;

/// Splits a request into its body, if it has one, and its head, which includes the content length if that is
/// known.
pub(super) fn split(request: http::Request<Body>) -> (Option<RequestReader>, Parts) {
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
    (Some(RequestReader { reader: body.into_reader(), remaining }), head)
}

fn content_length(head: &Parts) -> Option<u64> {
    head.headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A request body, in chunks, without the part that the server does not read.
pub(super) struct RequestReader {
    reader: BodyReader,
    /// The bytes of the declared length that have not been read. ureq would poll a shorter body for them
    /// indefinitely.
    remaining: Option<u64>,
}

impl Read for RequestReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (buffer, _) = buffer.split_at_mut(buffer.len().min(CHUNK_SIZE));
        if is_response_early() {
            return Ok(self.skip(buffer.len()));
        }
        let read = self.reader.read(buffer).map_err(|error| RequestBodyError(error.into()))?;
        self.remaining = self.remaining.map(|remaining| remaining.saturating_sub(read as u64));
        Ok(read)
    }
}

impl RequestReader {
    /// Pretends to read up to this many bytes, which are not sent: ureq reads the response only after the whole
    /// request.
    fn skip(&mut self, max: usize) -> usize {
        let Some(remaining) = &mut self.remaining else { return 0 };
        let count = usize::try_from(*remaining).map_or(max, |remaining| remaining.min(max));
        *remaining = remaining.saturating_sub(count as u64);
        count
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
