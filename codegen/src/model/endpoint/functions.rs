//! The functions of the
//! [standard library](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html) and of the
//! [library for AWS](https://smithy.io/2.0/aws/rules-engine/library-functions.html).

use super::types::Type;

/// A function that rules call; `getAttr` is [`Expr::GetAttr`](super::Expr::GetAttr).
#[derive(Debug, PartialEq, Eq)]
pub struct Function {
    /// What the specification calls it.
    pub name: &'static str,
    /// What the runtime calls it.
    pub variant: &'static str,
    /// What it takes.
    pub(super) arguments: &'static [Type],
    /// Whether it takes more of the last.
    pub(super) is_variadic: bool,
    /// What it gives; [`Type::Any`] where that depends on its arguments.
    pub(super) returns: Type,
}

const fn function(
    name: &'static str,
    variant: &'static str,
    arguments: &'static [Type],
    returns: Type,
) -> Function {
    Function { name, variant, arguments, is_variadic: false, returns }
}

static FUNCTIONS: [Function; 14] = {
    use Type::{Any, Arn, Boolean, Integer, Partition, String, Strings, Url};
    [
        function("isSet", "IsSet", &[Any], Boolean),
        function("not", "Not", &[Boolean], Boolean),
        function("stringEquals", "StringEquals", &[String, String], Boolean),
        function("booleanEquals", "BooleanEquals", &[Boolean, Boolean], Boolean),
        Function { is_variadic: true, ..function("coalesce", "Coalesce", &[Any, Any], Any) },
        function("ite", "Ite", &[Boolean, Any, Any], Any),
        function("isValidHostLabel", "IsValidHostLabel", &[String, Boolean], Boolean),
        function("parseURL", "ParseUrl", &[String], Url),
        function("split", "Split", &[String, String, Integer], Strings),
        function("substring", "Substring", &[String, Integer, Integer, Boolean], String),
        function("uriEncode", "UriEncode", &[String], String),
        function("aws.partition", "AwsPartition", &[String], Partition),
        function("aws.parseArn", "AwsParseArn", &[String], Arn),
        function(
            "aws.isVirtualHostableS3Bucket",
            "AwsIsVirtualHostableS3Bucket",
            &[String, Boolean],
            Boolean,
        ),
    ]
};

/// The function of that name.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// The names of all functions.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    std::iter::once("getAttr").chain(FUNCTIONS.iter().map(|function| function.name))
}

impl Function {
    /// Whether it takes so many arguments.
    pub(super) fn takes(&self, count: usize) -> bool {
        count == self.arguments.len() || (self.is_variadic && count > self.arguments.len())
    }

    /// What it takes in this place.
    pub(super) fn argument(&self, index: usize) -> Type {
        self.arguments.get(index).or(self.arguments.last()).copied().unwrap_or(Type::Any)
    }

    /// What it gives for arguments of these types.
    pub(super) fn returns(&self, arguments: &[Type]) -> Type {
        let choices = match (self.returns, self.name) {
            (Type::Any, "ite") => arguments.get(1..).unwrap_or_default(),
            (Type::Any, _) => arguments,
            (known, _) => return known,
        };
        choices.iter().copied().reduce(Type::or).unwrap_or(Type::Any)
    }
}
