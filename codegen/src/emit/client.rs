//! Module `client`: the client, with a method for each operation.

use super::scope::{Scope, deprecated, doc, ident, path, plain_path};
use super::{argument, value};
use crate::plan::{Form, Operation, Plan, RustType};
use proc_macro2::TokenStream;
use quote::quote;

const FROM_ENV_DOCS: &str = "\
Creates a client configured from the environment. See [`Builder::from_env`] for the variables.

# Errors
Returns an error if a variable has an invalid value or a required setting is missing.";

/// Emits
/// ```text
/// /// A client for Cities. Clones share one transport and its connection pool.
/// #[derive(Clone, Debug)]
/// pub struct Client<M> { handle: Handle<M> }
///
/// impl<M: Mode> Client<M> {
///     /// Creates a builder to configure a client.
///     pub fn builder() -> Builder<Self> { … }
///     /// Creates a client configured from the environment. See [`Builder::from_env`] for the variables.
///     pub fn from_env() -> Result<Self, BuildError> { … }
///     /// Documentation.
///     pub fn get_city(&self, input: impl Into<super::types::GetCityInput>) -> Call<operation::GetCity, M> { … }
/// }
/// ```
/// with `from_env` for services of AWS only, the schema of the service, and its type:
/// ```text
/// /// The type of the service: see [`farrier_runtime::service::Service`].
/// pub enum Service {}
///
/// impl farrier_runtime::service::Service for Service { const SCHEMA: &'static ServiceSchema = &SERVICE; }
///
/// impl supports::HttpBearer for Service {}
/// ```
pub(super) fn expand(plan: &Plan) -> Vec<TokenStream> {
    let service_imports = plan.service.imports.iter().map(|name| ident(name));
    let scope = Scope::empty();
    let schema = value::expand(&plan.service.schema, &scope);
    let title = &plan.krate.title;
    let docs = doc(&format!("A client for {title}. Clones share one transport and its connection pool."));
    let is_aws = plan.service.is_aws();
    let build_error = is_aws.then(|| quote!(BuildError,));
    let from_env = is_aws.then(|| {
        let docs = doc(FROM_ENV_DOCS);
        quote! {
            #docs
            pub fn from_env() -> Result<Self, BuildError> { Self::builder().from_env().build() }
        }
    });
    let supports = plan.service.supports.iter().map(|name| {
        let name = ident(name);
        quote!(impl supports::#name for Service {})
    });
    let methods = plan.operations.iter().map(expand_method);
    let has_operations = !plan.operations.is_empty();
    let use_operation = has_operations.then(|| {
        let module = plain_path("super::operation");
        quote!(
            use #module;
        )
    });
    let call = has_operations.then(|| quote!(Call,));
    let unused =
        (!has_operations).then(|| quote!(#[allow(dead_code, reason = "the service has no operations")]));
    let params = expand_params(plan, &scope);
    let imports = scope.imports();
    let mut file = vec![
        quote!(#![doc = " The client, generic over async and blocking calls."]),
        quote! {
            #use_operation
            use farrier_runtime::client::{#build_error Builder, #call Handle, Mode, ServiceClient};
            use farrier_runtime::service::{#(#service_imports),*};
            #(#imports)*
        },
        quote! {
            pub(crate) static SERVICE: ServiceSchema = #schema;
        },
        quote! {
            #docs
            #unused
            #[derive(Clone, Debug)]
            pub struct Client<M> { handle: Handle<M> }
        },
        quote! {
            impl<M: Mode> Client<M> {
                #[doc = " Creates a builder to configure a client."]
                pub fn builder() -> Builder<Self> { Builder::new() }
                #from_env
                #(#methods)*
            }
        },
        quote! {
            impl<M: Mode> ServiceClient for Client<M> {
                type Mode = M;
                type Service = Service;
                fn from_handle(handle: Handle<M>) -> Self { Self { handle } }
            }
        },
    ];
    file.extend(params);
    file.push(quote! {
        #[doc = " The type of the service: see [`farrier_runtime::service::Service`]."]
        pub enum Service {}
    });
    file.push(quote! {
        impl farrier_runtime::service::Service for Service {
            const SCHEMA: &'static ServiceSchema = &SERVICE;
        }
    });
    file.push(quote!(#(#supports)*));
    file
}

/// Emits, if the service has client parameters,
/// ```text
/// /// Endpoint parameters of the service, as methods of [`Builder`].
/// pub trait ClientParams: Sized {
///     /// Documentation.
///     fn force_path_style(self, value: bool) -> Self;
/// }
///
/// impl<M: Mode> ClientParams for Builder<Client<M>> {
///     fn force_path_style(self, value: bool) -> Self { self.endpoint_param("ForcePathStyle", value) }
/// }
/// ```
fn expand_params(plan: &Plan, scope: &Scope<'_>) -> Vec<TokenStream> {
    if plan.client_params.is_empty() {
        return Vec::new();
    }
    let methods = plan.client_params.iter().map(|param| {
        let (docs, method) = (doc(&param.docs), ident(&param.method));
        let ty = argument::expand_item(&param.argument, scope);
        quote!(#docs fn #method(self, value: #ty) -> Self;)
    });
    let bodies = plan.client_params.iter().map(|param| {
        let (name, method, ty) = (&param.name, ident(&param.method), scope.ty(&param.argument.ty));
        let value = match param.argument.form {
            Form::Exact => quote!(value),
            Form::IntoBytes | Form::IntoValue => quote!(IntoValue::<#ty>::into_value(value)),
        };
        let ty = argument::expand_item(&param.argument, scope);
        quote!(fn #method(self, value: #ty) -> Self { self.endpoint_param(#name, #value) })
    });
    vec![
        quote! {
            #[doc = " Endpoint parameters of the service, as methods of [`Builder`]."]
            pub trait ClientParams: Sized { #(#methods)* }
        },
        quote!(impl<M: Mode> ClientParams for Builder<Client<M>> { #(#bodies)* }),
    ]
}

fn expand_method(operation: &Operation) -> TokenStream {
    let (method, name) = (ident(&operation.method), ident(&operation.name));
    let deprecated = deprecated(operation.deprecated.as_ref());
    let docs = doc(&operation.docs);
    match &operation.input {
        RustType::Generated(module, input) => {
            let input = path(*module, &ident(input));
            quote! {
                #docs
                #deprecated
                pub fn #method(&self, input: impl Into<#input>) -> Call<operation::#name, M> {
                    Call::new(&self.handle, input.into())
                }
            }
        }
        _ => quote! {
            #docs
            #deprecated
            pub fn #method(&self) -> Call<operation::#name, M> { Call::new(&self.handle, ()) }
        },
    }
}
