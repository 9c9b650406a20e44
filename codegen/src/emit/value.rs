//! Default values, and arguments of constructors and setters.

use super::scope::{Scope, ident};
use crate::plan::{Field, Literal, RustType};
use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

/// Emits a default value as an expression of the field's type.
pub(super) fn literal(literal: &Literal, ty: &RustType, scope: &Scope<'_>) -> TokenStream {
    match literal {
        Literal::Zero => zero(ty, scope),
        Literal::True => quote!(true),
        Literal::Integer(value) => {
            let token = Token::i64_unsuffixed(*value);
            quote!(#token)
        }
        Literal::Float(value) => {
            let token = Token::f64_unsuffixed(*value);
            quote!(#token)
        }
        Literal::String(value) => quote!(#value.into()),
        Literal::IntEnum(value) => {
            let token = Token::i32_unsuffixed(*value);
            quote!(#token.into())
        }
        Literal::Blob(bytes) => {
            let (ty, token) = (scope.ty(ty), Token::byte_string(bytes));
            quote!(#ty::from(#token.as_slice()))
        }
        Literal::Timestamp(seconds, nanos) => {
            let ty = scope.runtime("Timestamp");
            let (seconds, nanos) = (Token::i64_unsuffixed(*seconds), Token::u32_unsuffixed(*nanos));
            quote!(#ty::from_secs_and_nanos(#seconds, #nanos))
        }
        Literal::BigNumber(text) => {
            let ty = scope.ty(ty);
            quote!(#text.parse().unwrap_or_else(|_| #ty::default()))
        }
        Literal::Document(value) => document(value, scope),
    }
}

fn zero(ty: &RustType, scope: &Scope<'_>) -> TokenStream {
    match ty {
        RustType::Runtime("Body") => {
            let body = scope.runtime("Body");
            quote!(#body::default())
        }
        RustType::Std("bool") => quote!(false),
        RustType::Std("f32" | "f64") => quote!(0.0),
        RustType::Std("String") | RustType::Vec(_) | RustType::Map(..) | RustType::Runtime(_) => {
            let name = match ty {
                RustType::Std(_) => scope.prelude("String"),
                RustType::Vec(_) => scope.prelude("Vec"),
                RustType::Runtime(name) => scope.runtime(name),
                _ => scope.map(),
            };
            quote!(#name::new())
        }
        _ => quote!(0),
    }
}

/// Emits the default of a document: null, a boolean, string or number, or an empty list or map.
fn document(value: &serde_json::Value, scope: &Scope<'_>) -> TokenStream {
    use serde_json::Value;
    let ty = scope.runtime("Document");
    match value {
        Value::Null => quote!(#ty::Null),
        Value::Bool(value) => quote!(#ty::Bool(#value)),
        Value::String(value) => quote!(#ty::String(#value.into())),
        Value::Array(_) => quote!(#ty::Array(Default::default())),
        Value::Object(_) => quote!(#ty::Object(Default::default())),
        Value::Number(number) => match number.as_i64() {
            Some(value) => quote!(#ty::from(#value)),
            None => {
                let value = number.as_f64().unwrap_or_default();
                quote!(#ty::from(#value))
            }
        },
    }
}

/// Emits the argument type of a constructor or setter, and the expression that converts the argument to the
/// field's type.
pub(super) fn argument(field: &Field, scope: &Scope<'_>) -> (TokenStream, TokenStream) {
    let name = ident(&field.name);
    let (ty, value) = match argument_form(&field.ty, scope) {
        ArgumentForm::AsIs => (scope.ty(&field.ty), quote!(#name)),
        ArgumentForm::Into => {
            let (into, ty) = (scope.prelude("Into"), scope.ty(&field.ty));
            (quote!(impl #into<#ty>), quote!(#name.into()))
        }
        ArgumentForm::Items(item, convert) => {
            let iterator = scope.prelude("IntoIterator");
            (quote!(impl #iterator<Item = #item>), quote!(#name.into_iter()#convert.collect()))
        }
    };
    if field.boxed {
        let boxed = scope.prelude("Box");
        return (ty, quote!(#boxed::new(#value)));
    }
    (ty, value)
}

enum ArgumentForm {
    /// The type itself.
    AsIs,
    /// `impl Into` of the type.
    Into,
    /// `impl IntoIterator`: the item type and the conversion of an item.
    Items(TokenStream, TokenStream),
}

fn argument_form(ty: &RustType, scope: &Scope<'_>) -> ArgumentForm {
    match ty {
        RustType::Std("String") | RustType::Runtime(_) => ArgumentForm::Into,
        RustType::Generated(_, name) if scope.is_enum(name) => ArgumentForm::Into,
        RustType::Vec(item) => match argument_form(item, scope) {
            ArgumentForm::Into => {
                let (into, item) = (scope.prelude("Into"), scope.ty(item));
                ArgumentForm::Items(quote!(impl #into<#item>), quote!(.map(#into::into)))
            }
            _ => ArgumentForm::Items(scope.ty(item), TokenStream::new()),
        },
        RustType::Map(key, value) => {
            let (into, key_type, value_type) = (scope.prelude("Into"), scope.ty(key), scope.ty(value));
            match argument_form(value, scope) {
                ArgumentForm::Into => ArgumentForm::Items(
                    quote!((impl #into<#key_type>, impl #into<#value_type>)),
                    quote!(.map(|(key, value)| (key.into(), value.into()))),
                ),
                _ => ArgumentForm::Items(
                    quote!((impl #into<#key_type>, #value_type)),
                    quote!(.map(|(key, value)| (key.into(), value))),
                ),
            }
        }
        _ => ArgumentForm::AsIs,
    }
}
