//! Arguments of constructors and setters.

use super::scope::{Scope, ident};
use crate::plan::{Argument, Field, Form, Item};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// Emits the type of an argument, such as `impl IntoIterator<Item = impl IntoValue<String>>`, and the
/// expression that converts it to the field's type, such as `names.into_iter().map(IntoValue::into_value).collect()`.
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
            let key_item = Item { ty: key.clone(), form: Form::IntoValue };
            let item = expand_item(value, scope);
            let value = convert(value, &ident("value"), scope);
            let key = convert(&key_item, &ident("key"), scope);
            let entry = quote!(.map(|(key, value)| (#key, #value)));
            let key = expand_item(&key_item, scope);
            (quote!((#key, #item)), Some(entry))
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
        Form::IntoBytes => {
            let into = scope.name("IntoBytes");
            quote!(impl #into)
        }
        Form::IntoValue => {
            let into = scope.name("IntoValue");
            quote!(impl #into<#ty>)
        }
    }
}

/// Emits the conversion of a value to its type.
fn convert(item: &Item, value: &Ident, scope: &Scope<'_>) -> TokenStream {
    let Some((name, method)) = conversion(item.form) else { return quote!(#value) };
    let in_scope = scope.name(name);
    let method = ident(method);
    // A trait that is not imported has no methods.
    match scope.is_shadowed(name) {
        true => quote!(#in_scope::#method(#value)),
        false => quote!(#value.#method()),
    }
}

/// Emits the path of the function that converts a value, if it is not taken as it is.
fn function(form: Form, scope: &Scope<'_>) -> Option<TokenStream> {
    let (name, method) = conversion(form)?;
    let (name, method) = (scope.name(name), ident(method));
    Some(quote!(#name::#method))
}

/// Returns the trait and the method that convert a value, if it is not taken as it is.
fn conversion(form: Form) -> Option<(&'static str, &'static str)> {
    match form {
        Form::Exact => None,
        Form::IntoBytes => Some(("IntoBytes", "into_bytes")),
        Form::IntoValue => Some(("IntoValue", "into_value")),
    }
}
