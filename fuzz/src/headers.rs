//! Response heads.

use crate::operations::Headers;
use crate::round_trip::{endpoint, error, output};
use crate::same::same;
use farrier_runtime::operation::{self, RequestOptions};
use farrier_runtime::types::Timestamp;
use http::{HeaderName, HeaderValue, Response};
use snapshot_errors::operation::Fail;
use snapshot_http_bindings::operation::{Get, PutBlob, PutChoice, PutDocument, PutText};
use snapshot_http_bindings::types::GetInput;

/// Reads a message: a line with the status, lines `name:value`, an empty line and the body.
pub fn headers(message: &[u8]) {
    let (head, body) = parse(message);
    if let Some(get) = output::<Get>(&head, body) {
        assert_eq!(get.status, Some(head.status().as_u16().into()));
    }
    let _ = output::<PutBlob>(&head, body);
    let _ = output::<PutText>(&head, body);
    let _ = output::<PutDocument>(&head, body);
    let _ = output::<PutChoice>(&head, body);
    if let Some(value) = output::<Headers>(&head, body) {
        check_round_trip(value);
    }
    if !head.status().is_success() {
        error::<Fail>(&head, body);
    }
}

/// Asserts that headers are read as the same value after they are written.
fn check_round_trip(mut value: GetInput) {
    retain_headers(&mut value);
    let options = RequestOptions::default();
    let Ok(request) = operation::request::<Headers>(value.clone(), &endpoint(), &options) else { return };
    let mut head = Response::new(());
    head.headers_mut().clone_from(request.headers());
    let again = output::<Headers>(&head, b"");
    let mut again = again.unwrap_or_else(|| panic!("written headers cannot be read: {head:?}"));
    retain_headers(&mut again);
    assert!(same(&value, &again), "a different value was read from {head:?}");
}

/// Keeps only members bound to headers, without fractions of a second, which are not written.
fn retain_headers(value: &mut GetInput) {
    (value.limit, value.tags, value.more) = (None, None, None);
    value.since = value.since.map(|since| Timestamp::from_secs(since.secs()));
    (value.id, value.rest) = ("id".to_owned(), "rest".to_owned());
}

/// Parses the head and the body. An invalid status becomes 200, invalid headers are ignored.
fn parse(message: &[u8]) -> (Response<()>, &[u8]) {
    let mut head = Response::new(());
    let (status, mut rest) = line(message);
    *head.status_mut() = status.try_into().unwrap_or_default();
    loop {
        let (header, after) = line(rest);
        rest = after;
        if header.is_empty() {
            return (head, rest);
        }
        let colon = header.iter().position(|byte| *byte == b':').unwrap_or(header.len());
        let (name, value) = header.split_at(colon);
        let value = HeaderValue::from_bytes(value.get(1..).unwrap_or_default());
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name), value) {
            head.headers_mut().append(name, value);
        }
    }
}

/// Splits off the first line.
fn line(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| *byte == b'\n').unwrap_or(text.len());
    (&text[..end], text.get(end + 1..).unwrap_or_default())
}
