//! Parsing of JSON text into nodes with spans.
//!
//! The text has been checked: its syntax is valid and its nesting depth is limited. The parser reads it once,
//! because models consist mostly of documentation and of traits that are not used.

use crate::ast::arena::Arena;
use crate::ast::node::{Entry, Node, Value};
use crate::source::{FileId, Span};

/// Parses a JSON text with valid syntax. Returns `None` only if the syntax is invalid.
pub(super) fn parse<'a>(file: FileId, text: &'a str, arena: &'a Arena) -> Option<Node<'a>> {
    Parser { file, text, at: 0, arena, items: Vec::new(), entries: Vec::new() }.value()
}

struct Parser<'a> {
    file: FileId,
    text: &'a str,
    /// The offset of the next byte.
    at: usize,
    arena: &'a Arena,
    /// The items of the arrays that are not complete yet, from outer to inner.
    items: Vec<Node<'a>>,
    /// The entries of the objects that are not complete yet, from outer to inner.
    entries: Vec<Entry<'a>>,
}

impl<'a> Parser<'a> {
    fn value(&mut self) -> Option<Node<'a>> {
        let first = self.skip_whitespace()?;
        let start = self.at;
        let value = match first {
            b'"' => Value::String(self.string()?),
            b'{' => self.object()?,
            b'[' => self.array()?,
            _ => self.scalar()?,
        };
        Some(Node::new(self.span(start), value))
    }

    fn object(&mut self) -> Option<Value<'a>> {
        let outer = self.entries.len();
        self.at += 1;
        while self.skip_separators()? != b'}' {
            let start = self.at;
            let key = self.string()?;
            let key_span = self.span(start);
            self.skip_separators()?;
            let value = self.value()?;
            self.entries.push(Entry { key, key_span, value });
        }
        self.at += 1;
        let entries = self.arena.entries(self.entries.get(outer..)?);
        self.entries.truncate(outer);
        Some(Value::Object(entries))
    }

    fn array(&mut self) -> Option<Value<'a>> {
        let outer = self.items.len();
        self.at += 1;
        while self.skip_separators()? != b']' {
            let item = self.value()?;
            self.items.push(item);
        }
        self.at += 1;
        let items = self.arena.items(self.items.get(outer..)?);
        self.items.truncate(outer);
        Some(Value::Array(items))
    }

    /// Parses a string. Copies it only if it has escapes.
    fn string(&mut self) -> Option<&'a str> {
        let start = self.at;
        let rest = self.text.as_bytes().get(start + 1..)?;
        let mut length = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
        let has_escapes = rest.get(length) == Some(&b'\\');
        while *rest.get(length)? != b'"' {
            length += if *rest.get(length)? == b'\\' { 2 } else { 1 };
        }
        self.at = start + length + 2;
        let quoted = self.text.get(start..self.at)?;
        if has_escapes {
            let text: String = serde_json::from_str(quoted).ok()?;
            return Some(self.arena.string(&text));
        }
        quoted.get(1..=length)
    }

    /// Parses a number or a keyword.
    fn scalar(&mut self) -> Option<Value<'a>> {
        let rest = self.text.get(self.at..)?;
        let is_end = |byte: u8| matches!(byte, b',' | b']' | b'}') || byte.is_ascii_whitespace();
        let text = rest.get(..rest.bytes().position(is_end).unwrap_or(rest.len()))?;
        self.at += text.len();
        Some(match text {
            "" => return None,
            "null" => Value::Null,
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            _ => Value::Number(text),
        })
    }

    /// Skips whitespace and returns the next byte.
    fn skip_whitespace(&mut self) -> Option<u8> {
        self.skip(|byte| byte.is_ascii_whitespace())
    }

    /// Skips whitespace, commas and colons, and returns the next byte.
    fn skip_separators(&mut self) -> Option<u8> {
        self.skip(|byte| matches!(byte, b',' | b':') || byte.is_ascii_whitespace())
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let skipped = rest.iter().position(|byte| !is_skipped(*byte))?;
        self.at += skipped;
        rest.get(skipped).copied()
    }

    fn span(&self, start: usize) -> Span {
        Span::new(self.file, start, self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_values_have_source_spans() {
        let text = "\n {\"a\": [1, \"x\\u0041\\\\\" , []], \"\\u0062\": true}\n";
        let arena = Arena::new();
        let file = FileId::new(3);
        let root = parse(file, text, &arena).unwrap();
        assert_eq!(root.span(), Span::new(file, 2, text.len() - 1));
        let entries = root.entries().unwrap();
        assert_eq!(entries.len(), 2);
        let items = entries[0].value.items().unwrap();
        assert_eq!(&text[items[1].span().range()], "\"x\\u0041\\\\\"");
        assert_eq!(items[1].string(), Some("xA\\"));
        assert_eq!((items.len(), items[0].number()), (3, Some("1")));
        assert_eq!(entries[1].key, "b");
        assert_eq!(&text[entries[1].key_span.range()], "\"\\u0062\"");
        assert_eq!(entries[1].value.boolean(), Some(true));
    }

    #[test]
    fn parses_scalars_at_the_top_level() {
        let arena = Arena::new();
        let parsed = |text| parse(FileId::default(), text, &arena).unwrap().to_string();
        for text in ["null", "true", "false", "-1.50e+3", "\"é\"", "{}", "[]"] {
            assert_eq!(parsed(text), text);
        }
    }

    #[test]
    fn returns_none_for_invalid_text() {
        let arena = Arena::new();
        for text in ["", " ", "\"", "\"\\", "[", "[1,", "{", "{\"a\"", "{\"a\":", "[}"] {
            assert!(parse(FileId::default(), text, &arena).is_none(), "{text}");
        }
    }
}
