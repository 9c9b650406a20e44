//! JSON values that know their place and are decoded only when somebody asks.

use crate::{Diagnostic, Span};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// A JSON value of the source: its text and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    raw: &'a str,
    start: usize,
}

/// An object's entry.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The key, unescaped.
    pub key: Cow<'a, str>,
    /// Where the key stands, quotes included.
    pub key_span: Span,
    /// The value.
    pub value: Node<'a>,
}

impl<'a> Node<'a> {
    /// The one value of a whole text.
    pub(super) fn root(source: &'a str) -> Self {
        let text = source.trim_start_matches('\u{feff}').trim();
        Self { raw: text, start: offset_in(source, text) }
    }

    /// A value that the source does not hold, standing for something that is at `span`.
    pub(crate) fn synthetic(raw: &'static str, span: Span) -> Self {
        Self { raw, start: span.start }
    }

    /// Where the value stands.
    pub fn span(&self) -> Span {
        Span { start: self.start, end: self.start.saturating_add(self.raw.len()) }
    }

    /// The value as it is written.
    pub fn raw(&self) -> &'a str {
        self.raw
    }

    /// What the value is, with an article, for messages: "a string", "an object".
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

    /// Whether the value is `null`.
    pub fn is_null(&self) -> bool {
        self.raw == "null"
    }

    /// The text of a string; `None` for another value.
    pub fn string(&self) -> Option<Cow<'a, str>> {
        let quoted = self.raw.strip_prefix('"')?.strip_suffix('"')?;
        if quoted.contains('\\') {
            return serde_json::from_str(self.raw).ok().map(Cow::Owned);
        }
        Some(Cow::Borrowed(quoted))
    }

    /// The number when it is an integer that fits; `None` for another value. `1.0` counts as `1`.
    pub fn integer(&self) -> Option<i64> {
        let number: f64 = match self.raw.parse::<i64>() {
            Ok(integer) => return Some(integer),
            Err(_) => serde_json::from_str(self.raw).ok()?,
        };
        let fits = number.fract() == 0.0 && number.abs() < 9e15;
        fits.then_some(number as i64)
    }

    /// The value of a boolean; `None` for another value.
    pub fn boolean(&self) -> Option<bool> {
        match self.raw {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// The items of an array; `None` for another value.
    pub fn items(&self) -> Option<Vec<Node<'a>>> {
        let items: Vec<&'a RawValue> = serde_json::from_str(self.raw).ok()?;
        Some(items.into_iter().map(|item| self.within(item.get())).collect())
    }

    /// The entries of an object in the order of the text, duplicates included; `None` for another value.
    pub fn entries(&self) -> Option<Vec<Entry<'a>>> {
        if !self.raw.starts_with('{') {
            return None;
        }
        let Pairs(pairs) = serde_json::from_str(self.raw).ok()?;
        let entry = |(key, value): (&'a RawValue, &'a RawValue)| {
            let key = self.within(key.get());
            Some(Entry { key: key.string()?, key_span: key.span(), value: self.within(value.get()) })
        };
        pairs.into_iter().map(entry).collect()
    }

    /// The value with all that is in it.
    pub fn value(&self) -> Option<serde_json::Value> {
        serde_json::from_str(self.raw).ok()
    }

    /// A part of this node's text as a node.
    fn within(&self, part: &'a str) -> Self {
        Self { raw: part, start: self.start.saturating_add(offset_in(self.raw, part)) }
    }

    /// The mistake of a value that is not what `taker` takes.
    pub(crate) fn unexpected(&self, taker: &str, wanted: &str) -> Diagnostic {
        Diagnostic::new(self.span(), format!("{taker} takes {wanted}, not {}", self.kind()))
            .label(format!("expected {wanted}"))
            .help(format!("write {wanted} here"))
    }
}

/// Splits off keys that the object already had: what stays, and the mistakes.
pub(super) fn without_duplicates<'a>(
    entries: Vec<Entry<'a>>,
    what: &str,
) -> (Vec<Entry<'a>>, Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let mut diagnostics = Vec::new();
    let mut keep = Vec::with_capacity(entries.len());
    for entry in &entries {
        let first = seen.get(entry.key.as_ref()).copied();
        keep.push(first.is_none());
        match first {
            Some(first) => diagnostics.push(
                Diagnostic::new(entry.key_span, format!("{what} `{}` is defined twice", entry.key))
                    .label("defined again here")
                    .related(first, "first defined here")
                    .help("keep one of the two"),
            ),
            None => {
                seen.insert(&entry.key, entry.key_span);
            }
        }
    }
    let kept = entries.into_iter().zip(keep).filter_map(|(entry, keep)| keep.then_some(entry)).collect();
    (kept, diagnostics)
}

/// How many bytes into `text` its slice `part` begins.
fn offset_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// An object's keys and values as they are written.
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
    fn values_know_their_place() {
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
    fn a_value_of_another_kind_is_none() {
        let node = Node::root("[1.0, {}, null, 1.5, 1e300]");
        assert!(node.entries().is_none() && node.string().is_none() && node.boolean().is_none());
        let integers: Vec<_> = node.items().unwrap().iter().map(Node::integer).collect();
        assert_eq!(integers, [Some(1), None, None, None, None]);
        assert!(node.items().unwrap()[1].items().is_none());
    }
}
