//! Module `client`: the client, with a method for each operation.

use super::auth;
use super::scope::{deprecated, doc, ident, path};
use crate::model::endpoint::ParameterKind;
use crate::model::{AuthScheme, Protocol};
use crate::plan::{Operation, Plan, RustType};
use proc_macro2::TokenStream;
use quote::quote;

const FROM_ENV_DOCS: &str = "\
Creates a client configured from the environment. See [`Builder`] for the variables.

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
///     /// Creates a client configured from the environment. See [`Builder`] for the variables.
///     pub fn from_env() -> Result<Self, BuildError> { … }
///     /// Documentation.
///     pub fn get_city(&self, input: impl Into<crate::types::GetCityInput>) -> Call<operation::GetCity, M> { … }
/// }
/// ```
/// and the service schema.
pub(super) fn expand(plan: &Plan) -> Vec<TokenStream> {
    let (id, version) = (&plan.krate.service_id, &plan.krate.version);
    let protocol = ident(match plan.krate.protocol {
        Protocol::RpcV2Cbor => "RpcV2Cbor",
        Protocol::RpcV2Json => "RpcV2Json",
        Protocol::AwsJson1_0 => "AWS_JSON_1_0",
        Protocol::AwsJson1_1 => "AWS_JSON_1_1",
        Protocol::RestJson1 => "RestJson1",
    });
    let query_compatible = plan.krate.query_compatible;
    let sdk_id = match &plan.krate.sdk_id {
        Some(id) => quote!(Some(#id)),
        None => quote!(None),
    };
    let auth = plan.krate.auth.iter().map(auth::expand);
    let imports = imports(plan);
    let endpoint = match &plan.endpoints {
        Some(_) => quote!(Some(&crate::endpoint::RULES)),
        None => quote!(None),
    };
    let title = &plan.krate.title;
    let docs = format!(" A client for {title}. Clones share one transport and its connection pool.");
    let from_env_docs = doc(FROM_ENV_DOCS);
    let methods = plan.operations.iter().map(expand_method);
    let mut file = vec![
        quote!(#![doc = " The client, generic over async and blocking calls."]),
        quote! {
            use crate::operation;
            use farrier_runtime::client::{BuildError, Builder, Call, Handle, Mode, ServiceClient};
            #imports
        },
        quote! {
            pub(crate) static SERVICE: ServiceSchema = ServiceSchema {
                id: #id,
                version: #version,
                protocol: &farrier_runtime::protocol::#protocol,
                query_compatible: #query_compatible,
                sdk_id: #sdk_id,
                auth: &[#(#auth),*],
                endpoint: #endpoint,
            };
        },
        quote! {
            #[doc = #docs]
            #[derive(Clone, Debug)]
            pub struct Client<M> { handle: Handle<M> }
        },
        quote! {
            impl<M: Mode> Client<M> {
                #[doc = " Creates a builder to configure a client."]
                pub fn builder() -> Builder<Self> { Builder::new() }
                #from_env_docs
                pub fn from_env() -> Result<Self, BuildError> { Self::builder().from_env().build() }
                #(#methods)*
            }
        },
        quote! {
            impl<M: Mode> ServiceClient for Client<M> {
                type Mode = M;
                const SERVICE: &'static ServiceSchema = &SERVICE;
                fn from_handle(handle: Handle<M>) -> Self { Self { handle } }
            }
        },
    ];
    file.extend(expand_params(plan));
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
fn expand_params(plan: &Plan) -> Vec<TokenStream> {
    if plan.client_params.is_empty() {
        return Vec::new();
    }
    let methods = plan.client_params.iter().map(|param| {
        let (docs, method, ty) = (doc(&param.docs), ident(&param.method), expand_param_type(param.kind));
        quote!(#docs fn #method(self, value: #ty) -> Self;)
    });
    let bodies = plan.client_params.iter().map(|param| {
        let (name, method, ty) = (&param.name, ident(&param.method), expand_param_type(param.kind));
        let value = match param.kind {
            ParameterKind::String => {
                quote!(Into::<String>::into(value))
            }
            _ => quote!(value),
        };
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

fn expand_param_type(kind: ParameterKind) -> TokenStream {
    match kind {
        ParameterKind::Boolean => quote!(bool),
        ParameterKind::String => quote!(impl Into<String>),
        ParameterKind::StringArray => quote!(Vec<String>),
    }
}

/// Emits the imports of the service schema.
fn imports(plan: &Plan) -> TokenStream {
    let auth = &plan.krate.auth;
    let has_key = auth.iter().any(|scheme| matches!(scheme, AuthScheme::HttpApiKey { .. }));
    match (has_key, auth.is_empty()) {
        (true, _) => quote!(
            use farrier_runtime::service::{ApiKeyLocation, AuthScheme, ServiceSchema};
        ),
        (_, false) => quote!(
            use farrier_runtime::service::{AuthScheme, ServiceSchema};
        ),
        (_, true) => quote!(
            use farrier_runtime::service::ServiceSchema;
        ),
    }
}

fn expand_method(operation: &Operation) -> TokenStream {
    let (method, name) = (ident(&operation.method), ident(&operation.name));
    let deprecated = deprecated(operation.deprecated.as_ref());
    let docs = doc(&match &operation.errors {
        None => operation.docs.clone(),
        Some(errors) => format!(
            "{}\n\n# Errors\nErrors declared by the service: [`{name}`](crate::error::{name}).",
            operation.docs,
            name = errors.name
        ),
    });
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
