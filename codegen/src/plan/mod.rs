//! Stage 3: all decisions about the generated Rust code: names, types, boxing, constructor arguments,
//! documentation and order. Later stages make no decisions.

mod client_params;
mod collisions;
mod cycles;
mod data;
mod defaults;
mod documentation;
mod enums;
mod example;
mod krate;
mod names;
mod operations;
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

/// Plans the crate. [`check_names`] must have reported no collisions.
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
    plan.krate.required_features = krate::required_features(model, &plan);
    plan.krate.example = example::example(&plan);
    plan
}

/// Shared input of the planners.
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
