//! Headers that describe the body.

use super::payload::{Payload, find_payload};
use crate::schema::{Kind, Schema};
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue};

/// Adds `Content-Type`, `Content-Length` and `Accept`, unless a member of the input has set them.
/// `document_type` is the media type of documents.
#[inline]
pub(super) fn add_content_headers(
    payload: Option<&Payload>,
    output: &'static Schema,
    document_type: &'static str,
    headers: &mut HeaderMap,
) {
    if let Some(payload) = payload {
        add_media_type(headers, CONTENT_TYPE, payload.media_type);
        if !payload.body.is_empty() {
            headers.entry(CONTENT_LENGTH).or_insert_with(|| payload.body.len().into());
        }
    }
    if let Some(media_type) = output_media_type(output, document_type) {
        add_media_type(headers, ACCEPT, media_type);
    }
}

/// Returns the media type of an operation's output, if the model determines it.
fn output_media_type(output: &'static Schema, document_type: &'static str) -> Option<&'static str> {
    let Some((_, member)) = find_payload(output) else {
        let is_document = output.members.iter().any(|member| !member.is_response_bound());
        return is_document.then_some(document_type);
    };
    let is_text_or_bytes = matches!(member.target.kind, Kind::Blob | Kind::String);
    member.media_type().or((!is_text_or_bytes).then_some(document_type))
}

fn add_media_type(headers: &mut HeaderMap, name: HeaderName, media_type: &'static str) {
    // The most frequent value, which needs no validation.
    const JSON: HeaderValue = HeaderValue::from_static("application/json");
    let value = match media_type {
        "application/json" => Ok(JSON),
        other => HeaderValue::from_maybe_shared(Bytes::from_static(other.as_bytes())),
    };
    // Only an invalid model has a media type that is not a valid header value. The header is skipped then.
    if let Ok(value) = value {
        headers.entry(name).or_insert(value);
    }
}
