//! intEnums.

use super::scope::{Scope, deprecated, doc, ident};
use crate::plan::Enum;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Emits
/// ```text
/// /// Documentation.
/// #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// #[non_exhaustive]
/// pub enum Level {
///     /// Documentation.
///     Low,
///     /// A value unknown to this version of the crate. It may become known: compare its number.
///     Unknown(UnknownInt),
/// }
///
/// impl Level {
///     /// All known values.
///     pub const VALUES: &'static [Self] = &[Self::Low];
///     /// Returns the value as sent on the wire.
///     pub fn value(&self) -> i32 { … }
/// }
/// ```
/// and a conversion from `i32`.
pub(super) fn expand(plan: &Enum<i32>, scope: &Scope<'_>) -> Vec<TokenStream> {
    let (name, docs) = (ident(&plan.name), doc(&plan.docs));
    let deprecated_attr = deprecated(plan.deprecated.as_ref());
    let names: Vec<_> = plan.variants.iter().map(|variant| ident(&variant.name)).collect();
    let variants = plan.variants.iter().zip(&names).map(|(variant, name)| {
        let (docs, attr) = (doc(&variant.docs), deprecated(variant.deprecated.as_ref()));
        quote!(#docs #attr #name,)
    });
    let values: Vec<_> = plan.variants.iter().map(|variant| Literal::i32_unsuffixed(variant.value)).collect();
    let (from, unknown) = (scope.name("From"), scope.name("UnknownInt"));
    vec![
        quote! {
            #docs
            #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #deprecated_attr
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
                #[doc = " A value unknown to this version of the crate. It may become known: compare its number."]
                Unknown(#unknown),
            }
        },
        quote! {
            impl #name {
                #[doc = " All known values."]
                pub const VALUES: &'static [Self] = &[#(Self::#names),*];
                #[doc = " Returns the value as sent on the wire."]
                pub fn value(&self) -> i32 {
                    match self {
                        #(Self::#names => #values,)*
                        Self::Unknown(value) => value.value(),
                    }
                }
            }
        },
        quote! {
            impl #from<i32> for #name {
                fn from(value: i32) -> Self {
                    match value {
                        #(#values => Self::#names,)*
                        _ => Self::Unknown(farrier_runtime::shape::unknown_int(value)),
                    }
                }
            }
        },
    ]
}
