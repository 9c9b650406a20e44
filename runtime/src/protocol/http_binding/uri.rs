//! [Labels](https://smithy.io/2.0/spec/http-bindings.html#httplabel-trait) and
//! [query parameters](https://smithy.io/2.0/spec/http-bindings.html#httpquery-trait).

use super::text::to_text;
use crate::codec::WriteError;
use crate::percent::ESCAPED;
use crate::protocol::join_path::join_path;
use crate::schema::{Member, Trait};
use crate::service::HttpBinding;
use crate::shape::{Map, Structure, View};
use crate::types::TimestampFormat;
use http::Uri;
use percent_encoding::{AsciiSet, utf8_percent_encode};

/// [`ESCAPED`] for greedy labels, which may contain several path segments.
const ESCAPED_IN_GREEDY_LABEL: &AsciiSet = &ESCAPED.remove(b'/');

/// Creates the URI of a request: the endpoint, then the operation's URI pattern with the input's labels and
/// query parameters.
pub(super) fn write_uri(
    binding: &HttpBinding,
    input: &dyn Structure,
    endpoint: &Uri,
) -> Result<Uri, WriteError> {
    let (pattern, literals) = binding.uri.split_once('?').unwrap_or((binding.uri, ""));
    // Exact for a pattern without labels and query parameters.
    let extra = if pattern.contains('{') { 32 } else { 0 };
    join_path(endpoint, binding.uri.len() + extra, |path_and_query| {
        write_path(path_and_query, pattern, input)?;
        write_query(path_and_query, literals, input)
    })
}

fn write_path(path_and_query: &mut String, pattern: &str, input: &dyn Structure) -> Result<(), WriteError> {
    let mut rest = pattern;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((label, after)) = after.split_once('}') else { break };
        path_and_query.push_str(literal);
        match label.strip_suffix('+') {
            Some(name) => write_label(path_and_query, name, ESCAPED_IN_GREEDY_LABEL, input)?,
            None => {
                write_label(path_and_query, label, ESCAPED, input)?;
                reject_dot_segment(path_and_query, after, label)?;
            }
        }
        rest = after;
    }
    path_and_query.push_str(rest);
    Ok(())
}

/// Returns an error if the value would be a dot segment. Encoding would not help: URL normalization treats
/// `%2E` like `.` ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2.2)), so that the service
/// or a proxy would see another path. Greedy labels may contain dot segments, which are valid in object keys.
fn reject_dot_segment(path: &str, after: &str, label: &str) -> Result<(), WriteError> {
    let is_dots = matches!(path.rsplit('/').next(), Some("." | ".."));
    if is_dots && (after.is_empty() || after.starts_with('/')) {
        return Err(WriteError::new("URI label must not be `.` or `..`").within(label.to_owned()));
    }
    Ok(())
}

fn write_label(
    path_and_query: &mut String,
    name: &str,
    escaped: &'static AsciiSet,
    input: &dyn Structure,
) -> Result<(), WriteError> {
    let found = input.schema().members.iter().enumerate().find(|(_, member)| member.name == name);
    let (index, member) =
        found.ok_or_else(|| WriteError::new("URI label has no input member").within(name))?;
    let view = input.member(index).map_or(View::Absent, |value| value.view());
    let text = to_text(view, member, TimestampFormat::DateTime).map_err(|error| error.within(name))?;
    match text {
        Some(text) if !text.is_empty() => path_and_query.extend(utf8_percent_encode(&text, escaped)),
        _ => return Err(WriteError::new("URI label must be set and not empty").within(name)),
    }
    Ok(())
}

/// Writes the literal parameters of the pattern, then the members bound to a parameter, then the entries of
/// the [query map](https://smithy.io/2.0/spec/http-bindings.html#httpqueryparams-trait) whose keys are
/// unused.
fn write_query(path_and_query: &mut String, literals: &str, input: &dyn Structure) -> Result<(), WriteError> {
    let mut query = Query { path_and_query, separator: '?' };
    if !literals.is_empty() {
        query.push_literal(literals);
    }
    let mut query_map = None;
    for (index, member) in input.schema().members.iter().enumerate() {
        for r#trait in member.traits {
            match (r#trait, input.member(index).map(|value| value.view())) {
                (Trait::HttpQuery(key), Some(view)) => {
                    query.push_all(key, view, member).map_err(|error| error.within(member.name))?;
                }
                (Trait::HttpQueryParams, Some(View::Map(map))) => query_map = Some((map, member)),
                _ => {}
            }
        }
    }
    let Some((map, member)) = query_map else { return Ok(()) };
    let is_used = |key: &str| is_literal(literals, key) || is_bound(input, key);
    query.push_map(map, member, is_used).map_err(|error| error.within(member.name))
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
    path_and_query: &'t mut String,
    separator: char,
}

impl Query<'_> {
    fn push_literal(&mut self, literal: &str) {
        self.path_and_query.push(self.separator);
        self.path_and_query.push_str(literal);
        self.separator = '&';
    }

    fn push(&mut self, key: &str, value: &str) {
        self.path_and_query.push(self.separator);
        self.path_and_query.extend(utf8_percent_encode(key, ESCAPED));
        self.path_and_query.push('=');
        self.path_and_query.extend(utf8_percent_encode(value, ESCAPED));
        self.separator = '&';
    }

    /// Appends a parameter, or one for each item of a list.
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
        is_used: impl Fn(&str) -> bool,
    ) -> Result<(), WriteError> {
        let element = member.target.element().unwrap_or(member);
        for (key, value) in map.entries() {
            if !is_used(key) {
                self.push_all(key, value.view(), element)?;
            }
        }
        Ok(())
    }
}
