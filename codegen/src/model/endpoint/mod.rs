//! [Endpoint rules](https://smithy.io/2.0/additional-specs/rules-engine/specification.html): where requests go, as
//! a model says it, in either of its two forms.
//!
//! Names are resolved: a parameter or variable is its place, a [`Slot`]. Every expression has been checked, its
//! arguments and their types too, as far as these are known.

mod bdd;
mod cases;
pub(super) mod context;
mod expression;
mod functions;
mod names;
mod parameters;
mod path;
mod reader;
mod tree;
mod types;

pub use cases::EndpointCase;
pub use functions::Function;
pub use parameters::{ClientParameter, Parameter, ParameterKind, ParameterValue};
pub use path::PathStep;
pub(super) use path::parse as parse_path;

use super::draft::TraitMap;
use crate::Diagnostics;
use reader::Reader;

#[cfg(test)]
mod tests;

const RULE_SET: &str = "smithy.rules#endpointRuleSet";
const BDD: &str = "smithy.rules#endpointBdd";
const TESTS: &str = "smithy.rules#endpointTests";
const CLIENT: &str = "smithy.rules#clientContextParams";

/// The place of a parameter or variable: parameters come first, in their order in the rules, then variables. Two
/// variables share a place where neither is visible in the other's scope.
pub type Slot = u16;

/// How the endpoint of a service is found.
#[derive(Clone, Debug)]
pub struct Endpoints {
    /// The rules.
    pub rules: RuleSet,
    /// Parameters that a user of the client sets, by name.
    pub client_parameters: Vec<ClientParameter>,
    /// What must come of the rules.
    pub cases: Vec<EndpointCase>,
}

/// Rules and what they depend on.
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// What the rules depend on.
    pub parameters: Vec<Parameter>,
    /// How many places the variables need.
    pub variables: Slot,
    /// The rules.
    pub rules: Rules,
}

/// The form of the rules.
#[derive(Clone, Debug)]
pub enum Rules {
    /// `smithy.rules#endpointRuleSet`
    Tree(Vec<Rule>),
    /// `smithy.rules#endpointBdd`
    Bdd(Bdd),
}

/// A rule object.
#[derive(Clone, Debug)]
pub struct Rule {
    /// All must match, in this order.
    pub conditions: Vec<Condition>,
    /// What comes of it then.
    pub outcome: Outcome,
}

/// What a rule leads to.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// An endpoint.
    Endpoint(Endpoint),
    /// There is none, for this reason.
    Error(Expr),
    /// Further rules.
    Tree(Vec<Rule>),
}

/// An endpoint object.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// The URL.
    pub url: Expr,
    /// Headers, each with its values.
    pub headers: Vec<(String, Vec<Expr>)>,
    /// What else is known of it.
    pub properties: Vec<(String, Property)>,
}

/// A property of an endpoint.
#[derive(Clone, Debug)]
pub enum Property {
    /// A text, a truth value or a number.
    Value(Expr),
    /// A list.
    List(Vec<Property>),
    /// A value by name.
    Record(Vec<(String, Property)>),
}

/// A binary decision diagram.
#[derive(Clone, Debug)]
pub struct Bdd {
    /// The reference to begin with.
    pub root: i32,
    /// Each the index of a condition, and the references to follow if it matches and if not. References are as the
    /// specification numbers them, and lead somewhere.
    pub nodes: Vec<[i32; 3]>,
    /// What nodes decide by.
    pub conditions: Vec<Condition>,
    /// What they lead to.
    pub results: Vec<Outcome>,
}

/// A condition object.
#[derive(Clone, Debug)]
pub struct Condition {
    /// What is evaluated.
    pub test: Expr,
    /// Where the value is kept.
    pub assign: Option<Slot>,
}

/// What is evaluated to a value, or to none.
#[derive(Clone, Debug)]
pub enum Expr {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A text without templates.
    String(String),
    /// The texts that these give, together.
    Template(Vec<Expr>),
    /// A list.
    List(Vec<Expr>),
    /// The value of a parameter or variable.
    Ref(Slot),
    /// `getAttr`, and its short form in templates.
    GetAttr(Box<Expr>, Vec<Step>),
    /// Another function.
    Call(&'static Function, Vec<Expr>),
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the member of this name.
    Key(String),
    /// To the item with this index; negative ones count from the end.
    Index(i64),
}

/// Reads the rules of a service: the decisions if it has them, since they are smaller, else the tree.
pub(super) fn read(traits: &TraitMap<'_>, diagnostics: &mut Diagnostics) -> Option<Endpoints> {
    let tree = traits.get(RULE_SET).map(|applied| {
        let mut reader = Reader::new(RULE_SET, diagnostics);
        tree::read(&mut reader, &applied.value)
    });
    let bdd = traits.get(BDD).map(|applied| {
        let mut reader = Reader::new(BDD, diagnostics);
        bdd::read(&mut reader, &applied.value)
    });
    let rules = bdd.or(tree)??;
    let client_parameters = traits.get(CLIENT).map_or_else(Vec::new, |applied| {
        let mut reader = Reader::new(CLIENT, diagnostics);
        parameters::of_client(&mut reader, &applied.value, &rules.parameters)
    });
    let cases = traits.get(TESTS).map_or_else(Vec::new, |applied| {
        let mut reader = Reader::new(TESTS, diagnostics);
        cases::read(&mut reader, &applied.value, &rules.parameters)
    });
    Some(Endpoints { rules, client_parameters, cases })
}
