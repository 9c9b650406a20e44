//! Reader for the values of traits, which stops at the first error.

use crate::ast::{Entry, Node};
use crate::diagnostic::Diagnostic;

pub(super) type ReadResult<T> = Result<T, Diagnostic>;

/// Reads the value of one trait. Diagnostics contain the trait's shape id.
pub(super) struct TraitReader<'i> {
    pub(super) id: &'i str,
}

impl TraitReader<'_> {
    /// Creates a diagnostic for a value of the wrong JSON type.
    pub(super) fn unexpected(&self, value: &Node<'_>, expected: &str) -> Diagnostic {
        value.unexpected(&format!("`{}`", self.id), expected)
    }

    /// Creates a diagnostic for an invalid value of the right JSON type.
    pub(super) fn invalid(&self, value: &Node<'_>, expected: &str) -> Diagnostic {
        let found: String = value.to_string().chars().take(40).collect();
        let message = format!("`{}`: expected {expected}, found {found}", self.id);
        Diagnostic::new(value.span(), message)
            .label(format!("expected {expected}"))
            .help(format!("write {expected} here"))
    }

    /// Reads the value of an annotation trait, which is an empty object. Members are ignored.
    pub(super) fn annotation(&self, value: &Node<'_>) -> ReadResult<bool> {
        if value.is_object() {
            return Ok(true);
        }
        Err(self.unexpected(value, "an empty object").help("write `{}`, or remove the trait"))
    }

    pub(super) fn string(&self, value: &Node<'_>) -> ReadResult<String> {
        value.string().map(str::to_owned).ok_or_else(|| self.unexpected(value, "a string"))
    }

    pub(super) fn nonempty(&self, value: &Node<'_>) -> ReadResult<String> {
        let string = self.string(value)?;
        if string.is_empty() { Err(self.invalid(value, "a non-empty string")) } else { Ok(string) }
    }

    pub(super) fn strings(&self, value: &Node<'_>, expected: &str) -> ReadResult<Vec<String>> {
        let items = value.items().ok_or_else(|| self.unexpected(value, expected))?;
        items.iter().map(|item| self.string(item)).collect()
    }

    /// Reads the members of a structure value.
    pub(super) fn structure<'v, 'a>(
        &self,
        value: &'v Node<'a>,
        expected: &'v str,
    ) -> ReadResult<ObjectMembers<'v, 'a>> {
        let entries = value.entries().ok_or_else(|| self.unexpected(value, expected))?;
        Ok(ObjectMembers { entries, value, expected })
    }

    pub(super) fn optional_string(&self, value: Option<Node<'_>>) -> ReadResult<Option<String>> {
        value.map(|value| self.string(&value)).transpose()
    }
}

/// The members of an object.
pub(super) struct ObjectMembers<'v, 'a> {
    pub(super) entries: &'a [Entry<'a>],
    value: &'v Node<'a>,
    /// A description of the object for diagnostics.
    expected: &'v str,
}

impl<'a> ObjectMembers<'_, 'a> {
    pub(super) fn get(&self, key: &str) -> Option<Node<'a>> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.value)
    }

    pub(super) fn required(&self, reader: &TraitReader<'_>, key: &str) -> ReadResult<Node<'a>> {
        self.get(key).ok_or_else(|| {
            Diagnostic::new(self.value.span(), format!("`{}`: missing `{key}`", reader.id))
                .label(format!("expected {}", self.expected))
                .help(format!("add `{key}`"))
        })
    }
}
