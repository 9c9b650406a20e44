//! Parsing of the `endpointBdd` trait.

use super::expression::condition;
use super::names::Names;
use super::tree::outcome;
use super::{leak, list, parameters, text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use farrier_runtime::endpoint::{Bdd, BddNode, RuleSet, Rules};
use serde_json::Value;

pub(super) fn load(value: &Value) -> Result<&'static RuleSet, String> {
    let parameters = parameters::load(value)?;
    let mut names = Names::flat(parameters);
    let conditions = list(value, "conditions")?;
    for name in conditions.iter().filter_map(|condition| condition["assign"].as_str()) {
        names.assign(name)?;
    }
    let conditions: Result<Vec<_>, _> = conditions.iter().map(|value| condition(value, &mut names)).collect();
    let results: Result<Vec<_>, _> =
        list(value, "results")?.iter().map(|value| outcome(value, &names)).collect();
    let (conditions, results) = (leak(conditions?), leak(results?));
    let root = value["root"]
        .as_i64()
        .and_then(|root| i32::try_from(root).ok())
        .ok_or("`root` is missing or not a 32-bit integer")?;
    let nodes = nodes(text(value, "nodes")?)?;
    if value["nodeCount"] != nodes.len() {
        return Err(format!("`nodes` has {} nodes but `nodeCount` is {}", nodes.len(), value["nodeCount"]));
    }
    let bdd = Bdd { root, nodes, conditions, results };
    check(&bdd)?;
    let rules = Rules::Bdd(bdd);
    Ok(Box::leak(Box::new(RuleSet { parameters, variables: names.variables()?, rules })))
}

/// Decodes the nodes: three big-endian integers each, in Base64.
fn nodes(text: &str) -> Result<&'static [BddNode], String> {
    let bytes = STANDARD.decode(text).map_err(|error| format!("`nodes` is not Base64: {error}"))?;
    let (numbers, rest) = bytes.as_chunks::<4>();
    let (nodes, odd) = numbers.as_chunks::<3>();
    if !rest.is_empty() || !odd.is_empty() {
        return Err("`nodes` ends in the middle of a node".to_owned());
    }
    Ok(leak(nodes.iter().map(|numbers| numbers.map(i32::from_be_bytes)).collect()))
}

/// Checks that all references are in range.
fn check(bdd: &Bdd) -> Result<(), String> {
    let is_within = |index: u32, length: usize| usize::try_from(index).is_ok_and(|index| index < length);
    let reference = |reference: i32| match reference {
        1 | -1 => Ok(()),
        Bdd::NO_MATCH.. if is_within(reference.abs_diff(Bdd::NO_MATCH), bdd.results.len() + 1) => Ok(()),
        ..=-2 | 2..Bdd::NO_MATCH if is_within(reference.unsigned_abs() - 1, bdd.nodes.len()) => Ok(()),
        _ => Err(format!("reference {reference} is out of range")),
    };
    if bdd.root < 0 {
        return Err("`root` is negative".to_owned());
    }
    reference(bdd.root)?;
    for &[condition, high, low] in bdd.nodes.iter().skip(1) {
        reference(high)?;
        reference(low)?;
        if !u32::try_from(condition).is_ok_and(|index| is_within(index, bdd.conditions.len())) {
            return Err(format!("condition index {condition} is out of range"));
        }
    }
    Ok(())
}
