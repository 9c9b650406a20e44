//! Enums.

use super::scope::{Scope, deprecated, doc, ident};
use crate::plan::Enum;
use proc_macro2::TokenStream;
use quote::quote;

/// Emits
/// ```text
/// /// Documentation.
/// #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// #[non_exhaustive]
/// pub enum Suit {
///     /// Documentation.
///     Clubs,
///     /// A value unknown to this version of the crate. It may become known: compare its text.
///     Unknown(UnknownValue),
/// }
///
/// impl Suit {
///     /// All known values.
///     pub const VALUES: &'static [Self] = &[Self::Clubs];
///     /// Returns the value as sent on the wire.
///     pub fn as_str(&self) -> &str { … }
/// }
/// ```
/// and conversions from `String` and `&str`. `FromStr` is in module `schema`.
pub(super) fn expand(plan: &Enum<String>, scope: &Scope<'_>) -> Vec<TokenStream> {
    let (name, docs) = (ident(&plan.name), doc(&plan.docs));
    let deprecated_attr = deprecated(plan.deprecated.as_ref());
    let names: Vec<_> = plan.variants.iter().map(|variant| ident(&variant.name)).collect();
    let variants = plan.variants.iter().zip(&names).map(|(variant, name)| {
        let (docs, attr) = (doc(&variant.docs), deprecated(variant.deprecated.as_ref()));
        quote!(#docs #attr #name,)
    });
    let values = plan.variants.iter().map(|variant| &variant.value);
    let (string, from, unknown) = (scope.name("String"), scope.name("From"), scope.name("UnknownValue"));
    vec![
        quote! {
            #docs
            #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #deprecated_attr
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
                #[doc = " A value unknown to this version of the crate. It may become known: compare its text."]
                Unknown(#unknown),
            }
        },
        quote! {
            impl #name {
                #[doc = " All known values."]
                pub const VALUES: &'static [Self] = &[#(Self::#names),*];
                #[doc = " Returns the value as sent on the wire."]
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#names => #values,)*
                        Self::Unknown(value) => value.as_str(),
                    }
                }
            }
        },
        quote! {
            impl #from<#string> for #name {
                fn from(value: #string) -> Self {
                    let known = Self::VALUES.iter().find(|known| known.as_str() == value);
                    known.cloned().unwrap_or(Self::Unknown(farrier_runtime::shape::unknown(value)))
                }
            }
        },
        quote! {
            impl #from<&str> for #name {
                fn from(value: &str) -> Self { Self::from(#string::from(value)) }
            }
        },
    ]
}
