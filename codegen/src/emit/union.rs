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
/// ```
pub(super) fn expand(union: &Union, scope: &Scope<'_>) -> Vec<TokenStream> {
    let (name, docs) = (ident(&union.name), doc(&union.docs));
    let deprecated = deprecated(union.deprecated.as_ref());
    let variants = union.variants.iter().map(|variant| expand_variant(variant, scope));
    let unknown = scope.name("UnknownVariant");
    vec![quote! {
        #docs
        #[derive(Clone, PartialEq)]
        #deprecated
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " A member unknown to this version of the crate."]
            Unknown(#unknown),
        }
    }]
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
