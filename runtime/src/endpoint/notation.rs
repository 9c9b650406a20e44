//! The short names by which generated code writes rules down: everything here is one call or one word for what
//! [`endpoint`](super) has in full.

pub use super::rules::Expr::*;
pub use super::rules::Function::*;
pub use super::rules::Outcome::Tree;
pub use super::rules::ParameterKind::{Boolean as BOOLEAN, String as STRING, StringArray as STRINGS};
pub use super::rules::Step::{Index, Key};
pub use super::rules::{Parameter, Rule, RuleSet, Rules, StaticValue};

use super::bdd::{Bdd, BddNode};
use super::rules::{Condition, Endpoint, Expr, Function, Outcome, Property, Slot};

/// Headers or properties by name.
pub type Named<T> = &'static [(&'static str, T)];

/// A rule.
pub const fn rule(conditions: &'static [Condition], outcome: Outcome) -> Rule {
    Rule { conditions, outcome }
}

/// A condition that is a function.
pub const fn when(function: Function, arguments: &'static [Expr]) -> Condition {
    Condition { test: Expr::Call(function, arguments), assign: None }
}

/// A condition that is a function whose value is kept in this place.
pub const fn set(slot: Slot, function: Function, arguments: &'static [Expr]) -> Condition {
    Condition { test: Expr::Call(function, arguments), assign: Some(slot) }
}

/// Any other condition.
pub const fn test(assign: Option<Slot>, test: Expr) -> Condition {
    Condition { test, assign }
}

/// An endpoint of which no more is known than its URL: these texts together.
pub const fn at(url: &'static [Expr]) -> Outcome {
    at_with(url, &[], &[])
}

/// An endpoint with headers and properties.
pub const fn at_with(
    url: &'static [Expr],
    headers: Named<&'static [Expr]>,
    properties: Named<Property>,
) -> Outcome {
    Outcome::Endpoint(Endpoint { url: Expr::Template(url), headers, properties })
}

/// There is no endpoint, for this reason.
pub const fn error(message: &'static str) -> Outcome {
    Outcome::Error(Expr::Str(message))
}

/// There is no endpoint, for a reason that these texts give together.
pub const fn error_of(message: &'static [Expr]) -> Outcome {
    Outcome::Error(Expr::Template(message))
}

/// A text as a property.
pub const fn text(value: &'static str) -> Property {
    Property::Value(Expr::Str(value))
}

/// What is evaluated to a property.
pub const fn value(value: Expr) -> Property {
    Property::Value(value)
}

/// A list as a property.
pub const fn list(items: &'static [Property]) -> Property {
    Property::List(items)
}

/// Values by name as a property.
pub const fn record(members: Named<Property>) -> Property {
    Property::Record(members)
}

/// Decisions.
pub const fn decisions(
    root: i32,
    nodes: &'static [BddNode],
    conditions: &'static [Condition],
    results: &'static [Outcome],
) -> Rules {
    Rules::Bdd(Bdd { root, nodes, conditions, results })
}
