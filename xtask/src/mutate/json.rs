//! JSON that may be invalid as a model: numbers of any size, and several entries with the same key.

use serde_json::Value;

/// A JSON value.
#[derive(Clone, Debug)]
pub(super) enum Json {
    /// Null, a boolean or a number, as text.
    Scalar(String),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        match value {
            Value::String(text) => Self::Text(text),
            Value::Array(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            Value::Object(entries) => {
                Self::Object(entries.into_iter().map(|(key, value)| (key, value.into())).collect())
            }
            scalar => Self::Scalar(scalar.to_string()),
        }
    }
}

impl Json {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub(super) fn scalar(text: &str) -> Self {
        Self::Scalar(text.to_owned())
    }

    /// Returns an object with one entry.
    pub(super) fn entry(key: &str, value: Json) -> Self {
        Self::Object(vec![(key.to_owned(), value)])
    }

    /// Returns a reference to a shape.
    pub(super) fn target(id: &str) -> Self {
        Self::entry("target", Self::text(id))
    }

    /// Returns the entries of an object; empty for other values.
    pub(super) fn entries(&self) -> &[(String, Json)] {
        if let Self::Object(entries) = self { entries } else { &[] }
    }

    /// Returns the entries of an object. Another value becomes an object.
    pub(super) fn entries_mut(&mut self) -> &mut Vec<(String, Json)> {
        match self {
            Self::Object(entries) => entries,
            other => {
                *other = Self::Object(Vec::new());
                other.entries_mut()
            }
        }
    }

    /// Returns the value of the first entry with this key.
    pub(super) fn get(&self, key: &str) -> Option<&Json> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Returns the value of an entry, which is added if it is missing.
    pub(super) fn get_mut(&mut self, key: &str) -> &mut Json {
        let entries = self.entries_mut();
        let at = entries.iter().position(|(name, _)| name == key).unwrap_or(entries.len());
        if at == entries.len() {
            entries.push((key.to_owned(), Self::Object(Vec::new())));
        }
        &mut entries[at].1
    }

    /// Appends the JSON text.
    pub(super) fn write(&self, out: &mut String) {
        match self {
            Self::Scalar(text) => out.push_str(text),
            Self::Text(text) => write_text(text, out),
            Self::Array(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(entries) => {
                out.push('{');
                for (at, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if at > 0 { ",\n" } else { "" });
                    write_text(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push_str(&Value::from(text).to_string());
}
