//! Syntax check of the whole JSON text, including its nesting depth.

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use std::fmt;

/// Checks the JSON syntax of the text.
pub(super) fn check(file: FileId, text: &str) -> Result<(), Diagnostic> {
    serde_json::from_str::<Any>(text).map(|Any| ()).map_err(|error| diagnose(file, text, &error))
}

fn diagnose(file: FileId, text: &str, error: &serde_json::Error) -> Diagnostic {
    let reason = reason(error);
    let span = span(file, text, error);
    if reason == "recursion limit exceeded" {
        return Diagnostic::new(span, "the JSON is nested too deeply")
            .label("exceeds 127 levels here")
            .help("check the tool that wrote this file");
    }
    if error.classify() == Category::Eof {
        let end = text.trim_end().len();
        let start = text.get(..end).and_then(|s| s.char_indices().next_back()).map_or(end, |(i, _)| i);
        return Diagnostic::new(Span::new(file, start, end), format!("unexpected end of JSON: {reason}"))
            .label("end of input")
            .help("the file may be incomplete; write or download it again");
    }
    if reason == "number out of range" {
        return Diagnostic::new(span, "the number is out of range")
            .label("beyond the range of a double")
            .help("write a number between -1.7e308 and 1.7e308");
    }
    Diagnostic::new(span, format!("invalid JSON: {reason}"))
        .label(reason)
        .help("the model must be a Smithy JSON AST; convert Smithy IDL with `smithy ast`")
}

/// Returns the message of a parser error without the position.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(reason, _)| reason.to_owned())
}

/// Returns the span of the character at the position of a parser error. Lines and columns start at 1 and
/// columns count bytes; column 0 is the line break before the line.
fn span(file: FileId, text: &str, error: &serde_json::Error) -> Span {
    let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let offset = before.saturating_add(error.column()).saturating_sub(1);
    let start = text.floor_char_boundary(offset);
    let end = text.ceil_char_boundary(start.saturating_add(1).min(text.len()));
    Span::new(file, start, end)
}

/// Any JSON value, visited and discarded.
struct Any;

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

impl<'de> Visitor<'de> for Any {
    type Value = Any;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Any, E> {
        Ok(Any)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Any, E> {
        Ok(Any)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Any, E> {
        Ok(Any)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Any, E> {
        Ok(Any)
    }

    fn visit_str<E>(self, _: &str) -> Result<Any, E> {
        Ok(Any)
    }

    fn visit_unit<E>(self) -> Result<Any, E> {
        Ok(Any)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Any, A::Error> {
        while let Some(Any) = items.next_element()? {}
        Ok(Any)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Any, A::Error> {
        while let Some((Any, Any)) = entries.next_entry()? {}
        Ok(Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> (String, Span) {
        let diagnostic = check(FileId::new(1), source).unwrap_err();
        (diagnostic.message, diagnostic.span)
    }

    fn span(start: usize, end: usize) -> Span {
        Span::new(FileId::new(1), start, end)
    }

    #[test]
    fn reports_the_span_of_invalid_json() {
        let (message, at) = found("{\n  \"a\": é}");
        assert_eq!(message, "invalid JSON: expected value");
        assert_eq!(at, span(9, 11));
        assert_eq!(found("namespace a.b").1, span(1, 2));
        assert_eq!(found("{\"a\": 1,}").1, span(8, 9));
        assert_eq!(found("{} x").1, span(3, 4));
        assert_eq!(found(r#"{"a": "\ud800"}"#).1.start, 13);
    }

    #[test]
    fn reports_truncated_json_at_the_end() {
        let (message, at) = found("{\"a\": [1, 2\n\n");
        assert_eq!(message, "unexpected end of JSON: EOF while parsing a list");
        assert_eq!(at, span(10, 11));
        assert_eq!(found("").1, span(0, 0));
    }

    #[test]
    fn rejects_deep_nesting_without_stack_overflow() {
        for (open, width) in [("[", 1), ("{\"a\":", 5)] {
            let (message, at) = found(&open.repeat(1_000_000));
            assert_eq!(message, "the JSON is nested too deeply");
            assert_eq!(at.start, 127 * width);
        }
        assert!(check(FileId::default(), &format!("{}{}", "[".repeat(127), "]".repeat(127))).is_ok());
    }
}
