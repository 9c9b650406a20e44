//! Absolute shape ids.

use std::fmt;

/// An absolute [shape id](https://smithy.io/2.0/spec/model.html#shape-id) without a member:
/// `namespace#Name`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ShapeId(String);

impl ShapeId {
    /// Parses `namespace#Name`. Returns `None` if the text does not have that form.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (namespace, name) = text.split_once('#')?;
        let valid = namespace.split('.').all(is_identifier) && is_identifier(name);
        valid.then(|| Self(text.to_owned()))
    }

    /// Returns the id of a prelude shape, `smithy.api#name`.
    pub(crate) fn prelude(name: &str) -> Self {
        Self(format!("smithy.api#{name}"))
    }

    /// Returns the part before `#`.
    pub(crate) fn namespace(&self) -> &str {
        self.0.split_once('#').map_or("", |(namespace, _)| namespace)
    }

    /// Returns the part after `#`.
    pub(crate) fn name(&self) -> &str {
        self.0.split_once('#').map_or("", |(_, name)| name)
    }

    /// Returns the entire id.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns true if the text is an [identifier](https://smithy.io/2.0/spec/model.html#shape-id-abnf).
pub(crate) fn is_identifier(text: &str) -> bool {
    let rest = text.trim_start_matches('_');
    rest.starts_with(|c: char| c.is_ascii_alphabetic() || (c.is_ascii_digit() && rest.len() < text.len()))
        && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
