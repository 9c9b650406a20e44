//! Unions.

use super::scope::{Scope, deprecated, doc, ident};
use crate::plan::{RustType, Union, UnionVariant};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits
/// ```text
/// /// Documentation.
/// #[derive(Clone, PartialEq)]
/// #[non_exhaustive]
/// pub enum Shade {
///     /// Documentation.
///     Gray(i32),
///     /// Documentation.
///     None,
///     /// A member unknown to this version of the crate.
///     Unknown(UnknownVariant),
/// }
///
/// impl Shade {
///     /// Returns the value of [`Gray`](Self::Gray), if it is set.
///     pub fn as_gray(&self) -> Option<&i32> { … }
///     /// Returns true if [`None`](Self::None) is set.
///     pub fn is_none(&self) -> bool { … }
/// }
/// ```
pub(super) fn expand(union: &Union, scope: &Scope<'_>) -> Vec<TokenStream> {
    let (name, docs) = (ident(&union.name), doc(&union.docs));
    let deprecated = deprecated(union.deprecated.as_ref());
    let variants = union.variants.iter().map(|variant| expand_variant(variant, scope));
    let unknown = scope.name("UnknownVariant");
    let methods = union.variants.iter().map(|variant| expand_method(variant, scope));
    let methods = (!union.variants.is_empty()).then(|| quote!(impl #name { #(#methods)* }));
    let ty = quote! {
        #docs
        #[derive(Clone, PartialEq)]
        #deprecated
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " A member unknown to this version of the crate."]
            Unknown(#unknown),
        }
    };
    std::iter::once(ty).chain(methods).collect()
}

fn expand_method(variant: &UnionVariant, scope: &Scope<'_>) -> TokenStream {
    let (name, method) = (ident(&variant.name), ident(&variant.method));
    let link = format!("[`{name}`](Self::{name})");
    if variant.ty == RustType::Unit {
        let docs = doc(&format!("Returns true if {link} is set."));
        return quote!(#docs pub fn #method(&self) -> bool { matches!(self, Self::#name) });
    }
    let ty = match &variant.ty {
        RustType::Boxed(ty) => ty,
        ty => ty,
    };
    let (docs, ty, option) =
        (doc(&format!("Returns the value of {link}, if it is set.")), scope.ty(ty), scope.name("Option"));
    quote! {
        #docs
        pub fn #method(&self) -> #option<&#ty> {
            if let Self::#name(value) = self { Some(value) } else { None }
        }
    }
}

fn expand_variant(variant: &UnionVariant, scope: &Scope<'_>) -> TokenStream {
    let (name, docs) = (ident(&variant.name), doc(&variant.docs));
    let deprecated = deprecated(variant.deprecated.as_ref());
    if variant.ty == RustType::Unit {
        return quote!(#docs #deprecated #name,);
    }
    let ty = scope.ty(&variant.ty);
    quote!(#docs #deprecated #name(#ty),)
}
