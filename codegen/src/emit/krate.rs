//! `lib.rs`: the crate's documentation, modules and re-exports.

use super::front_page;
use super::scope::{doc, inner_doc};
use crate::plan::Plan;
use proc_macro2::TokenStream;
use quote::quote;

/// Emits the crate's documentation, the modules, and the types `Client` and `blocking::Client`.
pub(super) fn expand(plan: &Plan) -> Vec<TokenStream> {
    let docs = inner_doc(&front_page::front_page(plan));
    let recursion_limit = recursion_limit(plan);
    let allow_complex_types = plan.krate.has_complex_types.then(
        || quote!(#![allow(clippy::type_complexity, reason = "lists and maps are nested as in the model")]),
    );
    let client_docs = doc(&format!("An async client for {}.", plan.krate.title));
    let endpoint = plan.endpoints.as_ref().map(|_| {
        quote!(
            mod endpoint;
        )
    });
    let blocking_docs = doc(&format!("A blocking client for {}.", plan.krate.title));
    let camel_case = plan
        .krate
        .has_underscored_types
        .then(|| quote!(#![allow(non_camel_case_types, reason = "types are named after shapes")]));
    vec![
        quote! {
            #docs
            #recursion_limit
            #![forbid(unsafe_code)]
            #![allow(deprecated, reason = "deprecated shapes and members are generated too")]
            #camel_case
            #![allow(clippy::large_enum_variant, reason = "variant sizes depend on the model")]
            #![allow(clippy::should_implement_trait, reason = "setters are named after members")]
            #allow_complex_types
        },
        quote! {
            pub mod client;
            #endpoint
            pub mod error;
            pub mod operation;
            mod schema;
            pub mod types;
        },
        quote! {
            pub use farrier_runtime as runtime;
            pub use farrier_runtime::{AnyError, Error, ErrorKind, SetOptional};
        },
        quote! {
            #client_docs
            #[cfg(feature = "async")]
            pub type Client = client::Client<farrier_runtime::client::Async>;
        },
        quote! {
            #[doc = " The blocking client."]
            #[cfg(feature = "blocking")]
            pub mod blocking {
                #blocking_docs
                pub type Client = crate::client::Client<farrier_runtime::client::Blocking>;
            }
        },
    ]
}

/// Emits `#![recursion_limit = "256"]`, if the crate and its tests need it.
pub(super) fn recursion_limit(plan: &Plan) -> Option<TokenStream> {
    let limit = plan.krate.recursion_limit?.to_string();
    Some(quote!(#![recursion_limit = #limit]))
}
