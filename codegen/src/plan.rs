//! Stage 3: all decisions about the generated Rust code: names, types, boxing, constructor arguments,
//! documentation and order. Later stages make no decisions.

mod arguments;
mod auth;
mod client_params;
mod collisions;
mod context;
mod context_params;
mod crate_name;
mod cycles;
mod data;
mod defaults;
mod documentation;
mod endpoint;
mod endpoint_discovery;
mod endpoint_tests;
mod enums;
mod example;
mod krate;
mod member_names;
mod names;
mod nesting;
mod operation_names;
mod operations;
mod prose;
mod protocol_tests;
mod schemas;
mod service;
mod slots;
mod structures;
mod types;
mod unions;
mod uses;
mod value;

pub(crate) use collisions::check_names;
pub(crate) use crate_name::check_name;
pub(crate) use data::*;
pub(crate) use nesting::check_nesting;
pub use slots::Slots;
pub(crate) use types::{IN_SCOPE, Module, RustType};
pub(crate) use value::{Path, Value};

use crate::Settings;
use crate::model::Model;
use context::Context;

/// Plans the crate. [`check_names`] and [`check_nesting`] must have reported nothing.
pub(crate) fn plan(model: &Model, settings: &Settings) -> Plan {
    let context = Context::new(model, settings);
    let structures = structures::structures(&context);
    let (unions, enums, int_enums) =
        (unions::unions(&context), enums::enums(&context), enums::int_enums(&context));
    let types = example::Types::new(&structures, &unions, &enums, &int_enums);
    let operations = operations::operations(&context, &types);
    let krate =
        Crate { example: example::example(&context, &types, &operations), ..krate::krate(model, settings) };
    let mut plan = Plan {
        krate,
        service: service::service(model),
        structures,
        unions,
        enums,
        int_enums,
        collections: context.statics.collections(),
        operations,
        has_context_params: context_params::are_used(model),
        endpoints: model.service.endpoints.as_ref().map(|endpoints| endpoint::endpoints(&endpoints.rules)),
        endpoint_tests: endpoint_tests::endpoint_tests(&context),
        client_params: client_params::client_params(model),
        protocol_tests: protocol_tests::protocol_tests(&context),
        shadows: context.types.shadows(),
    };
    plan.krate.has_underscored_types = context.types.has_underscores()
        || plan.operations.iter().any(|operation| operation.name.contains('_'));
    plan.krate.has_complex_types = krate::has_complex_types(&plan);
    plan.krate.test_features = krate::test_features(&plan);
    plan
}
