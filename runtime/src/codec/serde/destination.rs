//! The location that a deserialized value is stored in.

use super::budget;
use super::trace::Trace;
use crate::codec::members::MemberFilter;
use crate::shape::{List, Map, Slot, Structure, Union, Value};
use serde_core::de::Error;
use std::mem::size_of_val;

/// The location that a deserialized value is stored in. It does not change until the value is known not to
/// be null.
pub(super) enum Destination<'s> {
    /// The top-level structure.
    Structure(&'s mut dyn Structure, MemberFilter),
    /// A member of a structure.
    Value(&'s mut dyn Value),
    /// The next item of a list.
    Item { list: &'s mut dyn List, index: usize, sparse: bool },
    /// The value of a map entry.
    Entry { map: &'s mut dyn Map, key: String, index: usize, sparse: bool },
    /// A member of a union.
    Variant { union: &'s mut dyn Union, index: usize, state: &'s mut UnionState },
}

/// The member of a union that has been read so far.
#[derive(Default)]
pub(super) enum UnionState {
    /// No member.
    #[default]
    None,
    /// A null for the document member at an index of the schema. It sets the member to a null document
    /// unless another member is set.
    NullDocument(usize),
    /// The member at an index of the schema.
    Known(usize),
    /// A member that the schema does not list.
    Unknown,
}

impl<'s> Destination<'s> {
    /// Creates the value to fill, and returns its slot.
    pub(super) fn fill<E: Error>(self, trace: &Trace) -> Result<(Slot<'s>, MemberFilter), E> {
        let slot = match self {
            Self::Structure(structure, filter) => return Ok((Slot::Structure(structure), filter)),
            Self::Value(value) => {
                let size = size_of_val(value);
                let slot = value.slot();
                if let Slot::Structure(_) | Slot::Union(_) = slot {
                    trace.take_memory(budget::boxed(size, &slot))?;
                }
                slot
            }
            Self::Item { list, index, .. } => {
                let item = list.push();
                trace.take_memory(budget::item(index, size_of_val(item)))?;
                item.slot()
            }
            Self::Entry { map, key, index, .. } => {
                let value = map.insert(key);
                trace.take_memory(budget::entry(index, size_of_val(value)))?;
                value.slot()
            }
            Self::Variant { union, index, state } => {
                state.set(index, trace)?;
                let size = size_of_val(union).saturating_sub(1);
                let slot = union.activate(index).unwrap_or(Slot::Unit);
                // A member as large as the union can be boxed.
                trace.take_memory(budget::boxed(size, &slot))?;
                slot
            }
        };
        Ok((slot, MemberFilter::ALL))
    }

    /// Stores a null in a sparse list or map, and ignores it otherwise.
    pub(super) fn fill_null<E: Error>(self, trace: &Trace) -> Result<(), E> {
        match self {
            Self::Item { list, index, sparse: true } => {
                trace.take_memory(budget::item(index, size_of_val(list.push())))?;
            }
            Self::Entry { map, key, index, sparse: true } => {
                trace.take_memory(budget::entry(index, size_of_val(map.insert(key))))?;
            }
            Self::Structure(..) | Self::Value(_) | Self::Variant { .. } => {}
            Self::Item { sparse: false, .. } | Self::Entry { sparse: false, .. } => {}
        }
        Ok(())
    }

    /// Stores a null document if it is not stored like other documents: in a sparse list or map it is a
    /// null, and in a union it does not set the member yet. Returns the destination otherwise.
    pub(super) fn fill_null_document<E: Error>(self, trace: &Trace) -> Result<Option<Self>, E> {
        match self {
            Self::Item { sparse: true, .. } | Self::Entry { sparse: true, .. } => {
                self.fill_null(trace).map(|()| None)
            }
            Self::Variant { index, state, .. } => {
                if let UnionState::None = state {
                    *state = UnionState::NullDocument(index);
                }
                Ok(None)
            }
            destination => Ok(Some(destination)),
        }
    }
}

impl UnionState {
    fn set<E: Error>(&mut self, index: usize, trace: &Trace) -> Result<(), E> {
        match self {
            Self::None | Self::NullDocument(_) => *self = Self::Known(index),
            Self::Known(known) if *known == index => {}
            Self::Known(_) | Self::Unknown => return Err(trace.fail_read(MULTIPLE_MEMBERS)),
        }
        Ok(())
    }

    /// Records that a member that is not in the schema is set.
    pub(super) fn set_unknown<E: Error>(&mut self, trace: &Trace) -> Result<(), E> {
        if let Self::Known(_) | Self::Unknown = self {
            return Err(trace.fail_read(MULTIPLE_MEMBERS));
        }
        *self = Self::Unknown;
        Ok(())
    }
}

const MULTIPLE_MEMBERS: &str = "union has more than one member set";
