//! Parsing of endpoint parameters and client context parameters.

use super::parameter::{ClientParameter, Parameter, ParameterKind, ParameterValue};
use super::reader::{Reader, all};
use super::scope::MAX_NAMES;
use crate::ast::{Entry, Node, Value};
use crate::model::names;
use crate::shape_id::is_identifier;

/// Reads the parameters of a rule set.
pub(super) fn read(reader: &mut Reader<'_>, node: Option<Node<'_>>) -> Option<Vec<Parameter>> {
    let entries = reader.entries(node, "an object of parameters")?;
    if let (Some(node), true) = (node, entries.len() > MAX_NAMES) {
        let help = "use at most 65,535 parameters and variables";
        return reader.report(&node, "too many parameters", "limit exceeded here", help);
    }
    all(entries.iter().map(|entry| parameter(reader, entry)))
}

fn parameter(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Option<Parameter> {
    if !is_identifier(entry.key) {
        let message = format!("`{}` is not a valid parameter name", entry.key.escape_debug());
        let help = "a name contains letters, digits and `_`, and does not start with a digit";
        return reader.report(&Node::new(entry.key_span, Value::Null), message, "invalid name", help);
    }
    let members = reader.object(&entry.value, "a parameter object with `type`")?;
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

/// Returns `Some(None)` for a missing member and `None` for an invalid one.
fn optional<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}

fn kind(reader: &mut Reader<'_>, node: &Node<'_>, expected: &str) -> Option<ParameterKind> {
    let name = reader.text(node)?;
    ParameterKind::parse(&name).or_else(|| {
        let message = format!("unknown parameter type `{}`", name.escape_debug());
        reader.report(node, message, "unknown type", format!("write {expected}"))
    })
}

/// Reads a value of this type.
fn value(reader: &mut Reader<'_>, node: &Node<'_>, kind: ParameterKind) -> Option<ParameterValue> {
    match ParameterValue::read(node) {
        Some(value) if value.kind() == kind => Some(value),
        _ => reader.unexpected(node, kind.ty().name()),
    }
}

/// Reads the value of a parameter. Reports unknown parameters and values of the wrong type.
pub(super) fn value_of(
    reader: &mut Reader<'_>,
    entry: &Entry<'_>,
    parameters: &[Parameter],
) -> Option<ParameterValue> {
    let parameter = find(reader, entry.key, &entry.value, parameters)?;
    value(reader, &entry.value, parameter.kind)
}

fn find<'p>(
    reader: &mut Reader<'_>,
    name: &str,
    node: &Node<'_>,
    parameters: &'p [Parameter],
) -> Option<&'p Parameter> {
    parameters.iter().find(|parameter| parameter.name == name).or_else(|| {
        let message = format!("unknown endpoint parameter `{}`", name.escape_debug());
        let known = names::list(parameters.iter().map(|parameter| parameter.name.as_str()));
        reader.report(node, message, "unknown parameter", format!("use one of {known}"))
    })
}

/// Reads the parameters that are set on the client, sorted by name.
pub(super) fn read_client_parameters(
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
    let parameter = find(reader, entry.key, &entry.value, parameters)?;
    if kind != parameter.kind {
        let message = format!("expected {} for parameter `{}`, found {kind}", parameter.kind, parameter.name);
        return reader.report(&node, message, "conflicting type", "use the type in the endpoint rules");
    }
    let documentation = members.get("documentation").map(|node| reader.text(&node));
    let (name, span) = (entry.key.to_string(), entry.key_span);
    Some(ClientParameter { name, kind, documentation: optional(documentation)?, span })
}
