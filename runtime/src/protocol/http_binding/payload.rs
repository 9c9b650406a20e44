//! [Payloads](https://smithy.io/2.0/spec/http-bindings.html#httppayload-trait): a member bound to the body.

use super::text::from_text;
use crate::codec::{Codec, ReadError, Source, WriteError};
use crate::schema::{Kind, Member, Schema, Trait};
use crate::shape::{Slot, Value, View};
use crate::types::TimestampFormat;
use bytes::Bytes;
use http::Response;

/// Returns the member that is bound to the body, and its index.
#[inline]
pub(super) fn find_payload(schema: &'static Schema) -> Option<(usize, &'static Member)> {
    schema.members.iter().enumerate().find(|(_, member)| member.has(Trait::HttpPayload))
}

/// A body and its media type.
pub(super) struct Payload {
    /// The bytes.
    pub(super) body: Bytes,
    /// The media type.
    pub(super) media_type: &'static str,
}

/// Creates the body from the payload member. Returns `None` if there is no body. Values that are neither text
/// nor blobs are documents.
pub(super) fn write_payload(
    codec: &dyn Codec,
    member: &'static Member,
    view: View<'_>,
) -> Result<Option<Payload>, WriteError> {
    let (body, media_type) = match view {
        // An unset structure is sent as an empty document.
        View::Absent if member.target.kind == Kind::Structure => {
            (codec.write_member(member, View::Structure(&()))?.into(), codec.media_type())
        }
        View::Absent => return Ok(None),
        // A streamed body replaces this one when the request is sent.
        View::Body(body) if body.content_length() == Some(0) => return Ok(None),
        View::Body(body) => (body.as_bytes().cloned().unwrap_or_default(), "application/octet-stream"),
        View::Blob(blob) => (blob.clone(), "application/octet-stream"),
        View::String(text) => (Bytes::copy_from_slice(text.as_bytes()), "text/plain"),
        document => (codec.write_member(member, document)?.into(), codec.media_type()),
    };
    Ok(Some(Payload { body, media_type: member.media_type().unwrap_or(media_type) }))
}

/// Reads the body into the payload member. An empty body does not change the member, and is an error if the
/// member is a required structure or union.
pub(super) fn read_payload(
    codec: &dyn Codec,
    member: &'static Member,
    response: &Response<Bytes>,
    value: &mut dyn Value,
) -> Result<(), ReadError> {
    let body = response.body();
    if body.is_empty() {
        let is_required = matches!(value.view(), View::Structure(_) | View::Union(_));
        return if is_required { Err(ReadError::new("response body is empty")) } else { Ok(()) };
    }
    if !matches!(member.target.kind, Kind::Blob | Kind::String) {
        return codec.read_member(Source::of(response), member, value);
    }
    match value.slot() {
        Slot::Blob(slot) => *slot = body.clone(),
        Slot::Body(slot) => *slot = body.clone().into(),
        other => {
            let text = std::str::from_utf8(body)
                .map_err(|error| ReadError::new(format!("invalid UTF-8 at byte {}", error.valid_up_to())))?;
            // A string has no timestamp format.
            from_text(text, member, TimestampFormat::DateTime, other)?;
        }
    }
    Ok(())
}
