//! [Labels](https://smithy.io/2.0/spec/http-bindings.html#httplabel-trait) and
//! [query parameters](https://smithy.io/2.0/spec/http-bindings.html#httpquery-trait).

use super::text::to_text;
use crate::codec::WriteError;
use crate::schema::{HttpBinding, Member, Trait};
use crate::shape::{Map, Structure, View};
use crate::types::TimestampFormat;
use http::Uri;
use http::uri::PathAndQuery;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of
/// [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2.3).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Greedy labels span several path segments.
const ESCAPED_IN_GREEDY_LABEL: &AsciiSet = &ESCAPED.remove(b'/');

/// The URI of a request: the endpoint, whose path is a prefix, and the operation's pattern with the labels
/// and query parameters of the input.
pub(in crate::protocol) fn write_uri(
    binding: &HttpBinding,
    input: &dyn Structure,
    endpoint: &Uri,
) -> Result<Uri, WriteError> {
    let (pattern, literals) = binding.uri.split_once('?').unwrap_or((binding.uri, ""));
    // Exact where nothing is added, so that the text need not be moved.
    let room = if pattern.contains('{') { 32 } else { 0 };
    join_path(endpoint, binding.uri.len() + room, |target| {
        write_path(target, pattern, input)?;
        write_query(target, literals, input)
    })
}

/// The URI of a request at an endpoint, whose path is a prefix of what is written. It will be about `len`
/// bytes.
pub(in crate::protocol) fn join_path(
    endpoint: &Uri,
    len: usize,
    write: impl FnOnce(&mut String) -> Result<(), WriteError>,
) -> Result<Uri, WriteError> {
    let prefix = endpoint.path().trim_end_matches('/');
    let mut target = String::with_capacity(prefix.len() + len);
    target.push_str(prefix);
    write(&mut target)?;

    let mut parts = endpoint.clone().into_parts();
    if parts.scheme.is_none() || parts.authority.is_none() {
        return Err(WriteError::new("the endpoint lacks a scheme or a host"));
    }
    let target = PathAndQuery::from_maybe_shared(bytes::Bytes::from(target));
    parts.path_and_query = Some(target.map_err(|_| WriteError::new("the URI is too long or malformed"))?);
    Uri::from_parts(parts).map_err(|_| WriteError::new("the endpoint and the path make no URI"))
}

fn write_path(target: &mut String, pattern: &str, input: &dyn Structure) -> Result<(), WriteError> {
    let mut rest = pattern;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((label, after)) = after.split_once('}') else { break };
        target.push_str(literal);
        match label.strip_suffix('+') {
            Some(name) => write_label(target, name, ESCAPED_IN_GREEDY_LABEL, input)?,
            None => write_label(target, label, ESCAPED, input)?,
        }
        rest = after;
    }
    target.push_str(rest);
    Ok(())
}

fn write_label(
    target: &mut String,
    name: &str,
    escaped: &'static AsciiSet,
    input: &dyn Structure,
) -> Result<(), WriteError> {
    let found = input.schema().members.iter().enumerate().find(|(_, member)| member.name == name);
    let (index, member) =
        found.ok_or_else(|| WriteError::new("the input lacks this label of the URI").within(name))?;
    let view = input.member(index).map_or(View::Absent, |value| value.view());
    let text = to_text(view, member, TimestampFormat::DateTime).map_err(|error| error.within(name))?;
    match text {
        Some(text) if !text.is_empty() => target.extend(utf8_percent_encode(&text, escaped)),
        _ => return Err(WriteError::new("part of the path: it must be set, and not empty").within(name)),
    }
    Ok(())
}

/// Literal parameters of the pattern first, then those of members, then those of the map that names its
/// own, save for keys that came before.
fn write_query(target: &mut String, literals: &str, input: &dyn Structure) -> Result<(), WriteError> {
    let mut query = Query { target, separator: '?' };
    if !literals.is_empty() {
        query.push_literal(literals);
    }
    let mut free = None;
    for (index, member) in input.schema().members.iter().enumerate() {
        for r#trait in member.traits {
            match (r#trait, input.member(index).map(|value| value.view())) {
                (Trait::HttpQuery(key), Some(view)) => {
                    query.push_all(key, view, member).map_err(|error| error.within(member.name))?;
                }
                (Trait::HttpQueryParams, Some(View::Map(map))) => free = Some((map, member)),
                _ => {}
            }
        }
    }
    let Some((map, member)) = free else { return Ok(()) };
    let taken = |key: &str| is_literal(literals, key) || is_bound(input, key);
    query.push_map(map, member, taken).map_err(|error| error.within(member.name))
}

fn is_literal(literals: &str, key: &str) -> bool {
    literals.split('&').any(|literal| literal.split('=').next() == Some(key))
}

fn is_bound(input: &dyn Structure, key: &str) -> bool {
    input.schema().members.iter().enumerate().any(|(index, member)| {
        member.traits.iter().any(|r#trait| matches!(r#trait, Trait::HttpQuery(name) if *name == key))
            && input.member(index).is_some_and(|value| !matches!(value.view(), View::Absent))
    })
}

struct Query<'t> {
    target: &'t mut String,
    separator: char,
}

impl Query<'_> {
    fn push_literal(&mut self, literal: &str) {
        self.target.push(self.separator);
        self.target.push_str(literal);
        self.separator = '&';
    }

    fn push(&mut self, key: &str, value: &str) {
        self.target.push(self.separator);
        self.target.extend(utf8_percent_encode(key, ESCAPED));
        self.target.push('=');
        self.target.extend(utf8_percent_encode(value, ESCAPED));
        self.separator = '&';
    }

    /// A parameter, or one for each item of a list.
    fn push_all(&mut self, key: &str, view: View<'_>, member: &Member) -> Result<(), WriteError> {
        let View::List(list) = view else {
            if let Some(text) = to_text(view, member, TimestampFormat::DateTime)? {
                self.push(key, &text);
            }
            return Ok(());
        };
        let element = member.target.element().unwrap_or(member);
        for index in 0..list.len() {
            let view = list.item(index).map_or(View::Absent, |item| item.view());
            if let Some(text) = to_text(view, element, TimestampFormat::DateTime)? {
                self.push(key, &text);
            }
        }
        Ok(())
    }

    fn push_map(
        &mut self,
        map: &dyn Map,
        member: &Member,
        taken: impl Fn(&str) -> bool,
    ) -> Result<(), WriteError> {
        let element = member.target.element().unwrap_or(member);
        for (key, value) in map.entries() {
            if !taken(key) {
                self.push_all(key, value.view(), element)?;
            }
        }
        Ok(())
    }
}
