//! What a signature says of the body.

use super::Rules;
use crate::auth::AuthError;
use crate::types::Body;
use aws_sigv4::http_request::SignableBody;
use http::Request;

/// The header in which S3 and Glacier want the hash, and every service to be told that there is none.
const CONTENT_SHA256: &str = "x-amz-content-sha256";

/// The body as it is signed, and whether a header repeats its hash.
pub(super) struct Payload<'r> {
    pub(super) body: SignableBody<'r>,
    pub(super) in_header: bool,
}

/// The body of a request with the signature in a header.
pub(super) fn of<'r>(request: &'r Request<Body>, rules: &Rules) -> Result<Payload<'r>, AuthError> {
    if let Some(known) = known(request)? {
        return Ok(known);
    }
    if rules.unsigned_payload {
        return Ok(Payload { body: SignableBody::UnsignedPayload, in_header: true });
    }
    at_hand(request, rules.s3)
}

/// The body of a request with the signature in its URL. S3 signs such without their body, which somebody else
/// will send.
pub(super) fn of_presigned<'r>(request: &'r Request<Body>, rules: &Rules) -> Result<Payload<'r>, AuthError> {
    if let Some(known) = known(request)? {
        return Ok(known);
    }
    if rules.s3 || rules.unsigned_payload {
        return Ok(Payload { body: SignableBody::UnsignedPayload, in_header: false });
    }
    at_hand(request, false)
}

/// What the request itself says already: a hash that belongs to its checksums, as Glacier has.
fn known(request: &Request<Body>) -> Result<Option<Payload<'_>>, AuthError> {
    let Some(value) = request.headers().get(CONTENT_SHA256) else { return Ok(None) };
    let text = value.to_str().map_err(|_| AuthError::Invalid("`x-amz-content-sha256` is not text"))?;
    Ok(Some(Payload { body: SignableBody::Precomputed(text.to_owned()), in_header: false }))
}

fn at_hand(request: &Request<Body>, in_header: bool) -> Result<Payload<'_>, AuthError> {
    match request.body().as_bytes() {
        Some(bytes) => Ok(Payload { body: SignableBody::Bytes(bytes), in_header }),
        // Its hash is not known before it is sent.
        None if request.uri().scheme_str() == Some("https") => {
            Ok(Payload { body: SignableBody::UnsignedPayload, in_header: true })
        }
        None => Err(AuthError::Insecure(
            "a streamed body cannot be signed, and would go over plain HTTP, where anybody on the way could \
             change it: give it in memory, or an endpoint that begins with `https://`",
        )),
    }
}
