//! Reading the values of the rules engine's traits: what is wrong is noted, and reading goes on.

use super::names::Names;
use crate::ast::{Entry, Node};
use crate::{Diagnostic, Diagnostics};

/// Reads the value of one trait.
pub(super) struct Reader<'m> {
    trait_id: &'static str,
    diagnostics: &'m mut Diagnostics,
    /// What is in scope.
    pub(super) names: Names,
}

/// The members of an object.
pub(super) struct Members<'a> {
    /// In the order of the text.
    pub(super) entries: Vec<Entry<'a>>,
}

impl<'a> Members<'a> {
    pub(super) fn get(&self, name: &str) -> Option<Node<'a>> {
        self.entries.iter().find(|entry| entry.key == name).map(|entry| entry.value)
    }
}

impl<'m> Reader<'m> {
    pub(super) fn new(trait_id: &'static str, diagnostics: &'m mut Diagnostics) -> Self {
        Self { trait_id, diagnostics, names: Names::default() }
    }

    /// The same, with notes to be thrown away.
    pub(super) fn with<'o>(&self, diagnostics: &'o mut Diagnostics) -> Reader<'o> {
        Reader { trait_id: self.trait_id, diagnostics, names: self.names.clone() }
    }

    /// Notes what is wrong at a value.
    pub(super) fn diagnostic<T>(
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

    /// Notes that a value is not what is wanted.
    pub(super) fn unexpected<T>(&mut self, node: &Node<'_>, expected: &str) -> Option<T> {
        self.diagnostics.push(node.unexpected(&format!("`{}`", self.trait_id), expected));
        None
    }

    pub(super) fn text(&mut self, node: &Node<'_>) -> Option<String> {
        match node.string() {
            Some(text) => Some(text.into_owned()),
            None => self.unexpected(node, "a string"),
        }
    }

    pub(super) fn boolean(&mut self, node: &Node<'_>) -> Option<bool> {
        node.boolean().or_else(|| self.unexpected(node, "a boolean"))
    }

    pub(super) fn object<'a>(&mut self, node: &Node<'a>, expected: &str) -> Option<Members<'a>> {
        match node.entries() {
            Some(entries) => Some(Members { entries }),
            None => self.unexpected(node, expected),
        }
    }

    /// A member that must be there.
    pub(super) fn required<'a>(
        &mut self,
        node: &Node<'a>,
        members: &Members<'a>,
        name: &str,
    ) -> Option<Node<'a>> {
        members.get(name).or_else(|| {
            self.diagnostic(node, format!("there is no `{name}`"), "in this object", format!("add `{name}`"))
        })
    }

    /// The items of a list; none of one that is not there.
    pub(super) fn items<'a>(&mut self, node: Option<Node<'a>>, expected: &str) -> Option<Vec<Node<'a>>> {
        let Some(node) = node else { return Some(Vec::new()) };
        node.items().or_else(|| self.unexpected(&node, expected))
    }

    /// The entries of an object; none of one that is not there.
    pub(super) fn entries<'a>(&mut self, node: Option<Node<'a>>, expected: &str) -> Option<Vec<Entry<'a>>> {
        let Some(node) = node else { return Some(Vec::new()) };
        self.object(&node, expected).map(|members| members.entries)
    }
}

/// All of them, or nothing if one is missing; unlike collecting into an `Option`, it does not stop there, so that
/// each is looked at.
pub(super) fn all<T>(items: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let items: Vec<Option<T>> = items.collect();
    items.into_iter().collect()
}
