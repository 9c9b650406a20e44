//! The memory that the values of a document may take.

use crate::shape::Slot;
use std::cell::Cell;
use std::mem::{size_of, size_of_val};

/// Capacity of a node of a `BTreeMap`.
const NODE_CAPACITY: usize = 11;
/// Minimum entries of a node, except in a map of one node.
const MIN_NODE_ENTRIES: usize = 5;
/// Bytes of a node besides its entries, and its part of the inner nodes above it.
const NODE_OVERHEAD: usize = 48;
/// Capacity of a vector with one item of at most a kilobyte.
const MIN_VEC_CAPACITY: usize = 4;
/// Items that a vector has space for per item in it, while it grows: its new buffer is twice as large as the
/// old one.
const GROWTH: usize = 3;

/// The memory that may still be allocated. It counts the items of lists, the entries of maps and boxed values
/// when they are created, and does not give them back: it is an upper bound of what is in use.
///
/// Text is not counted, as it is not longer than in the document.
#[derive(Default)]
pub(super) struct Budget {
    total: usize,
    left: Cell<usize>,
}

impl Budget {
    pub(super) fn new(bytes: usize) -> Self {
        Self { total: bytes, left: Cell::new(bytes) }
    }

    /// Takes bytes from the budget. Returns false if too few are left.
    #[inline]
    pub(super) fn take(&self, bytes: usize) -> bool {
        let left = self.left.get().checked_sub(bytes);
        left.map(|left| self.left.set(left)).is_some()
    }

    /// Returns the message for a budget of which too little is left.
    #[cold]
    pub(super) fn exceeded(&self) -> String {
        format!("values take more than {} bytes of memory: raise `max_parsed_memory`", self.total)
    }
}

/// Returns the memory of an item that is pushed to a vector. `size` is the size of an item.
#[inline]
pub(super) fn item(index: usize, size: usize) -> usize {
    if index == 0 { MIN_VEC_CAPACITY * size } else { GROWTH * size }
}

/// Returns the memory of an entry that is inserted into a map. `size` is the size of a value.
#[inline]
pub(super) fn entry(index: usize, size: usize) -> usize {
    if index % MIN_NODE_ENTRIES != 0 {
        return 0;
    }
    let inner_nodes = if index == 0 { 0 } else { 2 };
    (NODE_CAPACITY + inner_nodes) * (size_of::<String>() + size) + NODE_OVERHEAD
}

/// Returns the memory of a structure or union that is boxed: it is larger than the value that holds it, whose
/// size is given.
#[inline]
pub(super) fn boxed(size: usize, slot: &Slot<'_>) -> usize {
    let inner = match slot {
        Slot::Structure(structure) => size_of_val(*structure),
        Slot::Union(union) => size_of_val(*union),
        _ => return 0,
    };
    if inner > size { inner } else { 0 }
}
