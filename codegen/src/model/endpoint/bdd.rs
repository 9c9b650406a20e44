//! Parsing of `endpointBdd`.

use super::expression::{assign, condition};
use super::reader::{Reader, all};
use super::scope::Scope;
use super::types::Type;
use super::{Bdd, RuleSet, Rules, parameters, tree};
use crate::Diagnostics;
use crate::ast::Node;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The reference for "no match". References to results start at the next number.
const NO_MATCH: i32 = 100_000_000;

const CONDITIONS: &str = "an array of conditions";

/// Reads the decision diagram. Returns `None` if any part of it is invalid.
pub(super) fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<RuleSet> {
    let members =
        reader.object(node, "an object with `parameters`, `conditions`, `results`, `nodes` and `root`")?;
    let parameters = parameters::read(reader, members.get("parameters"))?;
    let conditions = reader.items(members.get("conditions"), CONDITIONS)?;
    reader.scope = collect_variables(reader, Scope::flat(&parameters), conditions)?;
    let conditions = all(conditions.iter().map(|item| Some(condition(reader, item)?.0)));
    let results = reader.items(members.get("results"), "an array of rules without conditions")?;
    let results = all(results.iter().map(|item| {
        let members = reader.object(item, "a rule object with `type`")?;
        tree::outcome(reader, item, &members)
    }));
    let nodes_node = reader.required(node, &members, "nodes");
    let root_node = reader.required(node, &members, "root");
    let nodes = nodes_node.and_then(|node| nodes(reader, &node));
    let root = root_node.and_then(|node| root(reader, &node));
    let bdd = Bdd { root: root?, nodes: nodes?, conditions: conditions?, results: results? };
    let actual = bdd.nodes.len();
    if let Some(count) = members.get("nodeCount").filter(|count| !is_count(count, actual)) {
        let message = format!("`nodeCount` is {}, but `nodes` has {actual} nodes", count);
        return reader.report(&count, message, "wrong number of nodes", format!("write {actual} here"));
    }
    check_references(reader, &nodes_node?, &root_node?, &bdd)?;
    Some(RuleSet { parameters, rules: Rules::Bdd(bdd) })
}

fn is_count(node: &Node<'_>, count: usize) -> bool {
    node.integer().and_then(|expected| usize::try_from(expected).ok()) == Some(count)
}

/// Returns a scope with the variables of all conditions. Nodes determine the order of evaluation, so that a
/// condition may use a variable that a later one in the list assigns. Reads the conditions once to infer the
/// types of variables and discards the diagnostics, since conditions are read again with these types.
fn collect_variables(reader: &mut Reader<'_>, scope: Scope, conditions: &[Node<'_>]) -> Option<Scope> {
    reader.scope = scope;
    for node in conditions {
        let name = node.entries().unwrap_or_default().iter().find(|entry| entry.key == "assign");
        if let Some((name, text)) = name.and_then(|entry| Some((entry.value, entry.value.string()?))) {
            assign(reader, &name, text, Type::Any)?;
        }
    }
    let mut discarded = Diagnostics::default();
    let mut trial = reader.reporting_to(&mut discarded);
    let assigned = conditions.iter().filter_map(|node| {
        let (condition, ty) = condition(&mut trial, node)?;
        Some((condition.assign?, ty))
    });
    let types: Vec<_> = assigned.collect();
    let mut scope = reader.scope.clone();
    scope.set_types(&types);
    Some(scope)
}

fn root(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<i32> {
    let root = node.integer().and_then(|root| i32::try_from(root).ok());
    root.or_else(|| reader.unexpected(node, "a 32-bit integer"))
}

/// Decodes the nodes: Base64 of three big-endian integers per node.
fn nodes(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Vec<[i32; 3]>> {
    let Ok(bytes) = STANDARD.decode(reader.text(node)?) else {
        let help = "encode the nodes as Base64";
        return reader.report(node, "`nodes` is not valid Base64", "invalid Base64", help);
    };
    let (numbers, extra_bytes) = bytes.as_chunks::<4>();
    let (nodes, extra_numbers) = numbers.as_chunks::<3>();
    if !extra_bytes.is_empty() || !extra_numbers.is_empty() {
        let help = "encode each node as three 32-bit integers";
        return reader.report(node, "`nodes` has an incomplete node at its end", "incomplete node", help);
    }
    Some(nodes.iter().map(|numbers| numbers.map(i32::from_be_bytes)).collect())
}

/// Checks that all references are within bounds.
fn check_references(reader: &mut Reader<'_>, nodes: &Node<'_>, root: &Node<'_>, bdd: &Bdd) -> Option<()> {
    let is_within = |index: u32, length: usize| usize::try_from(index).is_ok_and(|index| index < length);
    let is_valid = |reference: i32| match reference {
        1 | -1 => true,
        NO_MATCH.. => is_within(reference.abs_diff(NO_MATCH), bdd.results.len() + 1),
        ..=-2 | 2..NO_MATCH => is_within(reference.unsigned_abs() - 1, bdd.nodes.len()),
        0 => false,
    };
    if bdd.root < 1 || !is_valid(bdd.root) {
        let message = format!("invalid root reference {}", bdd.root);
        return reader.report(root, message, "invalid reference", "refer to a node or result");
    }
    for (index, [condition, high, low]) in bdd.nodes.iter().enumerate().skip(1) {
        if !u32::try_from(*condition).is_ok_and(|index| is_within(index, bdd.conditions.len())) {
            let message = format!("node {index} refers to unknown condition {condition}");
            return reader.report(
                nodes,
                message,
                "in these nodes",
                "refer to conditions by zero-based index",
            );
        }
        if let Some(invalid) = [high, low].into_iter().find(|reference| !is_valid(**reference)) {
            let message = format!("node {index} has invalid reference {invalid}");
            return reader.report(nodes, message, "in these nodes", "refer to a node or result");
        }
    }
    Some(())
}
