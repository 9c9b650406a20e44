//! Endpoint parameters and their values.

use super::types::Type;
use crate::Span;
use crate::ast::Node;
use std::fmt;

/// An endpoint parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name.
    pub name: String,
    /// The type.
    pub kind: ParameterKind,
    /// The client setting to take the value from, such as `AWS::Region`.
    pub built_in: Option<String>,
    /// True if the parameter must have a value.
    pub required: bool,
    /// The default value.
    pub default: Option<ParameterValue>,
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is named as in the specification")]
pub enum ParameterKind {
    Boolean,
    String,
    StringArray,
}

/// A parameter value in a model.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is named after its type")]
pub enum ParameterValue {
    Boolean(bool),
    String(String),
    StringArray(Vec<String>),
}

/// A parameter that is set on the client: an entry of `smithy.rules#clientContextParams`.
#[derive(Clone, Debug)]
pub(crate) struct ClientParameter {
    /// The name of the endpoint parameter.
    pub name: String,
    /// The type.
    pub kind: ParameterKind,
    /// The documentation.
    pub documentation: Option<String>,
    /// The location in the source.
    pub span: Span,
}

impl ParameterKind {
    pub(super) fn ty(self) -> Type {
        match self {
            Self::Boolean => Type::Boolean,
            Self::String => Type::String,
            Self::StringArray => Type::Strings,
        }
    }

    /// Parses the name of a type. Some models capitalize it.
    pub(super) fn parse(name: &str) -> Option<Self> {
        match name {
            "boolean" | "Boolean" => Some(Self::Boolean),
            "string" | "String" => Some(Self::String),
            "stringArray" | "StringArray" => Some(Self::StringArray),
            _ => None,
        }
    }
}

impl fmt::Display for ParameterKind {
    /// Formats the type with an article.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.ty().name())
    }
}

impl ParameterValue {
    /// Reads a value. Returns `None` if it has another type.
    pub(crate) fn read(node: &Node<'_>) -> Option<Self> {
        if let Some(value) = node.boolean() {
            return Some(Self::Boolean(value));
        }
        if let Some(text) = node.string() {
            return Some(Self::String(text.to_owned()));
        }
        let items = node.items()?;
        let items: Option<Vec<_>> = items.iter().map(|item| item.string().map(String::from)).collect();
        items.map(Self::StringArray)
    }

    /// Returns the type of the value.
    pub fn kind(&self) -> ParameterKind {
        match self {
            Self::Boolean(_) => ParameterKind::Boolean,
            Self::String(_) => ParameterKind::String,
            Self::StringArray(_) => ParameterKind::StringArray,
        }
    }
}
