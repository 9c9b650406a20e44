//! [Checksums](https://smithy.io/2.0/spec/http-bindings.html#httpchecksumrequired-trait) of request bodies.

use crate::codec::WriteError;
use crate::service::{OperationSchema, OperationTrait};
use crate::types::Body;
use http::{HeaderName, HeaderValue, Request};

const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");

/// Adds `Content-MD5` if the operation requires a checksum and the input does not set one.
pub(super) fn apply(operation: &OperationSchema, request: &mut Request<Body>) -> Result<(), WriteError> {
    let required = operation.traits.iter().any(|t| matches!(t, OperationTrait::HttpChecksumRequired));
    if !required || request.headers().contains_key(CONTENT_MD5) {
        return Ok(());
    }
    let Some(bytes) = request.body().as_bytes() else {
        return Err(WriteError::new("a checksum is required: the body must be in memory, not a stream"));
    };
    let checksum = HeaderValue::try_from(md5(bytes)?).map_err(|_| WriteError::new("invalid checksum"))?;
    request.headers_mut().insert(CONTENT_MD5, checksum);
    Ok(())
}

#[cfg(feature = "md5")]
fn md5(bytes: &[u8]) -> Result<String, WriteError> {
    use base64::Engine;
    Ok(base64::engine::general_purpose::STANDARD.encode(md5::compute(bytes).0))
}

#[cfg(not(feature = "md5"))]
fn md5(_: &[u8]) -> Result<String, WriteError> {
    Err(WriteError::new("a checksum is required: enable the feature `md5` of `farrier-runtime`"))
}
