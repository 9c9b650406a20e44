//! [Headers](https://smithy.io/2.0/spec/http-bindings.html#httpheader-trait),
//! [prefix headers](https://smithy.io/2.0/spec/http-bindings.html#httpprefixheaders-trait) and the
//! [status](https://smithy.io/2.0/spec/http-bindings.html#httpresponsecode-trait).

use super::header_list::{push_item, split_items, split_timestamps};
use super::text::{from_text, to_text};
use crate::codec::{ReadError, WriteError};
use crate::schema::{Kind, Member, Trait};
use crate::shape::{List, Map, Slot, Structure, Value, View};
use crate::types::TimestampFormat;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use std::borrow::Cow;

/// Adds the headers that an input's members are bound to. Where a prefix header has the name of another
/// member's header, that member wins.
pub(in crate::protocol) fn write_headers(
    input: &dyn Structure,
    headers: &mut HeaderMap,
) -> Result<(), WriteError> {
    for prefixed in [true, false] {
        for (index, member) in input.schema().members.iter().enumerate() {
            for r#trait in member.traits {
                let written = match (r#trait, prefixed) {
                    (Trait::HttpPrefixHeaders(prefix), true) => {
                        write_prefixed(prefix, view_of(input, index), member, headers)
                    }
                    (Trait::HttpHeader(name), false) => {
                        write_header(name, view_of(input, index), member, headers)
                    }
                    _ => continue,
                };
                written.map_err(|error| error.within(member.name))?;
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
        .map_err(|_| WriteError::new("the name of a header holds a character that names must not hold"))?;
    let mut value = HeaderValue::from_bytes(text.as_bytes())
        .map_err(|_| WriteError::new("the value holds a character that headers must not hold"))?;
    value.set_sensitive(member.is_sensitive());
    headers.insert(name, value);
    Ok(())
}

/// The text of one value. Strings that have a media type are in base64.
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

/// Fills the members that headers and the status are bound to. What is not there stays as it is.
pub(in crate::protocol) fn read_headers(
    status: StatusCode,
    headers: &HeaderMap,
    output: &mut dyn Structure,
) -> Result<(), ReadError> {
    for (index, member) in output.schema().members.iter().enumerate() {
        for r#trait in member.traits {
            let Some(value) = output.member_mut(index) else { continue };
            let read = match r#trait {
                Trait::HttpHeader(name) => read_header(name, headers, member, value),
                Trait::HttpPrefixHeaders(prefix) => read_prefixed(prefix, headers, value),
                Trait::HttpResponseCode => {
                    if let Slot::Integer(slot) = value.slot() {
                        *slot = status.as_u16().into();
                    }
                    Ok(())
                }
                _ => continue,
            };
            read.map_err(|error| error.within(member.name))?;
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
    // Some services send an empty header for a value that is not there.
    if text.is_empty() && member.target.kind != Kind::String {
        return Ok(());
    }
    read_text(text, member, value)
}

fn read_text(text: &str, member: &Member, value: &mut dyn Value) -> Result<(), ReadError> {
    if !has_media_type(member) {
        return from_text(text, member, TimestampFormat::HttpDate, value.slot());
    }
    let bytes = STANDARD.decode(text).map_err(|_| ReadError::new("the text is not base64"))?;
    let text = String::from_utf8(bytes).map_err(|_| ReadError::new("the text in base64 is not UTF-8"))?;
    from_text(&text, member, TimestampFormat::HttpDate, value.slot())
}

/// Reads a list from one header with several items, from several headers with one item, or from a mixture.
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
        return Err(ReadError::new("the member does not hold what its schema says"));
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

/// Fills a map with the headers whose names begin with the prefix. The keys are what follows, in lower case,
/// as HTTP's names have no case. Without any the map stays as it is.
fn read_prefixed(prefix: &str, headers: &HeaderMap, value: &mut dyn Value) -> Result<(), ReadError> {
    let prefix = prefix.to_ascii_lowercase();
    let mut names = headers.keys().filter(|name| name.as_str().starts_with(&prefix)).peekable();
    if names.peek().is_none() {
        return Ok(());
    }
    let Slot::Map(map) = value.slot() else {
        return Err(ReadError::new("the member does not hold what its schema says"));
    };
    map.clear();
    for name in names {
        fill_entry(map, &name.as_str()[prefix.len()..], headers.get_all(name))?;
    }
    Ok(())
}

fn fill_entry<'h>(
    map: &mut dyn Map,
    key: &str,
    lines: impl IntoIterator<Item = &'h HeaderValue>,
) -> Result<(), ReadError> {
    let mut joined = String::new();
    for (index, line) in lines.into_iter().enumerate() {
        joined.push_str(if index == 0 { "" } else { ", " });
        joined.push_str(utf8(line)?);
    }
    match map.insert(key.to_owned()).map(Value::slot) {
        Some(Slot::String(slot)) => *slot = joined,
        Some(Slot::Enum(slot)) => slot.set(joined),
        _ => return Err(ReadError::new("the member does not hold what its schema says")),
    }
    Ok(())
}

fn utf8(value: &HeaderValue) -> Result<&str, ReadError> {
    std::str::from_utf8(value.as_bytes()).map_err(|_| ReadError::new("the header is not UTF-8"))
}
