//! Module `operation`: a type for each operation, and its schema.

use super::scope::{Scope, ident, path, plain_path};
use super::value;
use crate::plan::{Module, Operation, OperationErrors, Plan, RustType};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Emits for each operation
/// ```text
/// /// Operation `GetCity`: see [`Client::get_city`](super::client::Client::get_city).
/// #[derive(Clone, Copy, Debug)]
/// pub struct GetCity;
/// ```
pub(super) fn expand(plan: &Plan) -> Vec<TokenStream> {
    let mut file = vec![quote! {
        #![doc = " Operations of the service. Use `farrier_runtime::operation` to build requests and parse"]
        #![doc = " responses without a client."]
    }];
    file.extend(plan.operations.iter().map(|operation| {
        let name = ident(&operation.name);
        let method = operation.method.trim_start_matches("r#");
        let docs = format!(
            " Operation `{}`: see [`Client::{method}`](super::client::Client::{method}).",
            operation.name
        );
        quote!(#[doc = #docs] #[derive(Clone, Copy, Debug)] pub struct #name;)
    }));
    file
}

/// Emits for each operation
/// ```text
/// impl Operation for super::operation::GetCity {
///     type Service = super::client::Service;
///     type Input = super::types::GetCityInput;
///     type Output = super::types::GetCityOutput;
///     type Error = super::error::GetCityError;
///     const SCHEMA: &'static OperationSchema = &OperationSchema { … };
/// }
/// ```
/// and `OperationError` for its error enum. Part of module `schema`, where names of the model cannot shadow
/// names of the runtime.
pub(super) fn expand_schema(operation: &Operation, scope: &Scope<'_>) -> Vec<TokenStream> {
    let name = ident(&operation.name);
    let (input, output) = (expand_io(&operation.input), expand_io(&operation.output));
    let error = match &operation.errors {
        Some(errors) => path(Module::Error, &ident(&errors.name)),
        None => quote!(farrier_runtime::operation::NoError),
    };
    let schema = value::expand(&operation.schema, scope);
    let (operation_type, service) = (plain_path("super::operation"), plain_path("super::client::Service"));
    let mut items = vec![quote! {
        impl Operation for #operation_type::#name {
            type Service = #service;
            type Input = #input;
            type Output = #output;
            type Error = #error;
            const SCHEMA: &'static OperationSchema = #schema;
        }
    }];
    items.extend(operation.errors.as_ref().map(expand_errors));
    items
}

fn expand_io(ty: &RustType) -> TokenStream {
    match ty {
        RustType::Generated(module, name) => path(*module, &ident(name)),
        _ => quote!(()),
    }
}

fn expand_errors(errors: &OperationErrors) -> TokenStream {
    let name = path(Module::Error, &ident(&errors.name));
    let variants: Vec<_> = errors.variants.iter().map(|variant| ident(variant)).collect();
    let indices = (0..variants.len()).map(Literal::usize_unsuffixed);
    quote! {
        impl OperationError for #name {
            fn default_value(index: usize) -> Option<Self> {
                match index {
                    #(#indices => Some(Self::#variants(Value::default_value())),)*
                    _ => None,
                }
            }
            fn shape(&self) -> &dyn Structure {
                match self { #(Self::#variants(error) => error,)* }
            }
            fn shape_mut(&mut self) -> &mut dyn Structure {
                match self { #(Self::#variants(error) => error,)* }
            }
        }
    }
}
