//! Structures: the type, its constructor and its setters.

use super::scope::{Scope, deprecated, doc, ident};
use super::{argument, value};
use crate::plan::{Field, Presence, Structure};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits
/// ```text
/// /// Documentation.
/// #[derive(Clone, PartialEq)]
/// #[must_use]
/// #[non_exhaustive]
/// pub struct City {
///     /// Documentation.
///     pub name: String,
///     /// Documentation.
///     pub population: Option<i64>,
/// }
///
/// impl City {
///     /// Creates a value from its required members; optional members are unset.
///     pub fn new(name: impl Into<String>) -> Self { … }
///     /// Sets [`population`](field@Self::population).
///     pub fn population(mut self, population: i64) -> Self { … }
/// }
/// ```
/// with more than four required members,
/// ```text
/// /// The required members of [`City`], for [`City::new`].
/// pub struct CityRequired {
///     pub name: String,
///     …
/// }
///
/// impl City {
///     /// Creates a value from its required members; optional members are unset.
///     #[inline]
///     pub fn new(required: CityRequired) -> Self { … }
/// }
/// ```
/// and `Default` if no member is required, `From` if it is an input with one required member.
pub(super) fn expand(structure: &Structure, scope: &Scope<'_>) -> Vec<TokenStream> {
    let (name, docs) = (ident(&structure.name), doc(&structure.docs));
    let deprecated = deprecated(structure.deprecated.as_ref());
    let must_use = structure.must_use.then(|| quote!(#[must_use]));
    let fields = structure.fields.iter().map(|field| expand_field(field, scope));
    let constructor = expand_constructor(structure, scope);
    let setters = structure.fields.iter().filter_map(|field| expand_setter(field, scope));
    let mut items = vec![
        quote! {
            #docs
            #[derive(Clone, PartialEq)]
            #deprecated
            #must_use
            #[non_exhaustive]
            pub struct #name { #(#fields)* }
        },
        quote!(impl #name { #constructor #(#setters)* }),
    ];
    items.extend(expand_required(structure, scope));
    items.extend(expand_default(structure, scope));
    items.extend(expand_from(structure, scope));
    items
}

fn expand_field(field: &Field, scope: &Scope<'_>) -> TokenStream {
    let (name, docs, ty) = (ident(&field.name), doc(&field.docs), scope.ty(&field.full_type()));
    let deprecated = deprecated(field.deprecated.as_ref());
    quote!(#docs #deprecated pub #name: #ty,)
}

fn required(structure: &Structure) -> impl Iterator<Item = &Field> {
    structure.fields.iter().filter(|field| field.is_required())
}

fn expand_constructor(structure: &Structure, scope: &Scope<'_>) -> TokenStream {
    let values = structure.fields.iter().map(|field| {
        let name = ident(&field.name);
        let value = match &field.presence {
            Presence::Required(_) if structure.required.is_some() => match field.boxed {
                true => {
                    let boxed = scope.name("Box");
                    quote!(#boxed::new(required.#name))
                }
                false => quote!(required.#name),
            },
            Presence::Required(_) => argument::expand(field, scope).1,
            Presence::Optional => quote!(None),
            Presence::Default(value) => value::expand(value, scope),
        };
        // `name` alone rather than `name: name`.
        if name == value.to_string() { quote!(#name,) } else { quote!(#name: #value,) }
    });
    let docs = doc(structure.constructor_docs);
    if let Some(required) = &structure.required {
        let required = ident(required);
        return quote! {
            #docs
            #[inline]
            pub fn new(required: #required) -> Self { Self { #(#values)* } }
        };
    }
    let arguments = required(structure).map(|field| {
        let (name, (ty, _)) = (ident(&field.name), argument::expand(field, scope));
        quote!(#name: #ty)
    });
    quote!(#docs pub fn new(#(#arguments),*) -> Self { Self { #(#values)* } })
}

/// Without functions: it costs nothing to compile where it is not used.
fn expand_required(structure: &Structure, scope: &Scope<'_>) -> Option<TokenStream> {
    let (name, of) = (ident(structure.required.as_ref()?), &structure.name);
    let docs = doc(&format!("The required members of [`{of}`], for [`{of}::new`]."));
    let fields = required(structure).map(|field| {
        let (name, ty) = (ident(&field.name), scope.ty(&field.ty));
        quote!(pub #name: #ty,)
    });
    Some(quote!(#docs pub struct #name { #(#fields)* }))
}

fn expand_setter(field: &Field, scope: &Scope<'_>) -> Option<TokenStream> {
    if field.is_required() {
        return None;
    }
    let (setter, name) = (ident(&field.setter), ident(&field.name));
    let docs =
        doc(&format!("Sets [`{name}`](field@Self::{name}).", name = field.name.trim_start_matches("r#")));
    let deprecated = deprecated(field.deprecated.as_ref());
    let (ty, value) = argument::expand(field, scope);
    let value = if field.presence == Presence::Optional { quote!(Some(#value)) } else { value };
    Some(quote! {
        #docs
        #deprecated
        pub fn #setter(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    })
}

fn expand_default(structure: &Structure, scope: &Scope<'_>) -> Option<TokenStream> {
    if !structure.has_default {
        return None;
    }
    let (name, default) = (ident(&structure.name), scope.name("Default"));
    Some(quote!(impl #default for #name { fn default() -> Self { Self::new() } }))
}

fn expand_from(structure: &Structure, scope: &Scope<'_>) -> Vec<TokenStream> {
    let Some(field) = required(structure).next() else { return Vec::new() };
    let (name, argument, from) = (ident(&structure.name), ident(&field.name), scope.name("From"));
    let types = structure.from.iter().map(|ty| scope.ty(ty));
    types
        .map(|ty| {
            quote! {
                impl #from<#ty> for #name {
                    fn from(#argument: #ty) -> Self { Self::new(#argument) }
                }
            }
        })
        .collect()
}
