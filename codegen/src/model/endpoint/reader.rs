//! Reader for the values of rules engine traits, which reports errors and continues.

use super::scope::Scope;
use crate::ast::{Entry, Node};
use crate::{Diagnostic, Diagnostics};

/// Reads the value of one trait.
pub(super) struct Reader<'m> {
    trait_id: &'static str,
    diagnostics: &'m mut Diagnostics,
    /// The parameters and variables in scope.
    pub(super) scope: Scope,
}

/// The entries of a JSON object.
pub(super) struct Object<'a> {
    /// The entries in source order.
    pub(super) entries: &'a [Entry<'a>],
}

impl<'a> Object<'a> {
    pub(super) fn get(&self, name: &str) -> Option<Node<'a>> {
        self.entries.iter().find(|entry| entry.key == name).map(|entry| entry.value)
    }
}

impl<'m> Reader<'m> {
    pub(super) fn new(trait_id: &'static str, diagnostics: &'m mut Diagnostics) -> Self {
        Self { trait_id, diagnostics, scope: Scope::default() }
    }

    /// Returns a copy of the reader that reports to `diagnostics`.
    pub(super) fn reporting_to<'o>(&self, diagnostics: &'o mut Diagnostics) -> Reader<'o> {
        Reader { trait_id: self.trait_id, diagnostics, scope: self.scope.clone() }
    }

    /// Reports an invalid value. Always returns `None`.
    pub(super) fn report<T>(
        &mut self,
        node: &Node<'_>,
        message: impl std::fmt::Display,
        label: &str,
        help: impl Into<String>,
    ) -> Option<T> {
        let message = format!("`{}`: {message}", self.trait_id);
        self.diagnostics.push(Diagnostic::new(node.span(), message).label(label).help(help));
        None
    }

    /// Reports a value of the wrong type. Always returns `None`.
    pub(super) fn unexpected<T>(&mut self, node: &Node<'_>, expected: &str) -> Option<T> {
        self.diagnostics.push(node.unexpected(&format!("`{}`", self.trait_id), expected));
        None
    }

    pub(super) fn text(&mut self, node: &Node<'_>) -> Option<String> {
        match node.string() {
            Some(text) => Some(text.to_owned()),
            None => self.unexpected(node, "a string"),
        }
    }

    pub(super) fn boolean(&mut self, node: &Node<'_>) -> Option<bool> {
        node.boolean().or_else(|| self.unexpected(node, "a boolean"))
    }

    pub(super) fn object<'a>(&mut self, node: &Node<'a>, expected: &str) -> Option<Object<'a>> {
        match node.entries() {
            Some(entries) => Some(Object { entries }),
            None => self.unexpected(node, expected),
        }
    }

    /// Returns a required member.
    pub(super) fn required<'a>(
        &mut self,
        node: &Node<'a>,
        members: &Object<'a>,
        name: &str,
    ) -> Option<Node<'a>> {
        members.get(name).or_else(|| {
            let label = format!("missing `{name}`");
            self.report(node, &label, &label, format!("add `{name}`"))
        })
    }

    /// Returns the items of an array. A missing node counts as empty.
    pub(super) fn items<'a>(&mut self, node: Option<Node<'a>>, expected: &str) -> Option<&'a [Node<'a>]> {
        let Some(node) = node else { return Some(&[]) };
        node.items().or_else(|| self.unexpected(&node, expected))
    }

    /// Returns the entries of an object. A missing node counts as empty.
    pub(super) fn entries<'a>(&mut self, node: Option<Node<'a>>, expected: &str) -> Option<&'a [Entry<'a>]> {
        let Some(node) = node else { return Some(&[]) };
        self.object(&node, expected).map(|members| members.entries)
    }
}

/// Collects all items, or returns `None` if any is `None`. Unlike `collect`, evaluates every item, so that
/// errors in all of them are reported.
pub(super) fn all<T>(items: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let items: Vec<Option<T>> = items.collect();
    items.into_iter().collect()
}
