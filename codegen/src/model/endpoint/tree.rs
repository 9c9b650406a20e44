//! Parsing of `endpointRuleSet`, and of rule outcomes, which `endpointBdd` shares.

use super::expression::{condition, expression, typed_expression};
use super::reader::{Object, Reader, all};
use super::scope::Scope;
use super::types::Type;
use super::{Endpoint, Outcome, Property, Rule, RuleBody, RuleSet, Rules, parameters};
use crate::ast::Node;

/// The maximum nesting depth of rules and properties. Published models have a depth below 20.
const MAX_DEPTH: usize = 32;

const RULES: &str = "an array of rules";

/// Reads the rules. Returns `None` if any part of them is invalid.
pub(super) fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<RuleSet> {
    let members = reader.object(node, "an object with `parameters` and `rules`")?;
    let parameters = parameters::read(reader, members.get("parameters"))?;
    reader.scope = Scope::new(&parameters);
    let rules = rules(reader, node, &members, 0)?;
    Some(RuleSet { parameters, rules: Rules::Tree(rules) })
}

fn rules(reader: &mut Reader<'_>, node: &Node<'_>, members: &Object<'_>, depth: usize) -> Option<Vec<Rule>> {
    if depth >= MAX_DEPTH {
        let help = format!("nest rules at most {MAX_DEPTH} levels deep");
        return reader.report(node, "rules are nested too deeply", "nested too deeply", help);
    }
    let list = reader.required(node, members, "rules")?;
    let items = reader.items(Some(list), RULES)?;
    all(items.iter().map(|item| rule(reader, item, depth)))
}

fn rule(reader: &mut Reader<'_>, node: &Node<'_>, depth: usize) -> Option<Rule> {
    let members = reader.object(node, "a rule object with `conditions` and `type`")?;
    let conditions = reader.items(members.get("conditions"), "an array of conditions")?;
    let outer = reader.scope.len();
    let conditions =
        all(conditions.iter().map(|item| condition(reader, item).map(|(condition, _)| condition)));
    // The outcome of a rule with invalid conditions is not read: variables missing from the scope would be
    // reported.
    let rule = conditions.and_then(|conditions| {
        let is_tree = members.get("type").is_some_and(|ty| ty.string() == Some("tree"));
        let body = match is_tree {
            true => RuleBody::Tree(rules(reader, node, &members, depth + 1)?),
            false => RuleBody::Outcome(outcome(reader, node, &members)?),
        };
        Some(Rule { conditions, body })
    });
    reader.scope.truncate(outer);
    rule
}

/// Reads the endpoint or error of a rule.
pub(super) fn outcome(reader: &mut Reader<'_>, node: &Node<'_>, members: &Object<'_>) -> Option<Outcome> {
    let type_node = reader.required(node, members, "type")?;
    match reader.text(&type_node)?.as_str() {
        "endpoint" => {
            let node = reader.required(node, members, "endpoint")?;
            endpoint(reader, &node).map(Outcome::Endpoint)
        }
        "error" => {
            let node = reader.required(node, members, "error")?;
            typed_expression(reader, &node, Type::String).map(Outcome::Error)
        }
        other => {
            let message = format!("unexpected rule type `{}`", other.escape_debug());
            reader.report(&type_node, message, "unexpected type", "write \"endpoint\" or \"error\"")
        }
    }
}

fn endpoint(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Endpoint> {
    let members = reader.object(node, "an endpoint object with `url`, `headers` and `properties`")?;
    let url = reader.required(node, &members, "url")?;
    let url = typed_expression(reader, &url, Type::String);
    let headers = reader.entries(members.get("headers"), "an object of header values")?;
    let headers = all(headers.iter().map(|entry| {
        let values = reader.items(Some(entry.value), "an array of values")?;
        let values = all(values.iter().map(|value| typed_expression(reader, value, Type::String)))?;
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
        let help = format!("nest properties at most {MAX_DEPTH} levels deep");
        return reader.report(node, "property is nested too deeply", "nested too deeply", help);
    }
    match node.kind() {
        "an array" => {
            let items = reader.items(Some(*node), "an array")?;
            all(items.iter().map(|item| property(reader, item, depth + 1))).map(Property::List)
        }
        "an object" => record(reader, Some(*node), depth + 1).map(Property::Record),
        "null" => reader.unexpected(node, "a property value"),
        _ => expression(reader, node, 0).map(|(value, _)| Property::Value(value)),
    }
}
