//! Decoding of properties, shared by all decoding functions.
//!
//! A [`Decoder`] collects diagnostics. Its functions return the parts that could be decoded, so one run
//! reports all errors.

use crate::ast::node::{Entry, Node};
use crate::ast::tree::{Target, Trait, Version};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::shape_id::{ShapeId, is_identifier};
use crate::source::Span;
use std::collections::BTreeMap;

/// Collects the diagnostics of a file.
pub(super) struct Decoder {
    pub(super) diagnostics: Diagnostics,
    /// The Smithy version of the file.
    pub(super) version: Version,
}

/// Returns the value of a property.
pub(super) fn find<'a>(entries: &[Entry<'a>], key: &str) -> Option<Node<'a>> {
    entries.iter().find(|entry| entry.key == key).map(|entry| entry.value)
}

impl<'a> Decoder {
    /// Decodes the entries of an object. Duplicate keys are reported as duplicate definitions of a `kind`,
    /// such as "member".
    pub(super) fn entries(&mut self, node: Node<'a>, context: &str, kind: &str) -> Option<Vec<Entry<'a>>> {
        let Some(entries) = node.entries() else {
            self.diagnostics.push(node.unexpected(context, "an object"));
            return None;
        };
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        let is_first = |entry: &&Entry<'a>| match seen.get(entry.key) {
            None => seen.insert(entry.key, entry.key_span).is_none(),
            Some(first) => {
                self.diagnostics.push(duplicate(entry, *first, kind));
                false
            }
        };
        Some(entries.iter().filter(is_first).copied().collect())
    }

    /// Decodes a required string property.
    pub(super) fn required_string(
        &mut self,
        properties: &[Entry<'a>],
        key: &str,
        owner: &Entry<'a>,
    ) -> Option<&'a str> {
        let Some(node) = find(properties, key) else {
            let message = format!("`{}` has no `{key}` property", owner.key);
            let diagnostic = Diagnostic::new(owner.key_span, message).label(format!("`{key}` is missing"));
            self.diagnostics.push(diagnostic.help(format!("add \"{key}\" to this object")));
            return None;
        };
        self.string(node, key)
    }

    /// Decodes the string value of a property.
    pub(super) fn string(&mut self, node: Node<'a>, property: &str) -> Option<&'a str> {
        let string = node.string();
        if string.is_none() {
            self.diagnostics.push(node.unexpected(&format!("`{property}`"), "a string"));
        }
        string
    }

    /// Parses an absolute shape id.
    pub(super) fn shape_id(&mut self, text: &str, span: Span) -> Option<ShapeId> {
        let id = ShapeId::parse(text);
        if id.is_none() {
            let message = format!("`{}` is not an absolute shape id", text.escape_debug());
            let help =
                "an absolute shape id has the form `namespace#Name`; names contain letters, digits and `_`";
            self.diagnostics.push(Diagnostic::new(span, message).label("not a shape id").help(help));
        }
        id
    }

    /// Checks a member name or shape name, and returns true if it is valid.
    pub(super) fn identifier(&mut self, text: &str, span: Span) -> bool {
        let valid = is_identifier(text);
        if !valid {
            let message = format!("`{}` is not a valid name", text.escape_debug());
            let help = "a name contains letters, digits and `_`, and does not start with a digit";
            self.diagnostics.push(Diagnostic::new(span, message).label("invalid name").help(help));
        }
        valid
    }

    /// Decodes a shape reference, `{"target": "namespace#Name"}`.
    pub(super) fn target(&mut self, node: Node<'a>, context: &str) -> Option<Target> {
        let Some(entries) = node.entries() else {
            self.diagnostics
                .push(node.unexpected(context, "a reference, such as {\"target\": \"smithy.api#String\"}"));
            return None;
        };
        let Some(target) = find(entries, "target") else {
            let diagnostic = Diagnostic::new(node.span(), format!("{context} has no `target` property"));
            let help = "write {\"target\": \"smithy.api#String\"} with the id of the target shape";
            self.diagnostics.push(diagnostic.label("`target` is missing").help(help));
            return None;
        };
        let id = self.string(target, "target")?;
        Some(Target { id: self.shape_id(id, target.span())?, span: target.span() })
    }

    /// Decodes an array of shape references, empty if the property is missing.
    pub(super) fn targets(&mut self, properties: &[Entry<'a>], key: &str) -> Vec<Target> {
        let Some(node) = find(properties, key) else { return Vec::new() };
        let Some(items) = node.items() else {
            self.diagnostics.push(node.unexpected(&format!("`{key}`"), "an array of references"));
            return Vec::new();
        };
        let context = format!("item of `{key}`");
        items.iter().filter_map(|item| self.target(*item, &context)).collect()
    }

    /// Decodes the traits of a shape or member.
    pub(super) fn traits(&mut self, properties: &[Entry<'a>]) -> Vec<Trait<'a>> {
        let Some(node) = find(properties, "traits") else { return Vec::new() };
        let entries = self.entries(node, "`traits`", "trait").unwrap_or_default();
        entries.into_iter().map(|e| Trait { id: e.key, span: e.key_span, value: e.value }).collect()
    }
}

/// Creates the diagnostic for an entry whose key was seen before.
fn duplicate(entry: &Entry<'_>, first: Span, kind: &str) -> Diagnostic {
    Diagnostic::new(entry.key_span, format!("{kind} `{}` is defined twice", entry.key))
        .label("defined again here")
        .related(first, "first defined here")
        .help("remove one of the definitions")
}
