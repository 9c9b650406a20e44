//! Parsed [endpoint rules](https://smithy.io/2.0/additional-specs/rules-engine/specification.html), either a
//! rule tree or a binary decision diagram (BDD).
//!
//! The rules are validated: parameters and variables are in scope where they are used, and expressions have
//! the right number and, if known, types of function arguments.

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

pub use functions::{Function, functions};
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
    /// The part that applies if they match.
    pub body: RuleBody,
}

/// The part of a rule that applies if its conditions match.
#[derive(Clone, Debug)]
pub enum RuleBody {
    /// An outcome.
    Outcome(Outcome),
    /// Nested rules.
    Tree(Vec<Rule>),
}

/// The outcome of rules.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// An endpoint.
    Endpoint(Endpoint),
    /// An error with this message.
    Error(Expr),
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
    pub assign: Option<String>,
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
    Ref(String),
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
    let tree = read_tree(traits, diagnostics);
    let bdd = read_bdd(traits, diagnostics);
    let rules = bdd.or(tree)??;
    let client_parameters = traits.get(CLIENT).map_or_else(Vec::new, |applied| {
        let mut reader = Reader::new(CLIENT, diagnostics);
        parameters::read_client_parameters(&mut reader, &applied.value, &rules.parameters)
    });
    let cases = read_cases(traits, &rules.parameters, diagnostics);
    Some(Endpoints { rules, client_parameters, cases })
}

/// Reads the rule tree, if the service has one. The inner option is `None` if the tree has errors.
pub(super) fn read_tree(traits: &TraitMap<'_>, diagnostics: &mut Diagnostics) -> Option<Option<RuleSet>> {
    let applied = traits.get(RULE_SET)?;
    Some(tree::read(&mut Reader::new(RULE_SET, diagnostics), &applied.value))
}

/// Reads the BDD, if the service has one. The inner option is `None` if the BDD has errors.
pub(super) fn read_bdd(traits: &TraitMap<'_>, diagnostics: &mut Diagnostics) -> Option<Option<RuleSet>> {
    let applied = traits.get(BDD)?;
    Some(bdd::read(&mut Reader::new(BDD, diagnostics), &applied.value))
}

/// Reads the test cases of rules with these parameters.
pub(super) fn read_cases(
    traits: &TraitMap<'_>,
    parameters: &[Parameter],
    diagnostics: &mut Diagnostics,
) -> Vec<EndpointCase> {
    traits.get(TESTS).map_or_else(Vec::new, |applied| {
        test_cases::read(&mut Reader::new(TESTS, diagnostics), &applied.value, parameters)
    })
}
