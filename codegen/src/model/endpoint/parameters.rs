//! The parameters of rules, and those that a client has for them.

use super::reader::{Reader, all};
use super::types::Type;
use crate::Span;
use crate::ast::{Entry, Node};
use crate::model::words;
use std::fmt;

/// What rules depend on.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name.
    pub name: String,
    /// The type.
    pub kind: ParameterKind,
    /// The setting of the client that it takes its value from.
    pub built_in: Option<String>,
    /// Whether there must be a value.
    pub required: bool,
    /// The value where none is set.
    pub default: Option<ParameterValue>,
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as the specification names it")]
pub enum ParameterKind {
    Boolean,
    String,
    StringArray,
}

/// A value that the model gives a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as its type")]
pub enum ParameterValue {
    Boolean(bool),
    String(String),
    StringArray(Vec<String>),
}

/// A parameter that a user of the client sets: an entry of `smithy.rules#clientContextParams`.
#[derive(Clone, Debug)]
pub struct ClientParameter {
    /// The name in the rules.
    pub name: String,
    /// The type.
    pub kind: ParameterKind,
    /// What it is, as the model says it.
    pub documentation: Option<String>,
    /// Where it stands in the source.
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

    /// Rules of some models write the names with a capital letter.
    fn read(name: &str) -> Option<Self> {
        match name {
            "boolean" | "Boolean" => Some(Self::Boolean),
            "string" | "String" => Some(Self::String),
            "stringArray" | "StringArray" => Some(Self::StringArray),
            _ => None,
        }
    }
}

impl fmt::Display for ParameterKind {
    /// With an article.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.ty().name())
    }
}

impl ParameterValue {
    /// The value, if it is one.
    pub(crate) fn read(node: &Node<'_>) -> Option<Self> {
        if let Some(value) = node.boolean() {
            return Some(Self::Boolean(value));
        }
        if let Some(text) = node.string() {
            return Some(Self::String(text.into_owned()));
        }
        let items = node.items()?;
        let items: Option<Vec<_>> = items.iter().map(|item| item.string().map(String::from)).collect();
        items.map(Self::StringArray)
    }

    /// Its type.
    pub fn kind(&self) -> ParameterKind {
        match self {
            Self::Boolean(_) => ParameterKind::Boolean,
            Self::String(_) => ParameterKind::String,
            Self::StringArray(_) => ParameterKind::StringArray,
        }
    }
}

/// The parameters of rules.
pub(super) fn read(reader: &mut Reader<'_>, node: Option<Node<'_>>) -> Option<Vec<Parameter>> {
    let entries = reader.entries(node, "an object of parameters")?;
    all(entries.iter().map(|entry| parameter(reader, entry)))
}

fn parameter(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Option<Parameter> {
    let members = reader.object(&entry.value, "an object with `type` and what is optional")?;
    let kind = reader.required(&entry.value, &members, "type")?;
    let kind = self::kind(reader, &kind, "\"string\", \"boolean\" or \"stringArray\"")?;
    let built_in = members.get("builtIn").map(|node| reader.text(&node));
    let required = members.get("required").map(|node| reader.boolean(&node));
    let default = members.get("default").map(|node| value(reader, &node, kind));
    Some(Parameter {
        name: entry.key.to_string(),
        kind,
        built_in: optional(built_in)?,
        required: required.unwrap_or(Some(false))?,
        default: optional(default)?,
    })
}

/// What is not there is fine, what is there and wrong is not.
fn optional<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}

fn kind(reader: &mut Reader<'_>, node: &Node<'_>, expected: &str) -> Option<ParameterKind> {
    let name = reader.text(node)?;
    ParameterKind::read(&name).or_else(|| {
        let message = format!("there is no type of parameters `{}`", name.escape_debug());
        reader.diagnostic(node, message, "this type", format!("write {expected}"))
    })
}

/// A value of that type.
fn value(reader: &mut Reader<'_>, node: &Node<'_>, kind: ParameterKind) -> Option<ParameterValue> {
    match ParameterValue::read(node) {
        Some(value) if value.kind() == kind => Some(value),
        _ => reader.unexpected(node, kind.ty().name()),
    }
}

/// The value of a parameter that the rules must have; noted if they have none of that name, or of another type.
pub(super) fn value_of(
    reader: &mut Reader<'_>,
    entry: &Entry<'_>,
    parameters: &[Parameter],
) -> Option<ParameterValue> {
    let parameter = find(reader, &entry.key, &entry.value, parameters)?;
    value(reader, &entry.value, parameter.kind)
}

fn find<'p>(
    reader: &mut Reader<'_>,
    name: &str,
    node: &Node<'_>,
    parameters: &'p [Parameter],
) -> Option<&'p Parameter> {
    parameters.iter().find(|parameter| parameter.name == name).or_else(|| {
        let message = format!("the rules have no parameter `{}`", name.escape_debug());
        let known = words::list(parameters.iter().map(|parameter| parameter.name.as_str()));
        reader.diagnostic(node, message, "of no parameter", format!("they have {known}"))
    })
}

/// The parameters that a client has.
pub(super) fn of_client(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    parameters: &[Parameter],
) -> Vec<ClientParameter> {
    let entries = reader.entries(Some(*node), "an object of parameters").unwrap_or_default();
    let mut found: Vec<_> =
        entries.iter().filter_map(|entry| client_parameter(reader, entry, parameters)).collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

fn client_parameter(
    reader: &mut Reader<'_>,
    entry: &Entry<'_>,
    parameters: &[Parameter],
) -> Option<ClientParameter> {
    let members = reader.object(&entry.value, "an object with `type` and `documentation`")?;
    let node = reader.required(&entry.value, &members, "type")?;
    let kind = kind(reader, &node, "\"string\" or \"boolean\"")?;
    let parameter = find(reader, &entry.key, &entry.value, parameters)?;
    if kind != parameter.kind {
        let message = format!("`{}` is {} in the rules", parameter.name, parameter.kind);
        return reader.diagnostic(&node, message, "another type", "give both the same type");
    }
    let documentation = members.get("documentation").map(|node| reader.text(&node));
    let (name, span) = (entry.key.to_string(), entry.key_span);
    Some(ClientParameter { name, kind, documentation: optional(documentation)?, span })
}
