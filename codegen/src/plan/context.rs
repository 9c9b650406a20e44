//! Shared input of the planners.

use super::cycles::Cycles;
use super::schemas::Statics;
use super::types::TypeMap;
use super::uses::Uses;
use crate::model::Model;

/// The model, with the names and properties of its shapes that several planners need.
pub(super) struct Context<'a> {
    pub(super) model: &'a Model,
    pub(super) types: TypeMap<'a>,
    pub(super) statics: Statics<'a>,
    pub(super) cycles: Cycles<'a>,
    pub(super) uses: Uses<'a>,
}

impl<'a> Context<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        Self {
            model,
            types: TypeMap::new(model),
            statics: Statics::new(model),
            cycles: Cycles::find(model),
            uses: Uses::find(model),
        }
    }
}
