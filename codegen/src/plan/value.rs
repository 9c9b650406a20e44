//! Values in generated code: static data of schemas, rules and tests, and default values.

use std::borrow::Cow;

/// A value, as an expression of generated code.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// An integer without a type suffix.
    Int(i64),
    /// A floating-point number without a type suffix.
    Float(f64),
    /// An integer with the suffix `i64`.
    I64(i64),
    /// A floating-point number with the suffix `f64`.
    F64(f64),
    /// A string.
    Str(String),
    /// A string of a test case, as a raw literal if that avoids escapes.
    Text(String),
    /// A byte string.
    Bytes(Vec<u8>),
    /// A constant, static or unit variant.
    Path(Path),
    /// A call of a function or tuple variant.
    Call(Path, Vec<Value>),
    /// A call of a method, such as `"id".into()`.
    Method(Box<Value>, &'static str, Vec<Value>),
    /// A structure with named fields.
    Struct(&'static str, Vec<(&'static str, Value)>),
    /// A tuple.
    Tuple(Vec<Value>),
    /// An array.
    Array(Vec<Value>),
    /// A reference.
    Ref(Box<Value>),
    /// A closure that ignores its argument.
    Closure(Box<Value>),
}

/// A path to a constant, static, function or variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Path {
    /// A path that is valid in the file as it is, such as `Trait::Sensitive`.
    Plain(Cow<'static, str>),
    /// An item of a type that generated files use unqualified, unless a generated type has the same name.
    Of(&'static str, &'static str),
}

impl Value {
    /// Returns a path that is valid as it is.
    pub(super) fn path(path: impl Into<Cow<'static, str>>) -> Self {
        Self::Path(Path::Plain(path.into()))
    }

    /// Returns a call of an associated function of a type, such as `Vec::new()`.
    pub(super) fn of<const N: usize>(ty: &'static str, function: &'static str, arguments: [Self; N]) -> Self {
        Self::Call(Path::Of(ty, function), arguments.into())
    }

    /// Returns a call of a function or tuple variant.
    pub(super) fn call<const N: usize>(path: &'static str, arguments: [Self; N]) -> Self {
        Self::Call(Path::Plain(path.into()), arguments.into())
    }

    /// Returns a string.
    pub(super) fn str(text: impl Into<String>) -> Self {
        Self::Str(text.into())
    }

    /// Returns an index or a length.
    pub(super) fn index(number: usize) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// Returns a reference to an array.
    pub(super) fn slice(items: impl IntoIterator<Item = Self>) -> Self {
        Self::Array(items.into_iter().collect()).reference()
    }

    /// Returns a reference to an array of strings.
    pub(super) fn strings(items: &[String]) -> Self {
        Self::slice(items.iter().map(Self::str))
    }

    /// Returns `Some` of a value, or `None`.
    pub(super) fn option(value: Option<Self>) -> Self {
        value.map_or(Self::path("None"), |value| Self::call("Some", [value]))
    }

    /// Returns a reference to this value.
    pub(super) fn reference(self) -> Self {
        Self::Ref(Box::new(self))
    }

    /// Returns a call of a method of this value.
    pub(super) fn method<const N: usize>(self, name: &'static str, arguments: [Self; N]) -> Self {
        Self::Method(Box::new(self), name, arguments.into())
    }
}
