//! Arguments of constructors and setters.

use super::scope::{Scope, ident};
use crate::plan::{Argument, Field, Form, Item};
use proc_macro2::{Ident, TokenStream};
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
            return (expand_item(item, scope), convert(item, &name, scope));
        }
        Argument::Items(item) => {
            let function = function(item.form, scope);
            (expand_item(item, scope), function.map(|function| quote!(.map(#function))))
        }
        Argument::Entries(key, value) => {
            let (into, key, item) = (scope.name("Into"), scope.ty(key), expand_item(value, scope));
            let value = convert(value, &ident("value"), scope);
            let entry = quote!(.map(|(key, value)| (key.into(), #value)));
            (quote!((impl #into<#key>, #item)), Some(entry))
        }
    };
    let iterator = scope.name("IntoIterator");
    (quote!(impl #iterator<Item = #item>), quote!(#name.into_iter() #convert.collect()))
}

/// Emits the type of a single value.
pub(super) fn expand_item(item: &Item, scope: &Scope<'_>) -> TokenStream {
    let ty = scope.ty(&item.ty);
    match item.form {
        Form::Exact => ty,
        Form::Into => {
            let into = scope.name("Into");
            quote!(impl #into<#ty>)
        }
        Form::IntoBytes => {
            let into = scope.name("IntoBytes");
            quote!(impl #into)
        }
    }
}

/// Emits the conversion of a value to its type.
fn convert(item: &Item, value: &Ident, scope: &Scope<'_>) -> TokenStream {
    match item.form {
        Form::Exact => quote!(#value),
        Form::Into => quote!(#value.into()),
        Form::IntoBytes => {
            let into = scope.name("IntoBytes");
            quote!(#into::into_bytes(#value))
        }
    }
}

/// Emits the path of the function that converts a value, if it is not taken as it is.
fn function(form: Form, scope: &Scope<'_>) -> Option<TokenStream> {
    let (name, function) = match form {
        Form::Exact => return None,
        Form::Into => ("Into", quote!(into)),
        Form::IntoBytes => ("IntoBytes", quote!(into_bytes)),
    };
    let name = scope.name(name);
    Some(quote!(#name::#function))
}
