//! Module `error`: error structures and the error enum of each operation.

use super::scope::{Scope, ident};
use super::structure;
use crate::plan::{Module, Operation, OperationErrors, Plan, Structure};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits error structures as other structures, and for each operation
/// ```text
/// /// Errors declared by `GetCity`.
/// #[derive(Clone, PartialEq)]
/// #[non_exhaustive]
/// pub enum GetCityError {
///     /// See [`NoSuchCity`].
///     NoSuchCity(NoSuchCity),
/// }
/// ```
pub(super) fn expand(plan: &Plan) -> Vec<TokenStream> {
    let scope = Scope::new(plan, Module::Error);
    let mut items = Vec::new();
    for error in &plan.errors {
        items.extend(structure::expand(error, &scope));
        items.push(expand_display(error));
    }
    for operation in &plan.operations {
        items.extend(operation.errors.iter().flat_map(|errors| expand_errors(operation, errors)));
    }
    let mut file = vec![quote!(#![doc = " Errors declared by the service."])];
    file.extend(scope.imports());
    file.extend(items);
    file
}

fn expand_display(error: &Structure) -> TokenStream {
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
        let (variant, docs) = (ident(variant), format!(" See [`{variant}`]."));
        quote!(#[doc = #docs] #variant(#variant),)
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
