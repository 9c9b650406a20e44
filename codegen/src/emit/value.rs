//! Static data and default values.

use super::scope::{Scope, ident, plain_path};
use crate::plan::{Path, Value};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Emits a value as an expression, such as
/// ```text
/// Member::new("id", &schema::STRING, &[Trait::HttpHeader("x-id")])
/// ```
pub(super) fn expand(value: &Value, scope: &Scope<'_>) -> TokenStream {
    match value {
        Value::Bool(value) => quote!(#value),
        Value::Int(value) => literal(Literal::i64_unsuffixed(*value)),
        Value::Float(value) => literal(Literal::f64_unsuffixed(*value)),
        Value::I64(value) => quote!(#value),
        Value::F64(value) => quote!(#value),
        Value::Str(text) => quote!(#text),
        Value::Text(text) => literal(raw_string(text)),
        Value::Bytes(bytes) => literal(Literal::byte_string(bytes)),
        Value::Path(path) => expand_path(path, scope),
        Value::Call(path, arguments) => {
            let (path, arguments) = (expand_path(path, scope), expand_all(arguments, scope));
            quote!(#path(#arguments))
        }
        Value::Method(of, name, arguments) => {
            // `-1.into()` would negate the result of the call.
            let is_negative = matches!(&**of, Value::Int(number) if *number < 0);
            let (of, name, arguments) = (expand(of, scope), ident(name), expand_all(arguments, scope));
            let of = if is_negative { quote!((#of)) } else { of };
            quote!(#of.#name(#arguments))
        }
        Value::Struct(path, members) => {
            let (path, members) = (plain_path(path), expand_members(members, scope));
            quote!(#path { #members })
        }
        Value::Tuple(items) => {
            let items = expand_all(items, scope);
            quote!((#items))
        }
        Value::Array(items) => {
            let items = expand_all(items, scope);
            quote!([#items])
        }
        Value::Ref(value) => {
            let value = expand(value, scope);
            quote!(&#value)
        }
        Value::Closure(value) => {
            let value = expand(value, scope);
            quote!(|_| #value)
        }
    }
}

/// Emits the members of a structure, separated by commas.
pub(super) fn expand_members(members: &[(&'static str, Value)], scope: &Scope<'_>) -> TokenStream {
    let members = members.iter().map(|(name, value)| {
        let (name, value) = (ident(name), expand(value, scope));
        quote!(#name: #value)
    });
    quote!(#(#members),*)
}

fn expand_all(values: &[Value], scope: &Scope<'_>) -> TokenStream {
    let values = values.iter().map(|value| expand(value, scope));
    quote!(#(#values),*)
}

fn expand_path(path: &Path, scope: &Scope<'_>) -> TokenStream {
    match path {
        Path::Plain(path) => plain_path(path),
        Path::Of(ty, item) => {
            let (ty, item) = (scope.name(ty), ident(item));
            quote!(#ty::#item)
        }
    }
}

fn literal(literal: Literal) -> TokenStream {
    quote!(#literal)
}

/// Returns a string literal, raw if that avoids escapes.
fn raw_string(text: &str) -> Literal {
    let has_escapes = text.contains(['"', '\\']);
    let plain = |c: char| (' '..='~').contains(&c) || c == '\n';
    let hashes = (1..=8).map(|count| "#".repeat(count)).find(|hashes| !text.contains(&format!("\"{hashes}")));
    let raw = hashes.filter(|_| has_escapes && text.chars().all(plain));
    raw.and_then(|hashes| format!("r{hashes}\"{text}\"{hashes}").parse().ok())
        .unwrap_or_else(|| Literal::string(text))
}
