//! A rule set as static data.

use super::bdd::Bdd;

/// The place of a parameter or variable: parameters come first, in their order in the rule set, then variables.
///
/// Who builds a rule set sees to it that a variable is referred to only where it is in scope. Two variables
/// may share a place where neither is visible in the other's scope.
pub type Slot = u16;

/// The rules by which a service's endpoint is found, as
/// [`endpointRuleSet`](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointruleset-trait)
/// or `endpointBdd` give them.
#[derive(Debug)]
pub struct RuleSet {
    /// What the rules depend on.
    pub parameters: &'static [Parameter],
    /// How many places the variables need that conditions assign.
    pub variables: Slot,
    /// The rules.
    pub rules: Rules,
}

/// The form of the rules.
#[derive(Debug)]
pub enum Rules {
    /// Rules in a tree: the first whose conditions match is taken.
    Tree(&'static [Rule]),
    /// A binary decision diagram.
    Bdd(Bdd),
}

/// What rules depend on: a
/// [parameter object](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#parameter-object).
#[derive(Debug)]
pub struct Parameter {
    /// The name in the model.
    pub name: &'static str,
    /// The type.
    pub kind: ParameterKind,
    /// The name of the setting of the client that it takes its value from.
    pub built_in: Option<&'static str>,
    /// Whether there must be a value.
    pub required: bool,
    /// The value where none is set.
    pub default: Option<StaticValue>,
}

impl Parameter {
    /// A parameter that need not have a value.
    pub const fn new(name: &'static str, kind: ParameterKind) -> Self {
        Self { name, kind, built_in: None, required: false, default: None }
    }

    /// One that takes its value from this setting of the client.
    pub const fn built_in(self, setting: &'static str) -> Self {
        Self { built_in: Some(setting), ..self }
    }

    /// One that must have a value.
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// One that has this value where none is set.
    pub const fn or(self, default: StaticValue) -> Self {
        Self { default: Some(default), ..self }
    }
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// `true` or `false`.
    Boolean,
    /// A text.
    String,
    /// A list of texts.
    StringArray,
}

/// A value that the model gives a parameter: its default, or that of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaticValue {
    /// `true` or `false`.
    Boolean(bool),
    /// A text.
    String(&'static str),
    /// A list of texts.
    StringArray(&'static [&'static str]),
}

/// Conditions, and what comes of them: a
/// [rule object](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#endpoint-rule-object).
#[derive(Debug)]
pub struct Rule {
    /// All must match, in this order.
    pub conditions: &'static [Condition],
    /// What comes of it then.
    pub outcome: Outcome,
}

/// What a rule leads to.
#[derive(Debug)]
pub enum Outcome {
    /// An endpoint.
    Endpoint(Endpoint),
    /// There is no endpoint, for this reason.
    Error(Expr),
    /// Further rules. They are final: those after the tree are not tried any more.
    Tree(&'static [Rule]),
}

/// A [condition](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#condition-object):
/// matches unless its value is missing or `false`.
#[derive(Debug)]
pub struct Condition {
    /// What is evaluated.
    pub test: Expr,
    /// Where the value is kept.
    pub assign: Option<Slot>,
}

/// What is evaluated to a value, or to none.
#[derive(Debug)]
pub enum Expr {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A text without templates.
    Str(&'static str),
    /// A [template string](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#template-string):
    /// the texts that these give, together.
    Template(&'static [Expr]),
    /// A list.
    List(&'static [Expr]),
    /// The value of a parameter or variable.
    Ref(Slot),
    /// The member of that name of what a parameter or variable holds: the commonest form of `getAttr`.
    Attr(Slot, &'static str),
    /// The function `getAttr`, and its short form in templates.
    GetAttr(&'static Expr, &'static [Step]),
    /// Another function.
    Call(Function, &'static [Expr]),
}

/// A step of a
/// [path](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#parsing-path-strings).
#[derive(Debug)]
pub enum Step {
    /// To the member of this name.
    Key(&'static str),
    /// To the item with this index; negative ones count from the end.
    Index(i64),
}

/// A function of the
/// [standard library](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html) or of the
/// [library for AWS](https://smithy.io/2.0/aws/rules-engine/library-functions.html). Of `getAttr` see
/// [`Expr::GetAttr`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Function {
    /// `isSet(value)`
    IsSet,
    /// `not(bool)`
    Not,
    /// `stringEquals(string, string)`
    StringEquals,
    /// `booleanEquals(bool, bool)`
    BooleanEquals,
    /// `coalesce(value, value, …)`
    Coalesce,
    /// `ite(bool, value, value)`
    Ite,
    /// `isValidHostLabel(string, allowSubDomains)`
    IsValidHostLabel,
    /// `parseURL(string)`
    ParseUrl,
    /// `split(string, delimiter, limit)`
    Split,
    /// `substring(string, start, end, reverse)`
    Substring,
    /// `uriEncode(string)`
    UriEncode,
    /// `aws.partition(region)`
    AwsPartition,
    /// `aws.parseArn(string)`
    AwsParseArn,
    /// `aws.isVirtualHostableS3Bucket(string, allowSubDomains)`
    AwsIsVirtualHostableS3Bucket,
}

/// An [endpoint object](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#endpoint-object).
#[derive(Debug)]
pub struct Endpoint {
    /// The URL, with a path perhaps.
    pub url: Expr,
    /// Headers of requests to it, each with its values.
    pub headers: &'static [(&'static str, &'static [Expr])],
    /// What else is known of it, such as `authSchemes`.
    pub properties: &'static [(&'static str, Property)],
}

/// A property of an endpoint.
#[derive(Debug)]
pub enum Property {
    /// A text, a truth value or a number.
    Value(Expr),
    /// A list.
    List(&'static [Property]),
    /// A value by name.
    Record(&'static [(&'static str, Property)]),
}
