//! Values of traits and metadata.

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use std::fmt;

/// A [node value](https://smithy.io/2.0/spec/model.html#node-values) with its location. Its parts are in an
/// arena, so that it is cheap to copy. Front ends limit the nesting depth.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'a> {
    span: Span,
    value: Value<'a>,
}

/// The value of a [`Node`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    /// Null.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A number, as written in the model with the syntax of JSON.
    Number(&'a str),
    /// A string without quotes and escapes.
    String(&'a str),
    /// An array.
    Array(&'a [Node<'a>]),
    /// An object.
    Object(&'a [Entry<'a>]),
}

/// An entry of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    /// The key without quotes and escapes.
    pub(crate) key: &'a str,
    /// The span of the key, including quotes.
    pub(crate) key_span: Span,
    /// The value.
    pub(crate) value: Node<'a>,
}

impl<'a> Node<'a> {
    /// Creates a node.
    pub(crate) fn new(span: Span, value: Value<'a>) -> Self {
        Self { span, value }
    }

    /// Returns the span of the value.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// Returns the type with an article, for messages: "a string", "an object".
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Boolean(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// Returns true if the value is an object.
    pub(crate) fn is_object(&self) -> bool {
        matches!(self.value, Value::Object(_))
    }

    /// Returns the value of a string, or `None` for other types.
    pub(crate) fn string(&self) -> Option<&'a str> {
        match self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the text of a number, or `None` for other types.
    pub(crate) fn number(&self) -> Option<&'a str> {
        match self.value {
            Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the value of an integer that fits, or `None` otherwise. `1.0` is the integer `1`.
    pub(crate) fn integer(&self) -> Option<i64> {
        let text = self.number()?;
        if let Ok(integer) = text.parse() {
            return Some(integer);
        }
        let number: f64 = text.parse().ok()?;
        let fits = number.fract() == 0.0 && number.abs() < 9e15;
        fits.then_some(number as i64)
    }

    /// Returns the value of a boolean, or `None` for other types.
    pub(crate) fn boolean(&self) -> Option<bool> {
        match self.value {
            Value::Boolean(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the items of an array, or `None` for other types.
    pub(crate) fn items(&self) -> Option<&'a [Node<'a>]> {
        match self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the entries of an object in source order, including duplicates, or `None` for other types.
    pub(crate) fn entries(&self) -> Option<&'a [Entry<'a>]> {
        match self.value {
            Value::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// Converts the value to JSON. Returns `None` if a number is out of range.
    pub(crate) fn to_json(self) -> Option<serde_json::Value> {
        Some(match self.value {
            Value::Null => serde_json::Value::Null,
            Value::Boolean(value) => value.into(),
            Value::Number(text) => serde_json::Value::Number(text.parse().ok()?),
            Value::String(text) => text.into(),
            Value::Array(items) => {
                items.iter().map(|item| item.to_json()).collect::<Option<Vec<_>>>()?.into()
            }
            Value::Object(entries) => {
                let entry = |entry: &Entry<'a>| Some((entry.key.to_owned(), entry.value.to_json()?));
                serde_json::Value::Object(entries.iter().map(entry).collect::<Option<_>>()?)
            }
        })
    }

    /// Returns true if both nodes have the same value, wherever they are. The order of an object's entries is
    /// not significant.
    pub(crate) fn is_same_value(&self, other: &Node<'_>) -> bool {
        match (self.value, other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Boolean(one), Value::Boolean(two)) => one == two,
            (Value::Number(one), Value::Number(two)) => {
                one == two || self.integer().is_some_and(|integer| other.integer() == Some(integer))
            }
            (Value::String(one), Value::String(two)) => one == two,
            (Value::Array(one), Value::Array(two)) => {
                one.len() == two.len() && one.iter().zip(two).all(|(one, two)| one.is_same_value(two))
            }
            (Value::Object(one), Value::Object(two)) => {
                let is_same = |(one, two): (&Entry<'_>, &Entry<'_>)| {
                    one.key == two.key && one.value.is_same_value(&two.value)
                };
                one.len() == two.len() && by_key(one).into_iter().zip(by_key(two)).all(is_same)
            }
            _ => false,
        }
    }

    /// Creates a diagnostic for a value of the wrong type in `context`, such as "`version`".
    pub(crate) fn unexpected(&self, context: &str, expected: &str) -> Diagnostic {
        Diagnostic::new(self.span, format!("{context}: expected {expected}, found {}", self.kind()))
            .label(format!("expected {expected}"))
            .help(format!("write {expected} here"))
    }
}

fn by_key<'n, 'a>(entries: &'n [Entry<'a>]) -> Vec<&'n Entry<'a>> {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by_key(|entry| entry.key);
    entries
}

impl fmt::Display for Node<'_> {
    /// Formats the value as JSON without whitespace. Numbers are not reformatted.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value {
            Value::Null => f.write_str("null"),
            Value::Boolean(value) => write!(f, "{value}"),
            Value::Number(text) => f.write_str(text),
            Value::String(text) => write!(f, "{}", serde_json::Value::from(text)),
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    f.write_str(if i == 0 { "[" } else { "," })?;
                    item.fmt(f)?;
                }
                f.write_str(if items.is_empty() { "[]" } else { "]" })
            }
            Value::Object(entries) => {
                for (i, entry) in entries.iter().enumerate() {
                    f.write_str(if i == 0 { "{" } else { "," })?;
                    write!(f, "{}:{}", serde_json::Value::from(entry.key), entry.value)?;
                }
                f.write_str(if entries.is_empty() { "{}" } else { "}" })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast::{Arena, json};
    use crate::source::FileId;

    fn with_node<T>(text: &str, read: impl FnOnce(Node<'_>) -> T) -> T {
        read(json::parse_value(FileId::default(), text, &Arena::new()).unwrap())
    }

    #[test]
    fn accessors_return_none_for_other_types() {
        with_node("[1.0, {}, null, 1.5, 1e300]", |node| {
            assert!(node.entries().is_none() && node.string().is_none() && node.boolean().is_none());
            let integers: Vec<_> = node.items().unwrap().iter().map(Node::integer).collect();
            assert_eq!(integers, [Some(1), None, None, None, None]);
            assert!(node.items().unwrap()[1].items().is_none());
        });
    }

    #[test]
    fn formats_json_and_keeps_numbers_as_written() {
        let text = "{\"a\\\" b\":[1.0e3,\"\\\\\",{},[],null,true],\"c\":-0.10}";
        with_node(&text.replace(',', " ,\n").replace(':', ": "), |node| {
            assert_eq!(node.to_string(), text);
            assert_eq!(
                node.to_json().unwrap().to_string(),
                text.replace("1.0e3", "1000.0").replace("-0.10", "-0.1")
            );
        });
    }

    #[test]
    fn compares_values_regardless_of_location_and_order_of_entries() {
        let is_same = |one: &str, two: &str| {
            with_node(one, |one| with_node(&format!("  {two}"), |two| one.is_same_value(&two)))
        };
        let same = [
            (r#"{"a": 1, "b": [true, null]}"#, r#"{"b": [true, null], "a": 1.0}"#),
            (r#""A""#, r#""\u0041""#),
            ("1.50", "1.50"),
        ];
        for (one, two) in same {
            assert!(is_same(one, two), "{one} {two}");
        }
        let different = [
            (r#"{"a": 1}"#, r#"{"a": 2}"#),
            (r#"{"a": 1}"#, r#"{"b": 1}"#),
            ("[1, 2]", "[2, 1]"),
            ("[]", "{}"),
            ("123456789012345678901", "123456789012345678902"),
        ];
        for (one, two) in different {
            assert!(!is_same(one, two), "{one} {two}");
        }
    }
}
