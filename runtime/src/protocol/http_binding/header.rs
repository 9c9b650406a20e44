//! [Headers](https://smithy.io/2.0/spec/http-bindings.html#httpheader-trait),
//! [prefix headers](https://smithy.io/2.0/spec/http-bindings.html#httpprefixheaders-trait) and the
//! [status](https://smithy.io/2.0/spec/http-bindings.html#httpresponsecode-trait).

use super::header_list::{push_item, split_items, split_timestamps};
use super::text::{from_text, to_text};
use crate::codec::{ReadError, WriteError};
use crate::schema::{Kind, Member, Trait};
use crate::shape::{List, Map, Slot, Structure, Value, View};
use crate::types::{Timestamp, TimestampFormat, base64_text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use std::borrow::Cow;

/// Adds the headers that an input's members are bound to. A prefix header does not override the header of
/// another member.
pub(super) fn write_headers(input: &dyn Structure, headers: &mut HeaderMap) -> Result<(), WriteError> {
    for prefixed in [true, false] {
        for (index, member) in input.schema().members.iter().enumerate() {
            for r#trait in member.traits {
                let result = match (r#trait, prefixed) {
                    (Trait::HttpPrefixHeaders(prefix), true) => {
                        write_prefixed(prefix, view_of(input, index), member, headers)
                    }
                    (Trait::HttpHeader(name), false) => {
                        write_header(name, view_of(input, index), member, headers)
                    }
                    _ => continue,
                };
                result.map_err(|error| error.within(member.name))?;
            }
        }
    }
    Ok(())
}

fn view_of(input: &dyn Structure, index: usize) -> View<'_> {
    input.member(index).map_or(View::Absent, |value| value.view())
}

fn write_header(
    name: &str,
    view: View<'_>,
    member: &Member,
    headers: &mut HeaderMap,
) -> Result<(), WriteError> {
    let text = match view {
        View::List(list) => Some(Cow::Owned(list_text(list, member)?)),
        _ => header_text(view, member)?,
    };
    match text {
        Some(text) => insert(name, &text, member, headers),
        None => Ok(()),
    }
}

fn write_prefixed(
    prefix: &str,
    view: View<'_>,
    member: &Member,
    headers: &mut HeaderMap,
) -> Result<(), WriteError> {
    let View::Map(map) = view else { return Ok(()) };
    for (key, value) in map.entries() {
        if let View::String(text) = value.view() {
            insert(&format!("{prefix}{key}"), text, member, headers)?;
        }
    }
    Ok(())
}

fn insert(name: &str, text: &str, member: &Member, headers: &mut HeaderMap) -> Result<(), WriteError> {
    let name = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| WriteError::new("invalid character in header name"))?;
    let mut value = HeaderValue::from_bytes(text.as_bytes())
        .map_err(|_| WriteError::new("invalid character in header value"))?;
    value.set_sensitive(member.is_sensitive());
    headers.insert(name, value);
    Ok(())
}

/// Returns the text of one value. Strings with a media type are base64-encoded.
fn header_text<'a>(view: View<'a>, member: &Member) -> Result<Option<Cow<'a, str>>, WriteError> {
    let text = to_text(view, member, TimestampFormat::HttpDate)?;
    Ok(text
        .map(|text| if has_media_type(member) { Cow::Owned(STANDARD.encode(text.as_bytes())) } else { text }))
}

fn has_media_type(member: &Member) -> bool {
    member.target.kind == Kind::String && member.media_type().is_some()
}

fn list_text(list: &dyn List, member: &Member) -> Result<String, WriteError> {
    let element = member.target.element().unwrap_or(member);
    let may_quote = element.target.kind == Kind::String;
    let (mut joined, mut is_first) = (String::new(), true);
    for index in 0..list.len() {
        let view = list.item(index).map_or(View::Absent, |item| item.view());
        if let Some(text) = header_text(view, element)? {
            push_item(&mut joined, is_first, &text, may_quote);
            is_first = false;
        }
    }
    Ok(joined)
}

/// Sets the members that are bound to headers and the status. A missing header does not change its member.
pub(super) fn read_headers(
    status: StatusCode,
    headers: &HeaderMap,
    output: &mut dyn Structure,
) -> Result<(), ReadError> {
    for (index, member) in output.schema().members.iter().enumerate() {
        for r#trait in member.traits {
            let Some(value) = output.member_mut(index) else { continue };
            let result = match r#trait {
                Trait::HttpHeader(name) => read_header(name, headers, member, value),
                Trait::HttpPrefixHeaders(prefix) => read_prefixed(prefix, headers, member, value),
                Trait::HttpResponseCode => {
                    if let Slot::Integer(slot) = value.slot() {
                        *slot = status.as_u16().into();
                    }
                    Ok(())
                }
                _ => continue,
            };
            result.map_err(|error| error.within(member.name))?;
        }
    }
    Ok(())
}

fn read_header(
    name: &str,
    headers: &HeaderMap,
    member: &Member,
    value: &mut dyn Value,
) -> Result<(), ReadError> {
    if member.target.kind == Kind::List {
        return read_list(name, headers, member, value);
    }
    let Some(text) = headers.get(name) else { return Ok(()) };
    let text = utf8(text)?.trim_ascii();
    // Some services send an empty header for an unset member.
    if text.is_empty() && member.target.kind != Kind::String {
        return Ok(());
    }
    if member.target.kind == Kind::Timestamp && name.eq_ignore_ascii_case("expires") {
        read_expires(text, member, value);
        return Ok(());
    }
    read_text(text, member, value)
}

/// Reads `Expires`, unless its value is invalid. Caches treat an invalid value such as `0` as a date in the past
/// ([RFC 9111, section 5.3](https://www.rfc-editor.org/rfc/rfc9111#section-5.3)), so servers send it.
fn read_expires(text: &str, member: &Member, value: &mut dyn Value) {
    let format = member.timestamp_format().unwrap_or(TimestampFormat::HttpDate);
    if let Ok(timestamp) = Timestamp::parse(text, format) {
        if let Slot::Timestamp(slot) = value.slot() {
            *slot = timestamp;
        }
    }
}

fn read_text(text: &str, member: &Member, value: &mut dyn Value) -> Result<(), ReadError> {
    if !has_media_type(member) {
        return from_text(text, member, TimestampFormat::HttpDate, value.slot());
    }
    let bytes = base64_text::decode(text).ok_or_else(|| ReadError::new("invalid base64"))?;
    let text = String::from_utf8(bytes).map_err(|_| ReadError::new("base64 value is not UTF-8"))?;
    from_text(&text, member, TimestampFormat::HttpDate, value.slot())
}

/// Reads a list from one header with several items, several headers with one item, or a mix of both.
fn read_list(
    name: &str,
    headers: &HeaderMap,
    member: &Member,
    value: &mut dyn Value,
) -> Result<(), ReadError> {
    if !headers.contains_key(name) {
        return Ok(());
    }
    let Slot::List(list) = value.slot() else {
        return Err(ReadError::new("type of the member does not match its schema"));
    };
    list.clear();
    let element = member.target.element().unwrap_or(member);
    for line in headers.get_all(name) {
        let line = utf8(line)?;
        if element.target.kind == Kind::Timestamp {
            let format = element.timestamp_format().unwrap_or(TimestampFormat::HttpDate);
            for item in split_timestamps(line, format) {
                read_text(item, element, list.push())?;
            }
        } else {
            for item in split_items(line)? {
                read_text(&item, element, list.push())?;
            }
        }
    }
    Ok(())
}

/// Reads the headers whose names start with the prefix into a map. The keys are the names without the prefix,
/// in lower case. The map does not change if there are no such headers.
fn read_prefixed(
    prefix: &str,
    headers: &HeaderMap,
    member: &Member,
    value: &mut dyn Value,
) -> Result<(), ReadError> {
    let prefix = prefix.to_ascii_lowercase();
    let mut names = headers.keys().filter(|name| name.as_str().starts_with(&prefix)).peekable();
    if names.peek().is_none() {
        return Ok(());
    }
    let Slot::Map(map) = value.slot() else {
        return Err(ReadError::new("type of the member does not match its schema"));
    };
    map.clear();
    let element = member.target.element().unwrap_or(member);
    for name in names {
        fill_entry(map, element, &name.as_str()[prefix.len()..], headers.get_all(name))?;
    }
    Ok(())
}

fn fill_entry<'h>(
    map: &mut dyn Map,
    member: &Member,
    key: &str,
    lines: impl IntoIterator<Item = &'h HeaderValue>,
) -> Result<(), ReadError> {
    let mut joined = String::new();
    for (index, line) in lines.into_iter().enumerate() {
        joined.push_str(if index == 0 { "" } else { ", " });
        joined.push_str(utf8(line)?);
    }
    let value = map.insert(key.to_owned());
    from_text(&joined, member, TimestampFormat::HttpDate, value.slot())
}

fn utf8(value: &HeaderValue) -> Result<&str, ReadError> {
    std::str::from_utf8(value.as_bytes()).map_err(|_| ReadError::new("header is not UTF-8"))
}
