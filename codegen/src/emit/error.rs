//! Module `error`: the error enum of each operation.

use super::scope::{ident, path};
use crate::plan::{Module, Operation, OperationErrors, Plan, Structure};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits for each operation
/// ```text
/// /// Errors declared by `GetCity`.
/// #[derive(Clone, PartialEq)]
/// #[non_exhaustive]
/// pub enum GetCityError {
///     /// See [`super::types::NoSuchCity`].
///     NoSuchCity(super::types::NoSuchCity),
/// }
/// ```
pub(super) fn expand(plan: &Plan) -> Vec<TokenStream> {
    let mut file = vec![quote!(#![doc = " The errors of each operation."])];
    for operation in &plan.operations {
        file.extend(operation.errors.iter().flat_map(|errors| expand_errors(operation, errors)));
    }
    file
}

/// Emits `Display` and `Error` of an error structure.
pub(super) fn expand_display(error: &Structure) -> TokenStream {
    let name = ident(&error.name);
    quote! {
        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                farrier_runtime::shape::debug::error(self, f)
            }
        }
        impl std::error::Error for #name {}
    }
}

fn expand_errors(operation: &Operation, errors: &OperationErrors) -> Vec<TokenStream> {
    let name = ident(&errors.name);
    let docs = format!(" Errors declared by `{}`.", operation.name);
    let variants = errors.variants.iter().map(|variant| {
        let docs = format!(" See [`super::types::{variant}`].");
        let variant = ident(variant);
        let ty = path(Module::Types, &variant);
        quote!(#[doc = #docs] #variant(#ty),)
    });
    vec![
        quote! {
            #[doc = #docs]
            #[derive(Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name { #(#variants)* }
        },
        quote! {
            impl std::fmt::Display for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    farrier_runtime::shape::debug::error(farrier_runtime::operation::OperationError::shape(self), f)
                }
            }
        },
        quote! {
            impl std::fmt::Debug for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    farrier_runtime::shape::debug::structure(
                        farrier_runtime::operation::OperationError::shape(self),
                        f,
                    )
                }
            }
        },
        quote!(impl std::error::Error for #name {}),
    ]
}
