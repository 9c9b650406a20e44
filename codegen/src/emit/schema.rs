//! Module `schema`: static schemas, and implementations of the runtime's shape traits.

use super::scope::{Scope, ident, path};
use super::{operation, value};
use crate::plan::{Enum, Field, Module, Plan, Presence, RustType, Static, Structure, Union};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Emits a static for each aggregate shape and the trait implementations of its type.
pub(super) fn expand(plan: &Plan) -> Vec<TokenStream> {
    let context_params = plan.has_context_params.then(|| {
        quote!(
            use farrier_runtime::endpoint::{PathStep, StaticValue};
        )
    });
    let mut file = vec![
        quote! {
            #![doc = " Schemas of shapes, and access to their members by index."]
            #![allow(unused_imports, reason = "the same imports are generated for every model")]
        },
        quote! {
            #context_params
            use farrier_runtime::operation::{Operation, OperationError};
            use farrier_runtime::schema::{self, Fault, Kind, Member, Schema, Trait};
            use farrier_runtime::service::{
                ApiKeyLocation, AuthScheme, HttpBinding, OperationSchema, OperationTrait,
            };
            use farrier_runtime::shape::{self, Active, Slot, Structure, Value, View};
            use farrier_runtime::types::{TimestampFormat, UnknownVariant};
            use std::fmt;
        },
    ];
    // Not the module of the types, so that they are emitted with their paths.
    let scope = Scope::new(plan, Module::Error);
    let mut structures = Vec::new();
    for structure in &plan.structures {
        structures.push(expand_static(&structure.schema, &scope));
        structures.extend(expand_structure(structure, &scope));
    }
    file.extend(scope.imports());
    file.extend(plan.collections.iter().map(|schema| expand_static(schema, &scope)));
    file.extend(structures);
    for union in &plan.unions {
        file.push(expand_static(&union.schema, &scope));
        file.extend(expand_union(union));
    }
    file.extend(plan.operations.iter().flat_map(|operation| operation::expand_schema(operation, &scope)));
    file.extend(plan.enums.iter().flat_map(expand_enum));
    file.extend(plan.int_enums.iter().flat_map(expand_int_enum));
    file
}

/// Emits
/// ```text
/// pub(crate) static CITY: Schema = Schema::new(
///     "example#City",
///     Kind::Structure,
///     &[],
///     &[Member::new("name", &schema::STRING, &[])],
/// );
/// ```
fn expand_static(schema: &Static, scope: &Scope<'_>) -> TokenStream {
    let (name, schema) = (ident(&schema.name), value::expand(&schema.schema, scope));
    quote!(pub(crate) static #name: Schema = #schema;)
}

/// Emits
/// ```text
/// impl Structure for super::types::City {
///     fn schema(&self) -> &'static Schema { &CITY }
///     #[inline]
///     fn member(&self, index: usize) -> Option<&dyn Value> {
///         match index {
///             0 => Some(&self.name),
///             _ => None,
///         }
///     }
///     …
/// }
/// ```
///
/// Functions that refer to members, `Debug` included, are `#[inline]`: they are compiled only in crates that
/// call an operation which needs them.
fn expand_structure(structure: &Structure, scope: &Scope<'_>) -> Vec<TokenStream> {
    let (ty, schema) = (path(Module::Types, &ident(&structure.name)), ident(&structure.schema.name));
    let fields: Vec<_> = structure.fields.iter().map(|field| ident(&field.name)).collect();
    let indices: Vec<_> = (0..fields.len()).map(Literal::usize_unsuffixed).collect();
    let default_value = expand_default_value(structure, scope);
    let members = |reference: TokenStream| {
        if fields.is_empty() {
            return quote!(None);
        }
        quote! {
            match index {
                #(#indices => Some(#reference self.#fields),)*
                _ => None,
            }
        }
    };
    let (member, member_mut) = (members(quote!(&)), members(quote!(&mut)));
    let index = ident(if fields.is_empty() { "_index" } else { "index" });
    vec![
        quote! {
            impl Structure for #ty {
                fn schema(&self) -> &'static Schema { &#schema }
                #[inline]
                fn member(&self, #index: usize) -> Option<&dyn Value> { #member }
                #[inline]
                fn member_mut(&mut self, #index: usize) -> Option<&mut dyn Value> { #member_mut }
            }
        },
        quote! {
            impl Value for #ty {
                fn view(&self) -> View<'_> { View::Structure(self) }
                fn slot(&mut self) -> Slot<'_> { Slot::Structure(self) }
                fn default_value() -> Self { #default_value }
            }
        },
        expand_debug(&ty, &quote!(shape::debug::structure(self, f))),
    ]
}

fn expand_default_value(structure: &Structure, scope: &Scope<'_>) -> TokenStream {
    if !structure.fields.iter().any(Field::is_required) {
        return quote!(Self::new());
    }
    let fields = structure.fields.iter().map(|field| {
        let name = ident(&field.name);
        let value = match &field.presence {
            Presence::Required(None) | Presence::Optional => quote!(Value::default_value()),
            Presence::Required(Some(value)) | Presence::Default(value) => value::expand(value, scope),
        };
        quote!(#name: #value,)
    });
    quote!(Self { #(#fields)* })
}

fn expand_debug(ty: &TokenStream, body: &TokenStream) -> TokenStream {
    quote! {
        impl fmt::Debug for #ty {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { #body }
        }
    }
}

fn expand_union(union: &Union) -> Vec<TokenStream> {
    let (ty, schema) = (path(Module::Types, &ident(&union.name)), ident(&union.schema.name));
    let known = union.variants.iter().enumerate().map(|(index, variant)| {
        let (index, name) = (Literal::usize_unsuffixed(index), ident(&variant.name));
        if variant.ty == RustType::Unit {
            return quote!(Self::#name => (#index, &() as &dyn Value),);
        }
        quote!(Self::#name(value) => (#index, value),)
    });
    let activate = union.variants.iter().enumerate().map(|(index, variant)| {
        let (index, name) = (Literal::usize_unsuffixed(index), ident(&variant.name));
        if variant.ty == RustType::Unit {
            return quote!(#index => *self = Self::#name,);
        }
        quote!(#index => *self = Self::#name(Value::default_value()),)
    });
    let slots = union.variants.iter().filter(|variant| variant.ty != RustType::Unit).map(|variant| {
        let name = ident(&variant.name);
        quote!(Self::#name(value) => value.slot(),)
    });
    vec![
        quote! {
            impl shape::Union for #ty {
                fn active(&self) -> Active<'_> {
                    let (index, value): (usize, &dyn Value) = match self {
                        #(#known)*
                        Self::Unknown(variant) => return Active::Unknown { schema: &#schema, variant },
                    };
                    Active::Known { schema: &#schema, index, value }
                }
                fn schema(&self) -> &'static Schema { &#schema }
                fn activate(&mut self, index: usize) -> Option<Slot<'_>> {
                    match index { #(#activate)* _ => return None }
                    Some(match self { #(#slots)* _ => Slot::Unit })
                }
                fn set_unknown(&mut self, variant: UnknownVariant) { *self = Self::Unknown(variant); }
            }
        },
        quote! {
            impl Value for #ty {
                fn view(&self) -> View<'_> { View::Union(shape::Union::active(self)) }
                fn slot(&mut self) -> Slot<'_> { Slot::Union(self) }
                fn default_value() -> Self { Self::Unknown(UnknownVariant::default()) }
            }
        },
        expand_debug(&ty, &quote!(shape::debug::union(self, f))),
    ]
}

fn expand_enum(plan: &Enum<String>) -> Vec<TokenStream> {
    let ty = path(Module::Types, &ident(&plan.name));
    let mut items = vec![
        quote! {
            impl Value for #ty {
                fn view(&self) -> View<'_> { View::String(self.as_str()) }
                fn slot(&mut self) -> Slot<'_> { Slot::Enum(self) }
                fn default_value() -> Self { Self::Unknown(shape::unknown(String::new())) }
            }
        },
        quote! {
            impl std::str::FromStr for #ty {
                type Err = std::convert::Infallible;
                fn from_str(value: &str) -> Result<Self, std::convert::Infallible> { Ok(value.into()) }
            }
        },
    ];
    if plan.is_key {
        items.push(quote! {
            impl shape::Key for #ty {
                fn as_key(&self) -> &str { self.as_str() }
                fn from_key(key: String) -> Self { key.into() }
            }
        });
    }
    items.extend(expand_display(&ty, &quote!(self.as_str()), plan.sensitive));
    items
}

fn expand_int_enum(plan: &Enum<i32>) -> Vec<TokenStream> {
    let ty = path(Module::Types, &ident(&plan.name));
    let value = quote! {
            impl Value for #ty {
                fn view(&self) -> View<'_> { View::Integer(self.value()) }
                fn slot(&mut self) -> Slot<'_> { Slot::IntEnum(self) }
                fn default_value() -> Self { Self::from(0) }
            }
    };
    let [display, debug] = expand_display(&ty, &quote!(self.value()), plan.sensitive);
    vec![value, display, debug]
}

/// Emits `Display` and `Debug` of an enum, which format its value.
fn expand_display(ty: &TokenStream, value: &TokenStream, sensitive: bool) -> [TokenStream; 2] {
    let format_with = |format_trait: &str| {
        if sensitive {
            return quote!(f.write_str(shape::debug::REDACTED));
        }
        let format_trait = ident(format_trait);
        quote!(fmt::#format_trait::fmt(&#value, f))
    };
    let display = format_with("Display");
    let display = quote! {
        impl fmt::Display for #ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { #display }
        }
    };
    [display, expand_debug(ty, &format_with("Debug"))]
}
