//! Arguments of constructors and setters.

use super::scope::{Scope, ident};
use crate::plan::{Argument, Field, Item};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits the type of an argument, such as `impl IntoIterator<Item = impl Into<String>>`, and the expression
/// that converts it to the field's type, such as `names.into_iter().map(Into::into).collect()`.
pub(super) fn expand(field: &Field, scope: &Scope<'_>) -> (TokenStream, TokenStream) {
    let (ty, value) = expand_unboxed(field, scope);
    if field.boxed {
        let boxed = scope.name("Box");
        return (ty, quote!(#boxed::new(#value)));
    }
    (ty, value)
}

fn expand_unboxed(field: &Field, scope: &Scope<'_>) -> (TokenStream, TokenStream) {
    let name = ident(&field.name);
    let (item, convert) = match &field.argument {
        Argument::Value(item) => {
            let convert = item.into.then(|| quote!(.into()));
            return (expand_item(item, scope), quote!(#name #convert));
        }
        Argument::Items(item) => {
            let into = item.into.then(|| scope.name("Into"));
            (expand_item(item, scope), into.map(|into| quote!(.map(#into::into))))
        }
        Argument::Entries(key, value) => {
            let (into, key, item) = (scope.name("Into"), scope.ty(key), expand_item(value, scope));
            let convert = value.into.then(|| quote!(.into()));
            let entry = quote!(.map(|(key, value)| (key.into(), value #convert)));
            (quote!((impl #into<#key>, #item)), Some(entry))
        }
    };
    let iterator = scope.name("IntoIterator");
    (quote!(impl #iterator<Item = #item>), quote!(#name.into_iter() #convert.collect()))
}

/// Emits the type of a single value.
pub(super) fn expand_item(item: &Item, scope: &Scope<'_>) -> TokenStream {
    let ty = scope.ty(&item.ty);
    if item.into {
        let into = scope.name("Into");
        return quote!(impl #into<#ty>);
    }
    ty
}
