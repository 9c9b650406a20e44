//! Functions of the
//! [standard library](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html) and the
//! [AWS library](https://smithy.io/2.0/aws/rules-engine/library-functions.html).

use super::types::Type;

/// A function of endpoint rules, except `getAttr`, which is `Expr::GetAttr`.
#[derive(Debug, PartialEq, Eq)]
pub struct Function {
    /// The name in the specification.
    pub name: &'static str,
    /// The types of the arguments.
    pub(super) arguments: &'static [Type],
    /// True if the last argument may be repeated.
    pub(super) is_variadic: bool,
    /// The type of the result; [`Type::Any`] if it depends on the arguments.
    pub(super) result: Type,
}

const fn function(name: &'static str, arguments: &'static [Type], result: Type) -> Function {
    Function { name, arguments, is_variadic: false, result }
}

static FUNCTIONS: [Function; 14] = {
    use Type::{Any, Arn, Boolean, Integer, Partition, String, Strings, Url};
    [
        function("isSet", &[Any], Boolean),
        function("not", &[Boolean], Boolean),
        function("stringEquals", &[String, String], Boolean),
        function("booleanEquals", &[Boolean, Boolean], Boolean),
        Function { is_variadic: true, ..function("coalesce", &[Any, Any], Any) },
        function("ite", &[Boolean, Any, Any], Any),
        function("isValidHostLabel", &[String, Boolean], Boolean),
        function("parseURL", &[String], Url),
        function("split", &[String, String, Integer], Strings),
        function("substring", &[String, Integer, Integer, Boolean], String),
        function("uriEncode", &[String], String),
        function("aws.partition", &[String], Partition),
        function("aws.parseArn", &[String], Arn),
        function("aws.isVirtualHostableS3Bucket", &[String, Boolean], Boolean),
    ]
};

/// Returns all functions except `getAttr`.
pub(crate) fn functions() -> impl Iterator<Item = &'static Function> {
    FUNCTIONS.iter()
}

/// Returns the function with this name.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// Returns the names of all functions.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    std::iter::once("getAttr").chain(functions().map(|function| function.name))
}

impl Function {
    /// Returns true if the function can be called with this number of arguments.
    pub(super) fn accepts_count(&self, count: usize) -> bool {
        count == self.arguments.len() || (self.is_variadic && count > self.arguments.len())
    }

    /// Returns the type of the argument at an index.
    pub(super) fn argument_type(&self, index: usize) -> Type {
        self.arguments.get(index).or(self.arguments.last()).copied().unwrap_or(Type::Any)
    }

    /// Returns the type of the result for arguments of these types.
    pub(super) fn result_type(&self, arguments: &[Type]) -> Type {
        let candidates = match (self.result, self.name) {
            (Type::Any, "ite") => arguments.get(1..).unwrap_or_default(),
            (Type::Any, _) => arguments,
            (known, _) => return known,
        };
        candidates.iter().copied().reduce(Type::join).unwrap_or(Type::Any)
    }
}
