//! [Payloads](https://smithy.io/2.0/spec/http-bindings.html#httppayload-trait): a member bound to the body.

use crate::codec::{ReadError, WriteError};
use crate::schema::{Kind, Member, Schema, Trait};
use crate::shape::{Slot, Value, View};
use bytes::Bytes;

/// Returns the member that is bound to the body, and its index.
pub(in crate::protocol) fn find_payload(schema: &'static Schema) -> Option<(usize, &'static Member)> {
    schema.members.iter().enumerate().find(|(_, member)| member.has(Trait::HttpPayload))
}

/// A body and its media type.
pub(in crate::protocol) struct Payload {
    /// The bytes.
    pub(in crate::protocol) body: Bytes,
    /// The media type.
    pub(in crate::protocol) media_type: &'static str,
}

/// Creates the body from the payload member. Returns `None` if there is no body. Values that are neither text
/// nor blobs are serialized with `write`, as `document_type`.
pub(in crate::protocol) fn write_payload(
    member: &'static Member,
    view: View<'_>,
    document_type: &'static str,
    write: impl FnOnce(View<'_>) -> Result<Vec<u8>, WriteError>,
) -> Result<Option<Payload>, WriteError> {
    let (body, media_type) = match view {
        // An unset structure is sent as an empty document.
        View::Absent if member.target.kind == Kind::Structure => {
            (write(View::Structure(&()))?.into(), document_type)
        }
        View::Absent => return Ok(None),
        // A streamed body replaces this one when the request is sent.
        View::Body(body) if body.content_length() == Some(0) => return Ok(None),
        View::Body(body) => (body.as_bytes().cloned().unwrap_or_default(), "application/octet-stream"),
        View::Blob(blob) => (blob.clone(), "application/octet-stream"),
        View::String(text) => (Bytes::copy_from_slice(text.as_bytes()), "text/plain"),
        view => (write(view)?.into(), document_type),
    };
    Ok(Some(Payload { body, media_type: member.media_type().unwrap_or(media_type) }))
}

/// Reads the body into the payload member. An empty body does not change the member, and is an error if the
/// member is a required structure or union.
pub(in crate::protocol) fn read_payload(
    member: &'static Member,
    body: &Bytes,
    value: &mut dyn Value,
    read: impl FnOnce(&[u8], &mut dyn Value) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    if body.is_empty() {
        return match value.view() {
            View::Structure(_) | View::Union(_) => Err(ReadError::new("response body is empty")),
            _ => Ok(()),
        };
    }
    match member.target.kind {
        Kind::Blob => {
            match value.slot() {
                Slot::Blob(slot) => *slot = body.clone(),
                Slot::Body(slot) => *slot = body.clone().into(),
                _ => {}
            }
            Ok(())
        }
        Kind::String => {
            let text = std::str::from_utf8(body)
                .map_err(|error| ReadError::new(format!("invalid UTF-8 at byte {}", error.valid_up_to())))?;
            match value.slot() {
                Slot::String(slot) => text.clone_into(slot),
                Slot::Enum(slot) => slot.set(text.to_owned()),
                _ => {}
            }
            Ok(())
        }
        _ => read(body, value),
    }
}
