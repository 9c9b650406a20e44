//! Module `endpoint`: the endpoint rules of the service.

use super::scope::{doc, ident};
use crate::model::endpoint::{
    Bdd, Condition, Endpoint, Endpoints, Expr, Outcome, Parameter, ParameterKind, ParameterValue, PathStep,
    Property, Rule, Rules, Step,
};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use std::collections::VecDeque;

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
    let rules = &endpoints.rules;
    let parameters = rules.parameters.iter().map(expand_parameter);
    let variables = Literal::u16_unsuffixed(rules.variables);
    let mut trees = Trees::default();
    let form = match &rules.rules {
        Rules::Tree(rules) => {
            let name = trees.add(rules);
            quote!(Rules::Tree(#name))
        }
        Rules::Bdd(bdd) => expand_bdd(bdd, &mut trees),
    };
    let slots = doc(&slot_docs(endpoints));
    let mut file = vec![
        quote!(#![doc = " Endpoint rules of the service."]),
        quote! {
            use farrier_runtime::endpoint::notation::*;
        },
        quote! {
            #slots
            pub(crate) static RULES: RuleSet = RuleSet {
                parameters: &[#(#parameters),*],
                variables: #variables,
                rules: #form,
            };
        },
    ];
    file.extend(trees.expand());
    file
}

/// Returns the names of the numbered slots that `Ref` and `Attr` read and `set` writes.
fn slot_docs(endpoints: &Endpoints) -> String {
    let parameters = &endpoints.rules.parameters;
    let slots = parameters.iter().enumerate().map(|(slot, parameter)| format!("{slot} `{}`", parameter.name));
    let slots: Vec<_> = slots.chain(["then variables".to_owned()]).collect();
    format!("Slots: {}.", slots.join(", "))
}

/// Named trees that have not been emitted yet.
#[derive(Default)]
struct Trees<'r> {
    count: usize,
    pending: VecDeque<&'r [Rule]>,
}

impl<'r> Trees<'r> {
    /// Returns the name of the constant for a tree, and queues the tree.
    fn add(&mut self, rules: &'r [Rule]) -> proc_macro2::Ident {
        self.count += 1;
        self.pending.push_back(rules);
        format_ident!("TREE_{}", self.count)
    }

    fn expand(mut self) -> Vec<TokenStream> {
        let mut items = Vec::new();
        while let Some(rules) = self.pending.pop_front() {
            let name = format_ident!("TREE_{}", items.len() + 1);
            let rules: Vec<_> = rules.iter().map(|rule| expand_rule(rule, &mut self)).collect();
            items.push(quote!(const #name: &[Rule] = &[#(#rules),*];));
        }
        items
    }
}

fn expand_parameter(parameter: &Parameter) -> TokenStream {
    let name = &parameter.name;
    let kind = ident(match parameter.kind {
        ParameterKind::Boolean => "BOOLEAN",
        ParameterKind::String => "STRING",
        ParameterKind::StringArray => "STRINGS",
    });
    let built_in = parameter.built_in.as_ref().map(|name| quote!(.built_in(#name)));
    let required = parameter.required.then(|| quote!(.required()));
    let default = parameter.default.as_ref().map(|value| {
        let value = expand_value(value);
        quote!(.or(#value))
    });
    quote!(Parameter::new(#name, #kind) #built_in #required #default)
}

/// Emits the value of a parameter, such as `StaticValue::Boolean(true)`.
pub(super) fn expand_value(value: &ParameterValue) -> TokenStream {
    match value {
        ParameterValue::Boolean(value) => quote!(StaticValue::Boolean(#value)),
        ParameterValue::String(value) => quote!(StaticValue::String(#value)),
        ParameterValue::StringArray(values) => quote!(StaticValue::StringArray(&[#(#values),*])),
    }
}

/// Emits the path to a parameter's value in the input of an operation.
pub(super) fn expand_path(path: &[PathStep]) -> TokenStream {
    let steps = path.iter().map(|step| match step {
        PathStep::Field(name) => quote!(PathStep::Field(#name)),
        PathStep::Items => quote!(PathStep::Items),
        PathStep::Values => quote!(PathStep::Values),
        PathStep::Flatten => quote!(PathStep::Flatten),
        PathStep::Select(paths) => {
            let paths = paths.iter().map(|path| expand_path(path));
            quote!(PathStep::Select(&[#(#paths),*]))
        }
        PathStep::Keys => quote!(PathStep::Keys),
    });
    quote!(&[#(#steps),*])
}

fn expand_rule<'r>(rule: &'r Rule, trees: &mut Trees<'r>) -> TokenStream {
    let conditions = rule.conditions.iter().map(expand_condition);
    let outcome = expand_outcome(&rule.outcome, trees);
    quote!(rule(&[#(#conditions),*], #outcome))
}

fn expand_condition(condition: &Condition) -> TokenStream {
    let slot = condition.assign.map(Literal::u16_unsuffixed);
    match (&condition.test, slot) {
        (Expr::Call(function, arguments), slot) => {
            let (function, arguments) = (ident(function.variant), expand_list(arguments));
            match slot {
                None => quote!(when(#function, #arguments)),
                Some(slot) => quote!(set(#slot, #function, #arguments)),
            }
        }
        (other, slot) => {
            let (slot, other) = (slot.map_or(quote!(None), |slot| quote!(Some(#slot))), expand_expr(other));
            quote!(test(#slot, #other))
        }
    }
}

fn expand_outcome<'r>(outcome: &'r Outcome, trees: &mut Trees<'r>) -> TokenStream {
    match outcome {
        Outcome::Error(Expr::String(message)) => quote!(error(#message)),
        Outcome::Error(message) => {
            let message = expand_parts(message);
            quote!(error_of(#message))
        }
        Outcome::Tree(rules) => {
            let name = trees.add(rules);
            quote!(Tree(#name))
        }
        Outcome::Endpoint(endpoint) => expand_endpoint(endpoint),
    }
}

fn expand_endpoint(endpoint: &Endpoint) -> TokenStream {
    let url = expand_parts(&endpoint.url);
    if endpoint.headers.is_empty() && endpoint.properties.is_empty() {
        return quote!(at(#url));
    }
    let headers = endpoint.headers.iter().map(|(name, values)| {
        let values = expand_list(values);
        quote!((#name, #values))
    });
    let properties = expand_record(&endpoint.properties);
    quote!(at_with(#url, &[#(#headers),*], #properties))
}

fn expand_record(members: &[(String, Property)]) -> TokenStream {
    let members = members.iter().map(|(name, value)| {
        let value = expand_property(value);
        quote!((#name, #value))
    });
    quote!(&[#(#members),*])
}

fn expand_property(property: &Property) -> TokenStream {
    match property {
        Property::Value(Expr::String(value)) => quote!(text(#value)),
        Property::Value(value) => {
            let value = expand_expr(value);
            quote!(value(#value))
        }
        Property::List(items) => {
            let items = items.iter().map(expand_property);
            quote!(list(&[#(#items),*]))
        }
        Property::Record(members) => {
            let members = expand_record(members);
            quote!(record(#members))
        }
    }
}

/// Emits the parts of a template.
fn expand_parts(expr: &Expr) -> TokenStream {
    match expr {
        Expr::Template(parts) => expand_list(parts),
        other => expand_list(std::slice::from_ref(other)),
    }
}

fn expand_list(items: &[Expr]) -> TokenStream {
    let items = items.iter().map(expand_expr);
    quote!(&[#(#items),*])
}

fn expand_expr(expr: &Expr) -> TokenStream {
    match expr {
        Expr::Boolean(value) => quote!(Bool(#value)),
        Expr::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(Int(#value))
        }
        Expr::String(value) => quote!(Str(#value)),
        Expr::Template(parts) => {
            let parts = expand_list(parts);
            quote!(Template(#parts))
        }
        Expr::List(items) => {
            let items = expand_list(items);
            quote!(List(#items))
        }
        Expr::Ref(slot) => {
            let slot = Literal::u16_unsuffixed(*slot);
            quote!(Ref(#slot))
        }
        Expr::GetAttr(of, steps) => match (&**of, steps.as_slice()) {
            (Expr::Ref(slot), [Step::Key(key)]) => {
                let slot = Literal::u16_unsuffixed(*slot);
                quote!(Attr(#slot, #key))
            }
            (of, steps) => {
                let (of, steps) = (expand_expr(of), steps.iter().map(expand_step));
                quote!(GetAttr(&#of, &[#(#steps),*]))
            }
        },
        Expr::Call(function, arguments) => {
            let (function, arguments) = (ident(function.variant), expand_list(arguments));
            quote!(Call(#function, #arguments))
        }
    }
}

fn expand_step(step: &Step) -> TokenStream {
    match step {
        Step::Key(key) => quote!(Key(#key)),
        Step::Index(index) => {
            let index = Literal::i64_unsuffixed(*index);
            quote!(Index(#index))
        }
    }
}

/// Emits the root, nodes, conditions and results of a binary decision diagram.
fn expand_bdd<'r>(bdd: &'r Bdd, trees: &mut Trees<'r>) -> TokenStream {
    let number = |number: &i32| Literal::i32_unsuffixed(*number);
    let root = number(&bdd.root);
    let nodes = bdd.nodes.iter().map(|node| {
        let node = node.iter().map(number);
        quote!([#(#node),*])
    });
    let conditions = bdd.conditions.iter().map(expand_condition);
    let results = bdd.results.iter().map(|outcome| expand_outcome(outcome, trees));
    quote!(decisions(#root, &[#(#nodes),*], &[#(#conditions),*], &[#(#results),*]))
}
