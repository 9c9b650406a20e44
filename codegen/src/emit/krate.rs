//! `lib.rs`: the crate's first page and its modules.

use super::example;
use super::scope::inner_doc;
use crate::plan::Plan;
use proc_macro2::TokenStream;
use quote::quote;

/// Emits the crate's documentation with an example, and the modules.
pub(super) fn expand(plan: &Plan) -> Vec<TokenStream> {
    let mut text = format!("Client for {}.", plan.krate.title);
    if let Some(shown) = &plan.krate.example {
        text.push_str("\n\n```no_run\n");
        text.push_str(&example::source(plan, shown, true));
        text.push_str("\n```");
    }
    text.push_str("\n\n");
    text.push_str(example::BLOCKING);
    if !plan.krate.docs.is_empty() {
        text.push_str("\n\n# The service\n\n");
        text.push_str(&plan.krate.docs);
    }
    let docs = inner_doc(&text);
    let client_docs = format!(" A client for {}, whose calls are awaited.", plan.krate.title);
    let endpoint = plan.endpoints.as_ref().map(|_| {
        quote!(
            mod endpoint;
        )
    });
    let blocking_docs = format!(" A client for {}, whose calls block.", plan.krate.title);
    vec![
        quote! {
            #docs
            #![forbid(unsafe_code)]
            #![allow(deprecated, reason = "what the model deprecates is still offered")]
            #![allow(clippy::large_enum_variant, reason = "a union holds what the model gives it")]
            #![allow(clippy::too_many_arguments, reason = "a constructor takes every required member")]
            #![allow(clippy::should_implement_trait, reason = "members have the names that the model gives")]
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
            pub use farrier_runtime::{Error, ErrorKind};
        },
        quote! {
            #[doc = #client_docs]
            #[cfg(feature = "async")]
            pub type Client = client::Client<farrier_runtime::client::Async>;
        },
        quote! {
            #[doc = " Calls that block."]
            #[cfg(feature = "blocking")]
            pub mod blocking {
                #[doc = #blocking_docs]
                pub type Client = crate::client::Client<farrier_runtime::client::Blocking>;
            }
        },
    ]
}
