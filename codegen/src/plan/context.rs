//! Shared input of the planners.

use super::cycles::Cycles;
use super::member_names::{ChosenNames, MemberNames};
use super::operation_names::OperationNames;
use super::schemas::Statics;
use super::types::TypeMap;
use crate::model::Model;

/// The model, with the names and properties of its shapes that several planners need.
pub(super) struct Context<'a> {
    pub(super) model: &'a Model,
    pub(super) types: TypeMap<'a>,
    pub(super) members: MemberNames<'a>,
    pub(super) operations: OperationNames<'a>,
    pub(super) statics: Statics<'a>,
    pub(super) cycles: Cycles<'a>,
}

impl<'a> Context<'a> {
    pub(super) fn new(model: &'a Model, chosen: &ChosenNames) -> Self {
        let (types, members) = (TypeMap::new(model, chosen), MemberNames::new(model, chosen));
        let operations = OperationNames::new(model, chosen);
        Self { model, types, members, operations, statics: Statics::new(model), cycles: Cycles::find(model) }
    }
}
