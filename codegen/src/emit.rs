//! Stage 4: emits the plan as Rust tokens, one module per construct. Makes no decisions.

mod argument;
mod client;
mod endpoint;
mod endpoint_test;
mod enums;
mod error;
mod example;
mod front_page;
mod int_enum;
mod krate;
mod manifest;
mod operation;
mod protocol_test;
mod readme;
mod schema;
mod scope;
mod structure;
mod union;
mod value;

use crate::plan::Plan;
use proc_macro2::TokenStream;

/// The contents of a file, before formatting.
pub(crate) enum Source {
    /// Rust, one token stream per item.
    Rust(Vec<TokenStream>),
    /// Any other text.
    Text(String),
}

/// Emits every file of the crate, with its path in the crate.
pub(crate) fn emit(plan: &Plan) -> Vec<(&'static str, Source)> {
    let mut files = vec![
        ("Cargo.toml", Source::Text(manifest::manifest(plan))),
        ("README.md", Source::Text(readme::readme(plan))),
        ("rustfmt.toml", Source::Text(manifest::rustfmt(plan))),
        ("src/client.rs", Source::Rust(client::expand(plan))),
        ("src/error.rs", Source::Rust(error::expand(plan))),
        ("src/lib.rs", Source::Rust(krate::expand(plan))),
        ("src/operation.rs", Source::Rust(operation::expand(plan))),
        ("src/schema.rs", Source::Rust(schema::expand(plan))),
        ("src/types.rs", Source::Rust(types(plan))),
    ];
    if let Some(endpoints) = &plan.endpoints {
        files.push(("src/endpoint.rs", Source::Rust(endpoint::expand(endpoints))));
    }
    if let Some(tests) = &plan.endpoint_tests {
        files.push(("tests/endpoint.rs", Source::Rust(endpoint_test::expand(plan, tests))));
    }
    if !plan.protocol_tests.is_empty() {
        files.push(("tests/protocol.rs", Source::Rust(protocol_test::expand(plan))));
    }
    files
}

/// Emits module `types`: structures, unions and enums.
fn types(plan: &Plan) -> Vec<TokenStream> {
    let scope = scope::Scope::new(plan, crate::plan::Module::Types);
    let mut items = Vec::new();
    for structure in &plan.structures {
        items.extend(structure::expand(structure, &scope));
        items.extend(structure.is_error.then(|| error::expand_display(structure)));
    }
    items.extend(plan.unions.iter().flat_map(|u| union::expand(u, &scope)));
    items.extend(plan.enums.iter().flat_map(|e| enums::expand(e, &scope)));
    items.extend(plan.int_enums.iter().flat_map(|e| int_enum::expand(e, &scope)));
    let mut file = vec![quote::quote!(#![doc = " Structures, unions, enums and errors of the service."])];
    file.extend(scope.imports());
    file.extend(items);
    file
}
