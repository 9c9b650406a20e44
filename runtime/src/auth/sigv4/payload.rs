//! The payload hash of a signature.

use super::rules::SigningRules;
use crate::auth::AuthError;
use crate::types::Body;
use aws_sigv4::http_request::SignableBody;
use http::Request;

/// The header for the payload hash. S3 and Glacier require it; for other services it is set if the payload is
/// unsigned.
const CONTENT_SHA256: &str = "x-amz-content-sha256";

/// The signable body. If `in_header` is true, its hash is also sent in a header.
pub(super) struct Payload<'r> {
    pub(super) body: SignableBody<'r>,
    pub(super) in_header: bool,
}

/// Returns the payload of a request that is signed in a header.
pub(super) fn for_headers<'r>(
    request: &'r Request<Body>,
    rules: &SigningRules,
) -> Result<Payload<'r>, AuthError> {
    if let Some(payload) = precomputed(request)? {
        return Ok(payload);
    }
    if rules.unsigned_payload {
        return Ok(Payload { body: SignableBody::UnsignedPayload, in_header: true });
    }
    from_bytes(request, rules.s3)
}

/// Returns the payload of a presigned request. For S3 it is unsigned, as the body is not known yet.
pub(super) fn for_presigning<'r>(
    request: &'r Request<Body>,
    rules: &SigningRules,
) -> Result<Payload<'r>, AuthError> {
    if let Some(payload) = precomputed(request)? {
        return Ok(payload);
    }
    if rules.s3 || rules.unsigned_payload {
        return Ok(Payload { body: SignableBody::UnsignedPayload, in_header: false });
    }
    from_bytes(request, false)
}

/// Returns the hash that the request already has in a header, for example as a Glacier checksum.
fn precomputed(request: &Request<Body>) -> Result<Option<Payload<'_>>, AuthError> {
    let Some(value) = request.headers().get(CONTENT_SHA256) else { return Ok(None) };
    let text = value
        .to_str()
        .map_err(|_| AuthError::Invalid("invalid header `x-amz-content-sha256`: not visible ASCII"))?;
    Ok(Some(Payload { body: SignableBody::Precomputed(text.to_owned()), in_header: false }))
}

fn from_bytes(request: &Request<Body>, in_header: bool) -> Result<Payload<'_>, AuthError> {
    match request.body().as_bytes() {
        Some(bytes) => Ok(Payload { body: SignableBody::Bytes(bytes), in_header }),
        // The hash of a stream is unknown before it is sent.
        None if request.uri().scheme_str() == Some("https") => {
            Ok(Payload { body: SignableBody::UnsignedPayload, in_header: true })
        }
        None => Err(AuthError::Insecure(
            "a streamed body cannot be signed and must not be sent over plain HTTP: use an in-memory body or \
             an `https://` endpoint",
        )),
    }
}
