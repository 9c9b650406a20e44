//! Short names for the types of [`endpoint`](super), for the rule sets in generated code.

pub use super::rules::Expr::*;
pub use super::rules::Function::*;
pub use super::rules::Outcome::Tree;
pub use super::rules::ParameterKind::{Boolean as BOOLEAN, String as STRING, StringArray as STRINGS};
pub use super::rules::Step::{Index, Key};
pub use super::rules::{Parameter, Rule, RuleSet, Rules, StaticValue};

use super::rules::{Bdd, BddNode, Condition, Endpoint, Expr, Function, Outcome, Property, SlotIndex};

/// Pairs of a name and a value: the headers or properties of an endpoint, or the members of a record.
pub type Named<T> = &'static [(&'static str, T)];

/// Returns a rule with these conditions and outcome.
pub const fn rule(conditions: &'static [Condition], outcome: Outcome) -> Rule {
    Rule { conditions, outcome }
}

/// Returns a condition that calls a function.
pub const fn when(function: Function, arguments: &'static [Expr]) -> Condition {
    Condition { test: Expr::Call(function, arguments), assign: None }
}

/// Returns a condition that calls a function and assigns the result to a variable.
pub const fn set(slot: SlotIndex, function: Function, arguments: &'static [Expr]) -> Condition {
    Condition { test: Expr::Call(function, arguments), assign: Some(slot) }
}

/// Returns a condition that evaluates an expression and assigns the result to a variable, if one is given.
pub const fn test(assign: Option<SlotIndex>, test: Expr) -> Condition {
    Condition { test, assign }
}

/// Returns an endpoint without headers and properties. The URL is the concatenation of `url`.
pub const fn at(url: &'static [Expr]) -> Outcome {
    at_with(url, &[], &[])
}

/// Returns an endpoint with headers and properties. The URL is the concatenation of `url`.
pub const fn at_with(
    url: &'static [Expr],
    headers: Named<&'static [Expr]>,
    properties: Named<Property>,
) -> Outcome {
    Outcome::Endpoint(Endpoint { url: Expr::Template(url), headers, properties })
}

/// Returns an error outcome with this message.
pub const fn error(message: &'static str) -> Outcome {
    Outcome::Error(Expr::Str(message))
}

/// Returns an error outcome. The message is the concatenation of `message`.
pub const fn error_of(message: &'static [Expr]) -> Outcome {
    Outcome::Error(Expr::Template(message))
}

/// Returns a string property.
pub const fn text(value: &'static str) -> Property {
    Property::Value(Expr::Str(value))
}

/// Returns a property with the value of an expression.
pub const fn value(value: Expr) -> Property {
    Property::Value(value)
}

/// Returns a list property.
pub const fn list(items: &'static [Property]) -> Property {
    Property::List(items)
}

/// Returns a record property.
pub const fn record(members: Named<Property>) -> Property {
    Property::Record(members)
}

/// Returns the rules of a binary decision diagram. See [`Bdd`] for the arguments.
pub const fn decisions(
    root: i32,
    nodes: &'static [BddNode],
    conditions: &'static [Condition],
    results: &'static [Outcome],
) -> Rules {
    Rules::Bdd(Bdd { root, nodes, conditions, results })
}
