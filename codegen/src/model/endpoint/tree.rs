//! `endpointRuleSet`, and what both forms of rules have in common.

use super::expression::{condition, expression, typed};
use super::names::Names;
use super::reader::{Members, Reader, all};
use super::types::Type;
use super::{Endpoint, Outcome, Property, Rule, RuleSet, Rules, parameters};
use crate::ast::Node;

/// How deep trees of rules and properties may nest; those of models nest less than 20 deep.
const MAX_DEPTH: usize = 32;

const RULES: &str = "an array of rules";

/// The rules; nothing if anything is wrong with them.
pub(super) fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<RuleSet> {
    let members = reader.object(node, "an object with `parameters`, `rules`")?;
    let parameters = parameters::read(reader, members.get("parameters"))?;
    reader.names = Names::new(&parameters);
    let rules = rules(reader, node, &members, 0)?;
    Some(RuleSet { parameters, variables: reader.names.variables(), rules: Rules::Tree(rules) })
}

fn rules(reader: &mut Reader<'_>, node: &Node<'_>, members: &Members<'_>, depth: usize) -> Option<Vec<Rule>> {
    if depth >= MAX_DEPTH {
        let help = format!("trees of rules may nest {MAX_DEPTH} deep");
        return reader.diagnostic(node, "these rules nest too deep", "too deep", help);
    }
    let list = reader.required(node, members, "rules")?;
    let items = reader.items(Some(list), RULES)?;
    all(items.iter().map(|item| rule(reader, item, depth)))
}

fn rule(reader: &mut Reader<'_>, node: &Node<'_>, depth: usize) -> Option<Rule> {
    let members = reader.object(node, "a rule: an object with `conditions`, `type`")?;
    let conditions = reader.items(members.get("conditions"), "an array of conditions")?;
    let mark = reader.names.mark();
    let conditions =
        all(conditions.iter().map(|item| condition(reader, item).map(|(condition, _)| condition)));
    // Names that a wrong condition does not bring into scope are not to be reported one by one.
    let rule = conditions.and_then(|conditions| {
        let is_tree = members.get("type").is_some_and(|ty| ty.string().as_deref() == Some("tree"));
        let outcome = match is_tree {
            true => Outcome::Tree(rules(reader, node, &members, depth + 1)?),
            false => outcome(reader, node, &members)?,
        };
        Some(Rule { conditions, outcome })
    });
    reader.names.leave(mark);
    rule
}

/// What a rule leads to that is no tree.
pub(super) fn outcome(reader: &mut Reader<'_>, node: &Node<'_>, members: &Members<'_>) -> Option<Outcome> {
    let type_node = reader.required(node, members, "type")?;
    match reader.text(&type_node)?.as_str() {
        "endpoint" => {
            let node = reader.required(node, members, "endpoint")?;
            endpoint(reader, &node).map(Outcome::Endpoint)
        }
        "error" => {
            let node = reader.required(node, members, "error")?;
            typed(reader, &node, Type::String).map(Outcome::Error)
        }
        other => {
            let message = format!("there are no rules of type `{}` here", other.escape_debug());
            reader.diagnostic(&type_node, message, "this type", "write \"endpoint\" or \"error\"")
        }
    }
}

fn endpoint(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Endpoint> {
    let members = reader.object(node, "an endpoint: an object with `url`, `headers`, `properties`")?;
    let url = reader.required(node, &members, "url")?;
    let url = typed(reader, &url, Type::String);
    let headers = reader.entries(members.get("headers"), "an object of headers and their values")?;
    let headers = all(headers.iter().map(|entry| {
        let values = reader.items(Some(entry.value), "an array of values")?;
        let values = all(values.iter().map(|value| typed(reader, value, Type::String)))?;
        Some((entry.key.to_string(), values))
    }));
    let properties = record(reader, members.get("properties"), 0);
    Some(Endpoint { url: url?, headers: headers?, properties: properties? })
}

fn record(reader: &mut Reader<'_>, node: Option<Node<'_>>, depth: usize) -> Option<Vec<(String, Property)>> {
    let entries = reader.entries(node, "an object of properties")?;
    all(entries.iter().map(|entry| Some((entry.key.to_string(), property(reader, &entry.value, depth)?))))
}

fn property(reader: &mut Reader<'_>, node: &Node<'_>, depth: usize) -> Option<Property> {
    if depth >= MAX_DEPTH {
        let help = format!("properties may nest {MAX_DEPTH} deep");
        return reader.diagnostic(node, "this property nests too deep", "too deep", help);
    }
    match node.kind() {
        "an array" => {
            let items = reader.items(Some(*node), "an array")?;
            all(items.iter().map(|item| property(reader, item, depth + 1))).map(Property::List)
        }
        "an object" => record(reader, Some(*node), depth + 1).map(Property::Record),
        "null" => reader.unexpected(node, "a property"),
        _ => expression(reader, node, 0).map(|(value, _)| Property::Value(value)),
    }
}
