//! Module `endpoint`: the endpoint rules of the service.

use super::scope::{Scope, doc, ident};
use super::value;
use crate::plan::Endpoints;
use proc_macro2::TokenStream;
use quote::quote;

/// Emits, with the functions of `farrier_runtime::endpoint::notation`,
/// ```text
/// /// Slots: 0 `Region`, then variables.
/// pub(crate) static RULES: RuleSet = RuleSet {
///     parameters: &[
///         Parameter::new("Region", STRING).built_in("AWS::Region"),
///     ],
///     variables: 1,
///     rules: Rules::Tree(TREE_1),
/// };
///
/// const TREE_1: &[Rule] = &[
///     rule(&[when(IsSet, &[Ref(0)]), set(1, AwsPartition, &[Ref(0)])], Tree(TREE_2)),
///     rule(&[], error("no region")),
/// ];
///
/// const TREE_2: &[Rule] = &[
///     rule(&[], at(&[Str("https://"), Ref(0), Str(".example.com")])),
/// ];
/// ```
/// Each tree is a constant, which keeps expressions flat and lines short.
pub(super) fn expand(endpoints: &Endpoints) -> Vec<TokenStream> {
    let scope = Scope::empty();
    let (docs, rules) = (doc(&endpoints.docs), value::expand(&endpoints.rules, &scope));
    let mut file = vec![
        quote!(#![doc = " Endpoint rules of the service."]),
        quote! {
            use farrier_runtime::endpoint::notation::*;
        },
        quote! {
            #docs
            pub(crate) static RULES: RuleSet = #rules;
        },
    ];
    file.extend(endpoints.trees.iter().map(|(name, rules)| {
        let (name, rules) = (ident(name), value::expand(rules, &scope));
        quote!(const #name: &[Rule] = #rules;)
    }));
    file
}
