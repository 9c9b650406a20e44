//! Parsed [endpoint rules](https://smithy.io/2.0/additional-specs/rules-engine/specification.html), either a
//! rule tree or a binary decision diagram (BDD).
//!
//! Names are resolved: parameters and variables are identified by a [`Slot`]. Expressions are validated,
//! including the number and, if known, the types of function arguments.

mod bdd;
mod expression;
mod functions;
mod jmespath;
mod parameters;
mod reader;
mod scope;
mod test_cases;
mod tree;
mod types;

pub use functions::Function;
pub use jmespath::PathStep;
pub(super) use jmespath::parse as parse_path;
pub use parameters::{ClientParameter, Parameter, ParameterKind, ParameterValue};
pub use test_cases::EndpointCase;

use super::raw::TraitMap;
use crate::Diagnostics;
use reader::Reader;

#[cfg(test)]
mod tests;

const RULE_SET: &str = "smithy.rules#endpointRuleSet";
const BDD: &str = "smithy.rules#endpointBdd";
const TESTS: &str = "smithy.rules#endpointTests";
const CLIENT: &str = "smithy.rules#clientContextParams";

/// The index of a parameter or variable: parameters first, in their order in the rules, then variables.
/// Variables that are never in scope together may share a slot.
pub type Slot = u16;

/// The endpoint rules of a service.
#[derive(Clone, Debug)]
pub struct Endpoints {
    /// The rules.
    pub rules: RuleSet,
    /// The parameters that are set on the client, sorted by name.
    pub client_parameters: Vec<ClientParameter>,
    /// The test cases for the rules.
    pub cases: Vec<EndpointCase>,
}

/// Rules and their parameters.
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// The number of slots for variables.
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
    /// The conditions, all of which must match. Evaluated in order.
    pub conditions: Vec<Condition>,
    /// The outcome if they match.
    pub outcome: Outcome,
}

/// The outcome of a matching rule.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// An endpoint.
    Endpoint(Endpoint),
    /// An error with this message.
    Error(Expr),
    /// Nested rules.
    Tree(Vec<Rule>),
}

/// An endpoint object.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// The URL.
    pub url: Expr,
    /// The headers and their values.
    pub headers: Vec<(String, Vec<Expr>)>,
    /// The properties, such as auth schemes.
    pub properties: Vec<(String, Property)>,
}

/// A property of an endpoint.
#[derive(Clone, Debug)]
pub enum Property {
    /// A string, boolean or number.
    Value(Expr),
    /// A list.
    List(Vec<Property>),
    /// An object.
    Record(Vec<(String, Property)>),
}

/// A binary decision diagram.
#[derive(Clone, Debug)]
pub struct Bdd {
    /// The reference to the first node or result.
    pub root: i32,
    /// The nodes: the index of a condition, and the references to follow if it matches and if it does not.
    /// References are numbered as in the specification and are valid.
    pub nodes: Vec<[i32; 3]>,
    /// The conditions.
    pub conditions: Vec<Condition>,
    /// The results.
    pub results: Vec<Outcome>,
}

/// A condition object.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The expression to evaluate.
    pub test: Expr,
    /// The variable to assign the value to.
    pub assign: Option<Slot>,
}

/// An expression, which evaluates to a value or to none.
#[derive(Clone, Debug)]
pub enum Expr {
    /// A boolean literal.
    Boolean(bool),
    /// An integer literal.
    Integer(i64),
    /// A string literal.
    String(String),
    /// The concatenation of strings.
    Template(Vec<Expr>),
    /// A list.
    List(Vec<Expr>),
    /// The value of a parameter or variable.
    Ref(Slot),
    /// A `getAttr` call or its shorthand in a template.
    GetAttr(Box<Expr>, Vec<Step>),
    /// A call of another function.
    Call(&'static Function, Vec<Expr>),
}

/// A step of a `getAttr` path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Selects the member with this name.
    Key(String),
    /// Selects the item with this index. Negative indices count from the end.
    Index(i64),
}

/// Reads the endpoint rules of a service. Prefers the BDD over the rule tree because it is smaller.
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
        parameters::read_client_parameters(&mut reader, &applied.value, &rules.parameters)
    });
    let cases = traits.get(TESTS).map_or_else(Vec::new, |applied| {
        let mut reader = Reader::new(TESTS, diagnostics);
        test_cases::read(&mut reader, &applied.value, &rules.parameters)
    });
    Some(Endpoints { rules, client_parameters, cases })
}
