//! Detection of structures and unions without a finite value, because they
//! [require themselves](https://smithy.io/2.0/spec/aggregate-types.html#recursive-shape-definitions).
//!
//! First, all shapes with a finite value are found, starting at those without required members. Each
//! remaining shape requires another remaining shape, so that following these members ends in a cycle.

use super::context::Context;
use crate::model::{Member, Shape, ShapeKind, names};
use crate::shape_id::ShapeId;
use crate::{Diagnostic, Diagnostics};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(context: &Context<'_, '_>, diagnostics: &mut Diagnostics) {
    let infinite = infinite_shapes(context);
    let mut done: BTreeSet<&ShapeId> = BTreeSet::new();
    for shape in infinite.values() {
        let mut path: Vec<(&Shape, &Member)> = Vec::new();
        let mut on_path: BTreeMap<&ShapeId, usize> = BTreeMap::new();
        let mut next = Some(*shape);
        while let Some(shape) = next.filter(|shape| !done.contains(&shape.id)) {
            if let Some(start) = on_path.insert(&shape.id, path.len()) {
                diagnostics.push(cycle(path.get(start..).unwrap_or_default(), shape));
                break;
            }
            let member = required_members(shape).find(|member| infinite.contains_key(&member.target));
            let Some(member) = member else { break };
            path.push((shape, member));
            next = infinite.get(&member.target).copied();
        }
        done.extend(path.iter().map(|(shape, _)| &shape.id));
    }
}

/// Returns the required members of a structure, or all members of a union, of which a value has one.
fn required_members(shape: &Shape) -> impl Iterator<Item = &Member> {
    let (members, all) = match &shape.kind {
        ShapeKind::Structure(members) => (members.as_slice(), false),
        ShapeKind::Union(members) => (members.as_slice(), true),
        _ => (&[] as &[Member], false),
    };
    members.iter().filter(move |member| all || member.traits.required)
}

/// Returns the shapes without a finite value.
fn infinite_shapes<'c>(context: &Context<'c, '_>) -> BTreeMap<&'c ShapeId, &'c Shape> {
    // The number of required shapes not known to be finite, by dependent shape.
    let mut unresolved: BTreeMap<&ShapeId, usize> = BTreeMap::new();
    let mut dependents: BTreeMap<&ShapeId, Vec<&Shape>> = BTreeMap::new();
    let mut finite: Vec<&ShapeId> = Vec::new();
    for shape in context.closure.shapes.values() {
        let known = required_members(shape).filter(|member| context.shape(&member.target).is_some());
        let targets: Vec<&ShapeId> = known.map(|member| &member.target).collect();
        if targets.is_empty() {
            finite.push(&shape.id);
            continue;
        }
        let count = if matches!(shape.kind, ShapeKind::Union(_)) { 1 } else { targets.len() };
        unresolved.insert(&shape.id, count);
        targets.into_iter().for_each(|target| dependents.entry(target).or_default().push(shape));
    }
    while let Some(id) = finite.pop() {
        for dependent in dependents.remove(id).unwrap_or_default() {
            let Some(count) = unresolved.get_mut(&dependent.id) else { continue };
            *count = count.saturating_sub(1);
            if *count == 0 {
                unresolved.remove(&dependent.id);
                finite.push(&dependent.id);
            }
        }
    }
    unresolved.into_keys().filter_map(|id| Some((id, context.shape(id)?))).collect()
}

fn cycle(path: &[(&Shape, &Member)], start: &Shape) -> Diagnostic {
    let mut names: Vec<String> =
        path.iter().map(|(shape, member)| format!("{}${}", shape.id.name(), member.name)).collect();
    names.push(start.id.name().to_owned());
    let message = format!("shape `{}` recursively requires itself: {}", start.id, names::path(&names));
    let span = path.first().map_or(start.span, |(_, member)| member.span);
    let diagnostic = Diagnostic::new(span, message)
        .label("required recursively")
        .help("make one of these members optional");
    path.iter()
        .skip(1)
        .take(8)
        .fold(diagnostic, |diagnostic, (_, member)| diagnostic.related(member.span, "through this member"))
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{diagnostics, input};

    fn shape(name: &str, ty: &str, members: &[(&str, &str, bool)]) -> String {
        let member = |(name, target, required): &(&str, &str, bool)| {
            let traits = if *required { r#", "traits": {"smithy.api#required": {}}"# } else { "" };
            format!("\"{name}\": {{\"target\": \"a#{target}\"{traits}}}")
        };
        let members: Vec<String> = members.iter().map(member).collect();
        format!(",\n\"a#{name}\": {{\"type\": \"{ty}\", \"members\": {{{}}}}}", members.join(", "))
    }

    fn found(shapes: &[String]) -> Vec<String> {
        diagnostics(&(input(r#""x": {"target": "a#A"}"#) + &shapes.concat()))
    }

    #[test]
    fn rejects_structures_that_require_themselves() {
        let a = shape("A", "structure", &[("b", "B", true)]);
        let b = shape("B", "structure", &[("o", "In", false), ("a", "A", true)]);
        assert_eq!(found(&[a, b]), ["3:42 «\"b\"» shape `a#A` recursively requires itself: A$b → B$a → A"]);
    }

    #[test]
    fn accepts_cycles_with_optional_members_lists_or_other_variants() {
        let a = shape("A", "structure", &[("b", "B", true)]);
        assert!(found(&[a.clone(), shape("B", "structure", &[("a", "A", false)])]).is_empty());
        assert!(
            found(&[a.clone(), shape("B", "union", &[("a", "A", false), ("i", "In", false)])]).is_empty()
        );
        let list = ",\n\"a#B\": {\"type\": \"list\", \"member\": {\"target\": \"a#A\"}}".to_owned();
        assert!(found(&[a, list]).is_empty());
    }

    #[test]
    fn rejects_unions_without_finite_variants() {
        let a = shape("A", "union", &[("b", "B", false), ("a", "A", false)]);
        let b = shape("B", "structure", &[("a", "A", true)]);
        assert_eq!(found(&[a, b]), ["3:38 «\"b\"» shape `a#A` recursively requires itself: A$b → B$a → A"]);
    }
}
