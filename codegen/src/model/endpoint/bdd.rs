//! `endpointBdd`.

use super::expression::{assign, condition};
use super::names::Names;
use super::reader::{Reader, all};
use super::types::Type;
use super::{Bdd, RuleSet, Rules, parameters, tree};
use crate::Diagnostics;
use crate::ast::Node;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The reference of the result that is in no list: no match. That of the first result is one more.
const NO_MATCH: i32 = 100_000_000;

const CONDITIONS: &str = "an array of conditions";

/// The decisions; nothing if anything is wrong with them.
pub(super) fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<RuleSet> {
    let members =
        reader.object(node, "an object with `parameters`, `conditions`, `results`, `nodes`, `root`")?;
    let parameters = parameters::read(reader, members.get("parameters"))?;
    let conditions = reader.items(members.get("conditions"), CONDITIONS)?;
    reader.names = names(reader, Names::flat(&parameters), &conditions)?;
    let conditions = all(conditions.iter().map(|item| Some(condition(reader, item)?.0)));
    let results = reader.items(members.get("results"), "an array of rules without conditions")?;
    let results = all(results.iter().map(|item| {
        let members = reader.object(item, "a rule: an object with `type`")?;
        tree::outcome(reader, item, &members)
    }));
    let nodes_node = reader.required(node, &members, "nodes");
    let root_node = reader.required(node, &members, "root");
    let nodes = nodes_node.and_then(|node| nodes(reader, &node));
    let root = root_node.and_then(|node| root(reader, &node));
    let bdd = Bdd { root: root?, nodes: nodes?, conditions: conditions?, results: results? };
    if let Some(wrong) = members.get("nodeCount").filter(|count| !is_count(count, bdd.nodes.len())) {
        let message = format!("there are {} nodes, not {}", bdd.nodes.len(), wrong.raw());
        return reader.diagnostic(&wrong, message, "another number", "write the number of nodes");
    }
    check(reader, &nodes_node?, &root_node?, &bdd)?;
    Some(RuleSet { parameters, variables: reader.names.variables(), rules: Rules::Bdd(bdd) })
}

fn is_count(node: &Node<'_>, count: usize) -> bool {
    node.integer().and_then(|expected| usize::try_from(expected).ok()) == Some(count)
}

/// All names: a condition may read what one behind it in the list assigns, since nodes decide about the order. What
/// their types are shows once all are known; mistakes are for the second time that conditions are read.
fn names(reader: &mut Reader<'_>, names: Names, conditions: &[Node<'_>]) -> Option<Names> {
    reader.names = names;
    for node in conditions {
        let name = node.entries().unwrap_or_default().into_iter().find(|entry| entry.key == "assign");
        if let Some((name, text)) = name.and_then(|entry| Some((entry.value, entry.value.string()?))) {
            assign(reader, &name, &text, Type::Any)?;
        }
    }
    let mut unheard = Diagnostics::default();
    let mut trial = reader.with(&mut unheard);
    let assigned = conditions.iter().filter_map(|node| {
        let (condition, ty) = condition(&mut trial, node)?;
        Some((condition.assign?, ty))
    });
    let types: Vec<_> = assigned.collect();
    let mut names = reader.names.clone();
    names.learn(&types);
    Some(names)
}

fn root(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<i32> {
    let root = node.integer().and_then(|root| i32::try_from(root).ok());
    root.or_else(|| reader.unexpected(node, "an integer of 32 bits"))
}

/// Three big-endian numbers a node, in Base64.
fn nodes(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Vec<[i32; 3]>> {
    let Ok(bytes) = STANDARD.decode(reader.text(node)?) else {
        return reader.diagnostic(node, "`nodes` is no Base64", "this text", "write the nodes in Base64");
    };
    let (numbers, rest) = bytes.as_chunks::<4>();
    let (nodes, odd) = numbers.as_chunks::<3>();
    if !rest.is_empty() || !odd.is_empty() {
        let help = "a node is three numbers of 32 bits";
        return reader.diagnostic(node, "`nodes` ends within a node", "this text", help);
    }
    Some(nodes.iter().map(|numbers| numbers.map(i32::from_be_bytes)).collect())
}

/// All references lead somewhere.
fn check(reader: &mut Reader<'_>, nodes: &Node<'_>, root: &Node<'_>, bdd: &Bdd) -> Option<()> {
    let is_within = |index: u32, length: usize| usize::try_from(index).is_ok_and(|index| index < length);
    let leads = |reference: i32| match reference {
        1 | -1 => true,
        NO_MATCH.. => is_within(reference.abs_diff(NO_MATCH), bdd.results.len() + 1),
        ..=-2 | 2..NO_MATCH => is_within(reference.unsigned_abs() - 1, bdd.nodes.len()),
        0 => false,
    };
    if bdd.root < 1 || !leads(bdd.root) {
        let message = format!("the root {} leads nowhere", bdd.root);
        return reader.diagnostic(root, message, "this reference", "name a node or a result");
    }
    for (index, [condition, high, low]) in bdd.nodes.iter().enumerate().skip(1) {
        if !u32::try_from(*condition).is_ok_and(|index| is_within(index, bdd.conditions.len())) {
            let message = format!("there is no condition {condition}, which node {index} decides by");
            return reader.diagnostic(nodes, message, "in these nodes", "number conditions from 0");
        }
        if let Some(wrong) = [high, low].into_iter().find(|reference| !leads(**reference)) {
            let message = format!("the reference {wrong} of node {index} leads nowhere");
            return reader.diagnostic(nodes, message, "in these nodes", "name a node or a result");
        }
    }
    Some(())
}
