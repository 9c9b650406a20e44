//! The root of the client, `lib.rs` of a crate: its documentation, modules and re-exports.

use super::front_page;
use super::scope::{doc, inner_doc};
use crate::RUNTIME_VERSION;
use crate::plan::Plan;
use proc_macro2::TokenStream;
use quote::quote;

/// Emits `lib.rs`: the crate's documentation, the modules, and the types `Client` and `blocking::Client`.
pub(super) fn expand(plan: &Plan) -> Vec<TokenStream> {
    let recursion_limit = recursion_limit(plan);
    let attributes = quote! {
        #recursion_limit
        #![cfg_attr(docsrs, feature(doc_cfg))]
    };
    let endpoint = plan.endpoints.as_ref().map(|_| {
        quote!(
            mod endpoint;
        )
    });
    let modules = quote! {
        pub mod client;
        #endpoint
        pub mod error;
        pub mod operation;
        mod schema;
        pub mod types;
    };
    let is_async = quote!(#[cfg(feature = "async")]);
    let is_blocking = quote!(#[cfg(feature = "blocking")]);
    let mut file = vec![inner_attributes(plan, &attributes), modules];
    file.extend(reexports());
    file.push(client(plan, &is_async));
    file.push(blocking_client(plan, &is_blocking));
    file
}

/// Emits the attributes and items of a module that is a client, without the modules in it.
pub(super) fn module(plan: &Plan, blocking: bool) -> Vec<TokenStream> {
    let attributes = quote! {
        #![allow(dead_code, unused_imports, unreachable_pub, reason = "programs use a part of the client")]
    };
    let mut file = vec![inner_attributes(plan, &attributes)];
    file.extend(reexports());
    file.push(client(plan, &TokenStream::new()));
    file.extend(blocking.then(|| blocking_client(plan, &TokenStream::new())));
    file
}

fn inner_attributes(plan: &Plan, more: &TokenStream) -> TokenStream {
    let docs = inner_doc(&front_page::front_page(plan));
    let camel_case = plan
        .krate
        .has_underscored_types
        .then(|| quote!(#![allow(non_camel_case_types, reason = "types are named after shapes")]));
    let complex_types = plan.krate.has_complex_types.then(
        || quote!(#![allow(clippy::type_complexity, reason = "lists and maps are nested as in the model")]),
    );
    quote! {
        #docs
        #more
        #![forbid(unsafe_code)]
        #![allow(deprecated, reason = "deprecated shapes and members are generated too")]
        #camel_case
        #![allow(clippy::large_enum_variant, reason = "variant sizes depend on the model")]
        #![allow(clippy::should_implement_trait, reason = "setters are named after members")]
        #complex_types
    }
}

fn reexports() -> [TokenStream; 2] {
    [
        quote! {
            pub use farrier_runtime as runtime;
            pub use farrier_runtime::{AnyError, Error, ErrorKind, SetOptional};
        },
        quote! {
            farrier_runtime::require_version!(#RUNTIME_VERSION);
        },
    ]
}

fn client(plan: &Plan, condition: &TokenStream) -> TokenStream {
    let docs = doc(&format!("An async client for {}.", plan.krate.title));
    quote! {
        #docs
        #condition
        pub type Client = client::Client<farrier_runtime::client::Async>;
    }
}

fn blocking_client(plan: &Plan, condition: &TokenStream) -> TokenStream {
    let docs = doc(&format!("A blocking client for {}.", plan.krate.title));
    quote! {
        #[doc = " The blocking client."]
        #condition
        pub mod blocking {
            #docs
            pub type Client = super::client::Client<farrier_runtime::client::Blocking>;
        }
    }
}

/// Emits `#![recursion_limit = "256"]`, if the crate and its tests need it.
pub(super) fn recursion_limit(plan: &Plan) -> Option<TokenStream> {
    let limit = plan.krate.recursion_limit?.to_string();
    Some(quote!(#![recursion_limit = #limit]))
}
