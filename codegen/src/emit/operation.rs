//! Module `operation`: a type for each operation, and its schema.

use super::schema::target;
use super::scope::{ident, path};
use super::{auth, endpoint};
use crate::plan::{Module, Operation, OperationErrors, OperationTrait, Plan, RustType};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Emits for each operation
/// ```text
/// /// Operation `GetCity`: see [`Client::get_city`](crate::Client::get_city).
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
        let docs =
            format!(" Operation `{}`: see [`Client::{method}`](crate::Client::{method}).", operation.name);
        quote!(#[doc = #docs] #[derive(Clone, Copy, Debug)] pub struct #name;)
    }));
    file
}

/// Emits for each operation
/// ```text
/// impl Operation for crate::operation::GetCity {
///     type Input = crate::types::GetCityInput;
///     type Output = crate::types::GetCityOutput;
///     type Error = crate::error::GetCityError;
///     const SCHEMA: &'static OperationSchema = &OperationSchema { … };
/// }
/// ```
/// and `OperationError` for its error enum. Part of module `schema`, where names of the model cannot shadow
/// names of the runtime.
pub(super) fn expand_schema(operation: &Operation) -> Vec<TokenStream> {
    let name = ident(&operation.name);
    let (input, output) = (expand_io(&operation.input), expand_io(&operation.output));
    let error = match &operation.errors {
        Some(errors) => path(Module::Error, &ident(&errors.name)),
        None => quote!(farrier_runtime::operation::NoError),
    };
    let schema = expand_static(operation);
    let mut items = vec![quote! {
        impl Operation for crate::operation::#name {
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

fn expand_static(operation: &Operation) -> TokenStream {
    let id = &operation.id;
    let traits = operation.traits.iter().map(expand_trait);
    let (input, output) = (target(&operation.input_schema), target(&operation.output_schema));
    let errors = operation.errors.iter().flat_map(|errors| errors.variants.iter().map(|(_, t)| target(t)));
    let http = match &operation.http {
        None => quote!(None),
        Some((method, uri, code)) => {
            let code = Literal::u16_unsuffixed(*code);
            quote!(Some(HttpBinding { method: #method, uri: #uri, code: #code }))
        }
    };
    quote! {
        &OperationSchema {
            id: #id,
            service: &crate::client::SERVICE,
            input: #input,
            output: #output,
            errors: &[#(#errors),*],
            http: #http,
            traits: &[#(#traits),*],
        }
    }
}

fn expand_trait(operation_trait: &OperationTrait) -> TokenStream {
    match operation_trait {
        OperationTrait::Idempotent => quote!(OperationTrait::Idempotent),
        OperationTrait::HostPrefix(prefix) => quote!(OperationTrait::HostPrefix(#prefix)),
        OperationTrait::HttpChecksumRequired => quote!(OperationTrait::HttpChecksumRequired),
        OperationTrait::Header(name, value) => quote!(OperationTrait::Header(#name, #value)),
        OperationTrait::SingleUse(path) => {
            let path = path.iter().map(|index| Literal::usize_unsuffixed(*index));
            quote!(OperationTrait::SingleUse(&[#(#path),*]))
        }
        OperationTrait::TreeHash => quote!(OperationTrait::TreeHash),
        OperationTrait::Auth(schemes) => {
            let schemes = schemes.iter().map(auth::expand);
            quote!(OperationTrait::Auth(&[#(#schemes),*]))
        }
        OperationTrait::OptionalAuth => quote!(OperationTrait::OptionalAuth),
        OperationTrait::UnsignedPayload => quote!(OperationTrait::UnsignedPayload),
        OperationTrait::StaticContextParam(name, value) => {
            let value = endpoint::expand_value(value);
            quote!(OperationTrait::StaticContextParam(#name, #value))
        }
        OperationTrait::OperationContextParam(name, path) => {
            let path = endpoint::expand_path(path);
            quote!(OperationTrait::OperationContextParam(#name, #path))
        }
        OperationTrait::EndpointMember(member) => quote!(OperationTrait::EndpointMember(#member)),
        OperationTrait::RequestCompression(encodings) => {
            quote!(OperationTrait::RequestCompression(&[#(#encodings),*]))
        }
    }
}

fn expand_errors(errors: &OperationErrors) -> TokenStream {
    let name = path(Module::Error, &ident(&errors.name));
    let variants: Vec<_> = errors.variants.iter().map(|(variant, _)| ident(variant)).collect();
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
