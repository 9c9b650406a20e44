//! Where a value that is being read will be kept.

use super::{MemberFilter, Trace};
use crate::shape::{List, Map, Slot, Structure, Union, Value};
use crate::types::Document;
use serde_core::de::Error;

/// Where a value will be kept. Nothing is made there before the value turns out not to be null.
pub(super) enum Destination<'s> {
    /// A structure outside any other.
    Structure(&'s mut dyn Structure, MemberFilter),
    /// A member of a structure.
    Value(&'s mut dyn Value),
    /// The next item of a list.
    Item { list: &'s mut dyn List, sparse: bool },
    /// The value of a map's key.
    Entry { map: &'s mut dyn Map, key: String, sparse: bool },
    /// A member of a union.
    Variant { union: &'s mut dyn Union, index: usize, state: &'s mut UnionState },
}

/// What a union holds so far.
#[derive(Default)]
pub(super) enum UnionState {
    /// Nothing.
    #[default]
    None,
    /// A null, in a member that is a document: all that a null document leaves on the wire.
    NullDocument(usize),
    /// The member at an index of the schema.
    Known(usize),
    /// A member that the schema does not list.
    Unknown,
}

impl<'s> Destination<'s> {
    /// Makes room for a value.
    pub(super) fn fill<E: Error>(self, trace: &Trace) -> Result<(Slot<'s>, MemberFilter), E> {
        let slot = match self {
            Self::Structure(structure, filter) => return Ok((Slot::Structure(structure), filter)),
            Self::Value(value) => value.slot(),
            Self::Item { list, .. } => list.push().slot(),
            Self::Entry { map, key, .. } => match map.insert(key) {
                Some(value) => value.slot(),
                None => return Err(trace.fail(TWICE)),
            },
            Self::Variant { union, index, state } => {
                state.choose(index, trace)?;
                union.activate(index).unwrap_or(Slot::Unit)
            }
        };
        Ok((slot, MemberFilter::ALL))
    }

    /// Takes a null: sparse lists and maps keep it, everything else is as if nothing had come.
    pub(super) fn fill_null<E: Error>(self, trace: &Trace) -> Result<(), E> {
        match self {
            Self::Item { list, sparse: true } => {
                list.push();
            }
            Self::Entry { map, key, sparse: true } => {
                map.insert(key).ok_or_else(|| trace.fail(TWICE))?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes a document, of which null is one, save in a sparse list or map.
    pub(super) fn fill_document<E: Error>(self, document: Document, trace: &Trace) -> Result<(), E> {
        match self {
            Self::Item { sparse: true, .. } | Self::Entry { sparse: true, .. } if document.is_null() => {
                self.fill_null(trace)?;
            }
            Self::Variant { index, state, .. } if document.is_null() => {
                if let UnionState::None = state {
                    *state = UnionState::NullDocument(index);
                }
            }
            destination => {
                if let (Slot::Document(slot), _) = destination.fill(trace)? {
                    *slot = document;
                }
            }
        }
        Ok(())
    }
}

impl UnionState {
    fn choose<E: Error>(&mut self, index: usize, trace: &Trace) -> Result<(), E> {
        match self {
            Self::None | Self::NullDocument(_) => *self = Self::Known(index),
            Self::Known(known) if *known == index => return Err(trace.fail(TWICE)),
            Self::Known(_) | Self::Unknown => return Err(trace.fail(SEVERAL)),
        }
        Ok(())
    }

    /// Notes that a member is set that the schema does not list.
    pub(super) fn choose_unknown<E: Error>(&mut self, trace: &Trace) -> Result<(), E> {
        if let Self::Known(_) | Self::Unknown = self {
            return Err(trace.fail(SEVERAL));
        }
        *self = Self::Unknown;
        Ok(())
    }
}

/// A key that comes again.
pub(super) const TWICE: &str = "it comes twice";

const SEVERAL: &str = "more than one of the union's members is set";
