//! [Request compression](https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait).

use super::RequestOptions;
use crate::codec::WriteError;
use crate::service::{OperationSchema, OperationTrait};
use crate::types::Body;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderValue, Request};

const GZIP: &str = "gzip";

/// Compresses the body if the operation supports it, the body is in memory, and it is large enough. Appends
/// `gzip` to the `Content-Encoding` that the input sets.
pub(super) fn apply(
    operation: &OperationSchema,
    request: &mut Request<Body>,
    options: &RequestOptions,
) -> Result<(), WriteError> {
    let supports_gzip =
        |t: &OperationTrait| matches!(t, OperationTrait::RequestCompression(e) if e.contains(&GZIP));
    if !operation.traits.iter().any(supports_gzip) {
        return Ok(());
    }
    let Some(bytes) = request.body().as_bytes().filter(|b| b.len() >= options.min_compression_bytes) else {
        return Ok(());
    };
    let Some(compressed) = gzip(bytes)? else { return Ok(()) };
    let previous = request.headers().get(CONTENT_ENCODING).and_then(|value| value.to_str().ok());
    let encoding = previous.map_or_else(|| GZIP.to_owned(), |previous| format!("{previous}, {GZIP}"));
    let encoding =
        HeaderValue::try_from(encoding).map_err(|_| WriteError::new("invalid content encoding"))?;
    request.headers_mut().insert(CONTENT_ENCODING, encoding);
    if request.headers().contains_key(CONTENT_LENGTH) {
        request.headers_mut().insert(CONTENT_LENGTH, compressed.len().into());
    }
    *request.body_mut() = compressed.into();
    Ok(())
}

#[cfg(feature = "gzip")]
fn gzip(bytes: &[u8]) -> Result<Option<Vec<u8>>, WriteError> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let compressed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    compressed.map(Some).map_err(|_| WriteError::new("could not compress the body"))
}

/// Returns `None`: compression is optional.
#[cfg(not(feature = "gzip"))]
fn gzip(_: &[u8]) -> Result<Option<Vec<u8>>, WriteError> {
    Ok(None)
}
