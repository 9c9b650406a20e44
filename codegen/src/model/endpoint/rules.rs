//! The parsed rules.

use super::functions::Function;
use super::parameter::{ClientParameter, Parameter};
use super::types::Step;

/// The endpoint rules of a service.
#[derive(Clone, Debug)]
pub(crate) struct Endpoints {
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

/// A test case: parameter values and the expected outcome.
#[derive(Clone, Debug)]
pub struct EndpointCase {
    /// The documentation of the test case; may be empty.
    pub documentation: String,
    /// A JSON object of values by parameter.
    pub params: String,
    /// The expected outcome: a JSON object with `endpoint` or `error`.
    pub expect: String,
}

impl EndpointCase {
    /// Returns the case as a JSON object on one line.
    pub fn to_json(&self) -> String {
        let documentation = serde_json::Value::from(self.documentation.as_str());
        let Self { params, expect, .. } = self;
        format!("{{\"documentation\":{documentation},\"params\":{params},\"expect\":{expect}}}")
    }
}
