//! The first pass: is the text JSON, whole, and not nested absurdly deep?
//!
//! It visits every value without keeping any, with `serde_json`'s recursion limit in force. Later passes
//! skip over values that nobody reads, which has no such limit; after this pass they need none.

use crate::{Diagnostic, Span};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use std::fmt;

/// Checks the syntax of the whole text, but for a byte order mark.
pub(super) fn check(source: &str) -> Result<(), Diagnostic> {
    let text = source.trim_start_matches('\u{feff}');
    serde_json::from_str::<Any>(text).map(|Any| ()).map_err(|error| {
        let mut diagnostic = diagnose(text, &error);
        let mark = source.len().saturating_sub(text.len());
        diagnostic.span.start = diagnostic.span.start.saturating_add(mark);
        diagnostic.span.end = diagnostic.span.end.saturating_add(mark);
        diagnostic
    })
}

fn diagnose(source: &str, error: &serde_json::Error) -> Diagnostic {
    let reason = reason(error);
    if reason == "recursion limit exceeded" {
        return Diagnostic::new(place(source, error), "the JSON is nested too deep")
            .label("more than 127 levels deep here")
            .help("no Smithy model needs such nesting; check what wrote this file");
    }
    if error.classify() == Category::Eof {
        let end = source.trim_end().len();
        let start = source.get(..end).and_then(|s| s.char_indices().next_back()).map_or(end, |(i, _)| i);
        return Diagnostic::new(Span { start, end }, format!("the JSON is cut short: {reason}"))
            .label("the text ends here")
            .help("the file may not have been written or downloaded to its end; get it again");
    }
    Diagnostic::new(place(source, error), format!("this is not JSON: {reason}"))
        .label(reason)
        .help("a model is read from its JSON AST; convert Smithy IDL with `smithy ast`")
}

/// What the parser found, without the position.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(reason, _)| reason.to_owned())
}

/// The character that the parser stumbled over. It counts lines from one and bytes in a line from one;
/// a column of zero stands for the line's break before.
fn place(source: &str, error: &serde_json::Error) -> Span {
    let before: usize = source.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let offset = before.saturating_add(error.column()).saturating_sub(1);
    let start = source.floor_char_boundary(offset);
    let end = source.ceil_char_boundary(start.saturating_add(1).min(source.len()));
    Span { start, end }
}

/// Any JSON value, visited and forgotten.
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
        let diagnostic = check(source).unwrap_err();
        (diagnostic.message, diagnostic.span)
    }

    #[test]
    fn text_that_is_not_json_is_pointed_at() {
        let (message, span) = found("{\n  \"a\": é}");
        assert_eq!(message, "this is not JSON: expected value");
        assert_eq!(span, Span { start: 9, end: 11 });
        assert_eq!(found("namespace a.b").1, Span { start: 1, end: 2 });
        assert_eq!(found("{\"a\": 1,}").1, Span { start: 8, end: 9 });
        assert_eq!(found("{} x").1, Span { start: 3, end: 4 });
        assert_eq!(found(r#"{"a": "\ud800"}"#).1.start, 13);
        assert_eq!(found("\u{feff}{1").1, Span { start: 4, end: 5 });
    }

    #[test]
    fn a_cut_text_is_pointed_at_where_it_ends() {
        let (message, span) = found("{\"a\": [1, 2\n\n");
        assert_eq!(message, "the JSON is cut short: EOF while parsing a list");
        assert_eq!(span, Span { start: 10, end: 11 });
        assert_eq!(found("").1, Span { start: 0, end: 0 });
    }

    #[test]
    fn deep_nesting_is_an_error_where_it_gets_too_deep_and_never_overflows() {
        for (open, width) in [("[", 1), ("{\"a\":", 5)] {
            let (message, span) = found(&open.repeat(1_000_000));
            assert_eq!(message, "the JSON is nested too deep");
            assert_eq!(span.start, 127 * width);
        }
        assert!(check(&format!("{}{}", "[".repeat(127), "]".repeat(127))).is_ok());
    }
}
