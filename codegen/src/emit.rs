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
use crate::{Layout, Package};
use proc_macro2::TokenStream;

/// The contents of a file, before formatting.
pub(crate) enum Source {
    /// Rust, one token stream per item.
    Rust(Vec<TokenStream>),
    /// A module with other modules in it.
    Module(ModuleSource),
    /// Any other text.
    Text(String),
}

/// A module, one token stream per item.
pub(crate) struct ModuleSource {
    /// The declaration, such as `pub mod city`.
    pub(crate) declaration: String,
    /// Inner attributes and items. The modules in it come after the first token stream.
    pub(crate) items: Vec<TokenStream>,
    /// The declarations and contents of the modules in it.
    pub(crate) modules: Vec<(String, Vec<TokenStream>)>,
}

/// Emits every file of the client, with its path in the crate, or the file of its module.
pub(crate) fn emit(plan: &Plan) -> Vec<(String, Source)> {
    match &plan.krate.layout {
        Layout::Crate(package) => crate_files(plan, package),
        Layout::Module { blocking } => vec![module_file(plan, *blocking)],
    }
}

fn module_file(plan: &Plan, blocking: bool) -> (String, Source) {
    let name = &plan.krate.name;
    let declared = |(name, is_public, items)| {
        let visibility = if is_public { "pub " } else { "" };
        (format!("{visibility}mod {name}"), items)
    };
    let source = ModuleSource {
        declaration: format!("pub mod {name}"),
        items: krate::module(plan, blocking),
        modules: modules(plan).into_iter().map(declared).collect(),
    };
    (format!("{}.rs", name.trim_start_matches("r#")), Source::Module(source))
}

fn crate_files(plan: &Plan, package: &Package) -> Vec<(String, Source)> {
    let mut files = vec![
        ("Cargo.toml", Source::Text(manifest::manifest(plan, package))),
        ("README.md", Source::Text(readme::readme(plan))),
        ("rustfmt.toml", Source::Text(manifest::rustfmt(plan))),
        ("src/lib.rs", Source::Rust(krate::expand(plan))),
    ];
    if let Some(tests) = &plan.endpoint_tests {
        files.push(("tests/endpoint.rs", Source::Rust(endpoint_test::expand(plan, tests))));
    }
    if !plan.protocol_tests.is_empty() {
        files.push(("tests/protocol.rs", Source::Rust(protocol_test::expand(plan))));
    }
    let modules = modules(plan).into_iter();
    let modules = modules.map(|(name, _, items)| (format!("src/{name}.rs"), Source::Rust(items)));
    files.into_iter().map(|(path, source)| (path.to_owned(), source)).chain(modules).collect()
}

/// Emits the modules of the client: name, whether it is public, and items.
fn modules(plan: &Plan) -> Vec<(&'static str, bool, Vec<TokenStream>)> {
    let endpoints = plan.endpoints.as_ref().map(|endpoints| ("endpoint", false, endpoint::expand(endpoints)));
    let mut modules = vec![("client", true, client::expand(plan))];
    modules.extend(endpoints);
    modules.extend([
        ("error", true, error::expand(plan)),
        ("operation", true, operation::expand(plan)),
        ("schema", false, schema::expand(plan)),
        ("types", true, types(plan)),
    ]);
    modules
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
