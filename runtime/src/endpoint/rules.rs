//! Rule sets as static data.

/// The index of a parameter or variable: parameters first, in the order of the rule set, then variables.
///
/// A rule set must refer to a variable only in its scope. Variables whose scopes do not overlap may share an
/// index.
pub type SlotIndex = u16;

/// The endpoint rules of a service: its
/// [`endpointRuleSet`](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointruleset-trait)
/// or `endpointBdd` trait.
#[derive(Debug)]
pub struct RuleSet {
    /// The parameters.
    pub parameters: &'static [Parameter],
    /// The number of slots for variables that conditions assign.
    pub variables: SlotIndex,
    /// The rules.
    pub rules: Rules,
}

/// The rules of a rule set, in one of two forms.
#[derive(Debug)]
pub enum Rules {
    /// A rule tree. The first rule whose conditions match is selected.
    Tree(&'static [Rule]),
    /// A binary decision diagram.
    Bdd(Bdd),
}

/// A node: the index of its condition, the reference to follow if the condition matches (high), and the
/// reference to follow otherwise (low). The first node is the terminal. It has condition -1 and is never
/// evaluated.
pub type BddNode = [i32; 3];

/// Rules as a binary decision diagram:
/// [`endpointBdd`](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointbdd-trait).
///
/// The value of a reference *n* has this meaning:
/// - 1 and -1: no match.
/// - 2 or more: `nodes[n - 1]`.
/// - -2 or less: `nodes[-n - 1]` with its branches exchanged.
/// - [`Bdd::NO_MATCH`]: no match.
/// - more than [`Bdd::NO_MATCH`]: `results[n - NO_MATCH - 1]`.
#[derive(Debug)]
pub struct Bdd {
    /// The reference to the root node.
    pub root: i32,
    /// The nodes.
    pub nodes: &'static [BddNode],
    /// The conditions of the nodes.
    pub conditions: &'static [Condition],
    /// The results.
    pub results: &'static [Outcome],
}

impl Bdd {
    /// The reference to the result "no match". References to `results` start at `NO_MATCH + 1`.
    pub const NO_MATCH: i32 = 100_000_000;
}

/// A [parameter object](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#parameter-object).
#[derive(Debug)]
pub struct Parameter {
    /// The name of the parameter in the model.
    pub name: &'static str,
    /// The type of the parameter.
    pub kind: ParameterKind,
    /// The built-in that provides the value, such as `AWS::Region`.
    pub built_in: Option<&'static str>,
    /// True if the parameter must have a value.
    pub required: bool,
    /// The default value.
    pub default: Option<StaticValue>,
}

impl Parameter {
    /// Creates an optional parameter without a built-in or default.
    pub const fn new(name: &'static str, kind: ParameterKind) -> Self {
        Self { name, kind, built_in: None, required: false, default: None }
    }

    /// Sets the built-in that provides the value.
    pub const fn built_in(self, name: &'static str) -> Self {
        Self { built_in: Some(name), ..self }
    }

    /// Makes the parameter required.
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Sets the default value.
    pub const fn or(self, default: StaticValue) -> Self {
        Self { default: Some(default), ..self }
    }
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// `true` or `false`.
    Boolean,
    /// A string.
    String,
    /// A list of strings.
    StringArray,
}

/// A parameter value in the model: a default, or the value of a `staticContextParams` trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaticValue {
    /// `true` or `false`.
    Boolean(bool),
    /// A string.
    String(&'static str),
    /// A list of strings.
    StringArray(&'static [&'static str]),
}

/// A [rule object](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#endpoint-rule-object).
#[derive(Debug)]
pub struct Rule {
    /// The conditions, evaluated in this order. All must match.
    pub conditions: &'static [Condition],
    /// The outcome if all conditions match.
    pub outcome: Outcome,
}

/// The outcome of a rule.
#[derive(Debug)]
pub enum Outcome {
    /// An endpoint.
    Endpoint(Endpoint),
    /// An error with this message.
    Error(Expr),
    /// Nested rules. If none of them matches, the rules after the tree are not tried.
    Tree(&'static [Rule]),
}

/// A [condition](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#condition-object).
/// It matches unless its value is absent or `false`.
#[derive(Debug)]
pub struct Condition {
    /// The expression to evaluate.
    pub test: Expr,
    /// The variable to assign the value to.
    pub assign: Option<SlotIndex>,
}

/// An expression. It evaluates to an optional value.
#[derive(Debug)]
pub enum Expr {
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A string without templates.
    Str(&'static str),
    /// A [template string](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#template-string):
    /// the concatenation of these expressions.
    Template(&'static [Expr]),
    /// A list.
    List(&'static [Expr]),
    /// The value of a parameter or variable.
    Ref(SlotIndex),
    /// A member of a parameter or variable: the most common form of `getAttr`.
    Attr(SlotIndex, &'static str),
    /// The function `getAttr`, or its shorthand in templates.
    GetAttr(&'static Expr, &'static [Step]),
    /// A call of another function.
    Call(Function, &'static [Expr]),
}

/// A step of a
/// [path](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#parsing-path-strings).
#[derive(Debug)]
pub enum Step {
    /// The member with this name.
    Key(&'static str),
    /// The item at this index. Negative indexes count from the end.
    Index(i64),
}

/// A function of the
/// [standard library](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html) or of the
/// [AWS library](https://smithy.io/2.0/aws/rules-engine/library-functions.html). `getAttr` is
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
    /// The URL, which may have a path.
    pub url: Expr,
    /// The headers to add to requests, with their values.
    pub headers: &'static [(&'static str, &'static [Expr])],
    /// The properties, such as `authSchemes`.
    pub properties: &'static [(&'static str, Property)],
}

/// A property of an endpoint.
#[derive(Debug)]
pub enum Property {
    /// A string, boolean or integer.
    Value(Expr),
    /// A list of properties.
    List(&'static [Property]),
    /// A record of named properties.
    Record(&'static [(&'static str, Property)]),
}
