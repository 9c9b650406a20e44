//! Shared input of the planners.

use super::cycles::Cycles;
use super::member_names::MemberNames;
use super::operation_names::OperationNames;
use super::schemas::Statics;
use super::types::TypeMap;
use super::uses::Uses;
use crate::model::{Model, Shape, ShapeId, ShapeKind};
use crate::{NestedDefaults, Settings};
use std::collections::BTreeSet;

/// The model, with the names and properties of its shapes that several planners need.
pub(super) struct Context<'a> {
    pub(super) model: &'a Model,
    pub(super) types: TypeMap<'a>,
    pub(super) members: MemberNames<'a>,
    pub(super) operations: OperationNames<'a>,
    pub(super) statics: Statics<'a>,
    pub(super) cycles: Cycles<'a>,
    pub(super) uses: Uses<'a>,
    /// The structures in requests whose members with defaults are omitted if they are not set.
    omits_defaults: BTreeSet<&'a ShapeId>,
}

impl<'a> Context<'a> {
    pub(super) fn new(model: &'a Model, settings: &Settings) -> Self {
        let omits_nested = match settings.nested_defaults {
            Some(nested) => nested == NestedDefaults::Omit,
            None => model.service.omits_nested_defaults,
        };
        let chosen = &settings.names;
        Self {
            model,
            types: TypeMap::new(model, chosen),
            members: MemberNames::new(model, chosen),
            operations: OperationNames::new(model, chosen),
            statics: Statics::new(model),
            cycles: Cycles::find(model),
            uses: Uses::find(model),
            omits_defaults: if omits_nested { in_requests(model) } else { BTreeSet::new() },
        }
    }

    /// Returns true if members of the structure with a default are sent only if they were set: the service applies the
    /// default.
    pub(super) fn omits_defaults(&self, structure: &Shape) -> bool {
        structure.traits.input || self.omits_defaults.contains(&structure.id)
    }
}

/// Returns the shapes that inputs of operations contain.
fn in_requests(model: &Model) -> BTreeSet<&ShapeId> {
    let mut found = BTreeSet::new();
    let mut pending: Vec<&ShapeId> = model.operations.values().map(|operation| &operation.input).collect();
    while let Some(id) = pending.pop() {
        if !found.insert(id) {
            continue;
        }
        match &model.shape(id).kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => {
                pending.extend(members.iter().map(|member| &member.target));
            }
            ShapeKind::List(member) => pending.push(&member.target),
            ShapeKind::Map(_, value) => pending.push(&value.target),
            ShapeKind::Simple(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => {}
        }
    }
    found
}
