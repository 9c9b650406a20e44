//! The memory of a syntax tree.

use super::node::{Entry, Node};

/// The memory of a syntax tree. Trees are built once and freed as a whole.
#[derive(Debug, Default)]
pub(crate) struct Arena(bumpalo::Bump);

impl Arena {
    /// Creates an empty arena.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Copies a string into the arena.
    pub(crate) fn string(&self, text: &str) -> &str {
        self.0.alloc_str(text)
    }

    /// Copies the items of an array into the arena.
    pub(crate) fn items<'a>(&'a self, items: &[Node<'a>]) -> &'a [Node<'a>] {
        self.0.alloc_slice_copy(items)
    }

    /// Copies the entries of an object into the arena.
    pub(crate) fn entries<'a>(&'a self, entries: &[Entry<'a>]) -> &'a [Entry<'a>] {
        self.0.alloc_slice_copy(entries)
    }
}
