//! Lazily decoded JSON values with source spans.

use crate::{Diagnostic, Span};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// An undecoded JSON value: its text and its offset in the source.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    raw: &'a str,
    start: usize,
}

/// An entry of an object.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The key, unescaped.
    pub key: Cow<'a, str>,
    /// The span of the key, including the quotes.
    pub key_span: Span,
    /// The value.
    pub value: Node<'a>,
}

impl<'a> Node<'a> {
    /// Creates the node of a whole document.
    pub(super) fn root(source: &'a str) -> Self {
        let text = source.trim_start_matches('\u{feff}').trim();
        Self { raw: text, start: offset_in(source, text) }
    }

    /// Creates a node whose text is not in the source. It is reported at `span`.
    pub(crate) fn synthetic(raw: &'static str, span: Span) -> Self {
        Self { raw, start: span.start }
    }

    /// Returns the span of the value.
    pub fn span(&self) -> Span {
        Span { start: self.start, end: self.start.saturating_add(self.raw.len()) }
    }

    /// Returns the JSON text of the value.
    pub fn raw(&self) -> &'a str {
        self.raw
    }

    /// Returns the JSON type with an article, for messages: "a string", "an object".
    pub fn kind(&self) -> &'static str {
        match self.raw.as_bytes().first() {
            Some(b'"') => "a string",
            Some(b'{') => "an object",
            Some(b'[') => "an array",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            _ => "a number",
        }
    }

    /// Returns true if the value is `null`.
    pub fn is_null(&self) -> bool {
        self.raw == "null"
    }

    /// Returns the value of a string, or `None` for other types.
    pub fn string(&self) -> Option<Cow<'a, str>> {
        let quoted = self.raw.strip_prefix('"')?.strip_suffix('"')?;
        if quoted.contains('\\') {
            return serde_json::from_str(self.raw).ok().map(Cow::Owned);
        }
        Some(Cow::Borrowed(quoted))
    }

    /// Returns the value of an integer that fits, or `None` otherwise. `1.0` is the integer `1`.
    pub fn integer(&self) -> Option<i64> {
        let number: f64 = match self.raw.parse::<i64>() {
            Ok(integer) => return Some(integer),
            Err(_) => serde_json::from_str(self.raw).ok()?,
        };
        let fits = number.fract() == 0.0 && number.abs() < 9e15;
        fits.then_some(number as i64)
    }

    /// Returns the value of a boolean, or `None` for other types.
    pub fn boolean(&self) -> Option<bool> {
        match self.raw {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// Returns the items of an array, or `None` for other types.
    pub fn items(&self) -> Option<Vec<Node<'a>>> {
        let items: Vec<&'a RawValue> = serde_json::from_str(self.raw).ok()?;
        Some(items.into_iter().map(|item| self.child(item.get())).collect())
    }

    /// Returns the entries of an object in source order, including duplicates, or `None` for other types.
    pub fn entries(&self) -> Option<Vec<Entry<'a>>> {
        if !self.raw.starts_with('{') {
            return None;
        }
        let Pairs(pairs) = serde_json::from_str(self.raw).ok()?;
        let entry = |(key, value): (&'a RawValue, &'a RawValue)| {
            let key = self.child(key.get());
            Some(Entry { key: key.string()?, key_span: key.span(), value: self.child(value.get()) })
        };
        pairs.into_iter().map(entry).collect()
    }

    /// Decodes the value.
    pub fn value(&self) -> Option<serde_json::Value> {
        serde_json::from_str(self.raw).ok()
    }

    /// Creates the node of a slice of this node's text.
    fn child(&self, part: &'a str) -> Self {
        Self { raw: part, start: self.start.saturating_add(offset_in(self.raw, part)) }
    }

    /// Creates a diagnostic for a value of the wrong type in `context`, such as "`version`".
    pub(crate) fn unexpected(&self, context: &str, expected: &str) -> Diagnostic {
        Diagnostic::new(self.span(), format!("{context}: expected {expected}, found {}", self.kind()))
            .label(format!("expected {expected}"))
            .help(format!("write {expected} here"))
    }
}

/// Removes entries with a duplicate key, and returns a diagnostic for each.
pub(super) fn remove_duplicates<'a>(
    entries: Vec<Entry<'a>>,
    kind: &str,
) -> (Vec<Entry<'a>>, Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let mut diagnostics = Vec::new();
    let mut is_first = Vec::with_capacity(entries.len());
    for entry in &entries {
        let first = seen.get(entry.key.as_ref()).copied();
        is_first.push(first.is_none());
        match first {
            Some(first) => diagnostics.push(
                Diagnostic::new(entry.key_span, format!("{kind} `{}` is defined twice", entry.key))
                    .label("defined again here")
                    .related(first, "first defined here")
                    .help("remove one of the definitions"),
            ),
            None => {
                seen.insert(&entry.key, entry.key_span);
            }
        }
    }
    let unique = entries.into_iter().zip(is_first).filter_map(|(entry, is_first)| is_first.then_some(entry));
    (unique.collect(), diagnostics)
}

/// Returns the byte offset of the slice `part` in `text`.
fn offset_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// The undecoded keys and values of an object.
struct Pairs<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor;

        impl<'de> Visitor<'de> for PairsVisitor {
            type Value = Pairs<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = entries.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(PairsVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_values_have_source_spans() {
        let source = "\u{feff} {\"a\": [1, \"x\\u0041\"], \"\\u0062\": true}";
        let root = Node::root(source);
        let entries = root.entries().unwrap();
        assert_eq!(entries.len(), 2);
        let items = entries[0].value.items().unwrap();
        assert_eq!(&source[items[1].span().start..items[1].span().end], "\"x\\u0041\"");
        assert_eq!(items[1].string().unwrap(), "xA");
        assert_eq!(items[0].integer(), Some(1));
        assert_eq!(entries[1].key, "b");
        assert_eq!(&source[entries[1].key_span.start..entries[1].key_span.end], "\"\\u0062\"");
        assert_eq!(entries[1].value.boolean(), Some(true));
    }

    #[test]
    fn accessors_return_none_for_other_types() {
        let node = Node::root("[1.0, {}, null, 1.5, 1e300]");
        assert!(node.entries().is_none() && node.string().is_none() && node.boolean().is_none());
        let integers: Vec<_> = node.items().unwrap().iter().map(Node::integer).collect();
        assert_eq!(integers, [Some(1), None, None, None, None]);
        assert!(node.items().unwrap()[1].items().is_none());
    }
}
