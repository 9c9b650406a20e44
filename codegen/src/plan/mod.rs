//! Stage 3: every Rust decision. Names, types, boxes, constructor arguments, documentation, and the order
//! of it all; what comes after only pastes.

mod client_params;
mod collisions;
mod cycles;
mod data;
mod defaults;
mod enums;
mod example;
mod krate;
mod names;
mod operations;
mod prose;
mod protocol_tests;
mod schemas;
mod structures;
mod types;
mod unions;

pub use collisions::check_names;
pub use data::*;
pub use types::{Module, RustType};

use crate::Settings;
use crate::model::Model;

/// Decides everything about the crate. Names that collide were to be reported first, by [`check_names`].
pub fn plan(model: &Model, settings: &Settings) -> Plan {
    let context = Context::new(model);
    let structures = structures::structures(&context).into_iter();
    let (structures, errors) = structures.partition(|s: &Structure| s.module == Module::Types);
    let mut plan = Plan {
        krate: krate::krate(model, settings),
        structures,
        errors,
        unions: unions::unions(&context),
        enums: enums::enums(&context),
        int_enums: enums::int_enums(&context),
        collections: context.statics.collections(),
        operations: operations::operations(&context),
        endpoints: model.service.endpoints.clone(),
        client_params: client_params::client_params(model),
        protocol_tests: protocol_tests::protocol_tests(&context),
        shadows: context.types.shadows(),
    };
    plan.krate.features = krate::features(&plan);
    plan.krate.example = example::example(&plan);
    plan
}

/// What the parts of the plan are made from.
struct Context<'a> {
    model: &'a Model,
    types: types::TypeMap<'a>,
    statics: schemas::Statics<'a>,
    cycles: cycles::Cycles<'a>,
}

impl<'a> Context<'a> {
    fn new(model: &'a Model) -> Self {
        Self {
            model,
            types: types::TypeMap::new(model),
            statics: schemas::Statics::new(model),
            cycles: cycles::Cycles::find(model),
        }
    }
}
