//! Finds structures and unions of which no finite value exists, because what they require
//! [leads back to them](https://smithy.io/2.0/spec/aggregate-types.html#recursive-shape-definitions).
//!
//! First all shapes that do have values are found, working backwards from those that require nothing. Among
//! the rest, each has a required member whose target is of the rest too: following these ends in a circle.

use super::Context;
use crate::model::{Member, Shape, ShapeId, ShapeKind, words};
use crate::{Diagnostic, Diagnostics};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(context: &Context<'_, '_>, diagnostics: &mut Diagnostics) {
    let impossible = impossible(context);
    let mut done: BTreeSet<&ShapeId> = BTreeSet::new();
    for shape in impossible.values() {
        let mut path: Vec<(&Shape, &Member)> = Vec::new();
        let mut on_path: BTreeMap<&ShapeId, usize> = BTreeMap::new();
        let mut next = Some(*shape);
        while let Some(shape) = next.filter(|shape| !done.contains(&shape.id)) {
            if let Some(start) = on_path.insert(&shape.id, path.len()) {
                diagnostics.push(circle(path.get(start..).unwrap_or_default(), shape));
                break;
            }
            let needed = needed(shape).find(|member| impossible.contains_key(&member.target));
            let Some(member) = needed else { break };
            path.push((shape, member));
            next = impossible.get(&member.target).copied();
        }
        done.extend(path.iter().map(|(shape, _)| &shape.id));
    }
}

/// The members that a value must have, or one of which it must have.
fn needed(shape: &Shape) -> impl Iterator<Item = &Member> {
    let (members, all) = match &shape.kind {
        ShapeKind::Structure(members) => (members.as_slice(), false),
        ShapeKind::Union(members) => (members.as_slice(), true),
        _ => (&[] as &[Member], false),
    };
    members.iter().filter(move |member| all || member.traits.required)
}

/// The shapes without a finite value.
fn impossible<'c>(context: &Context<'c, '_>) -> BTreeMap<&'c ShapeId, &'c Shape> {
    // How many of its needs a shape still waits for, and who waits for whom.
    let mut waits: BTreeMap<&ShapeId, usize> = BTreeMap::new();
    let mut waiters: BTreeMap<&ShapeId, Vec<&Shape>> = BTreeMap::new();
    let mut possible: Vec<&ShapeId> = Vec::new();
    for shape in context.closure.shapes.values() {
        let known = needed(shape).filter(|member| context.shape(&member.target).is_some());
        let targets: Vec<&ShapeId> = known.map(|member| &member.target).collect();
        if targets.is_empty() {
            possible.push(&shape.id);
            continue;
        }
        waits.insert(&shape.id, if matches!(shape.kind, ShapeKind::Union(_)) { 1 } else { targets.len() });
        targets.into_iter().for_each(|target| waiters.entry(target).or_default().push(shape));
    }
    while let Some(id) = possible.pop() {
        for waiter in waiters.remove(id).unwrap_or_default() {
            let Some(count) = waits.get_mut(&waiter.id) else { continue };
            *count = count.saturating_sub(1);
            if *count == 0 {
                waits.remove(&waiter.id);
                possible.push(&waiter.id);
            }
        }
    }
    waits.into_keys().filter_map(|id| Some((id, context.shape(id)?))).collect()
}

fn circle(path: &[(&Shape, &Member)], start: &Shape) -> Diagnostic {
    let mut names: Vec<String> =
        path.iter().map(|(shape, member)| format!("{}${}", shape.id.name(), member.name)).collect();
    names.push(start.id.name().to_owned());
    let message = format!("`{}` requires itself: {}", start.id, words::path(&names));
    let span = path.first().map_or(start.span, |(_, member)| member.span);
    let diagnostic = Diagnostic::new(span, message)
        .label("leads back to its own shape")
        .help("no value of it can ever be complete: make one of these members optional");
    path.iter()
        .skip(1)
        .take(8)
        .fold(diagnostic, |diagnostic, (_, member)| diagnostic.related(member.span, "by way of this"))
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
    fn a_structure_that_requires_itself_is_an_error_with_the_path() {
        let a = shape("A", "structure", &[("b", "B", true)]);
        let b = shape("B", "structure", &[("o", "In", false), ("a", "A", true)]);
        assert_eq!(found(&[a, b]), ["3:42 «\"b\"» `a#A` requires itself: A$b → B$a → A"]);
    }

    #[test]
    fn an_optional_member_a_list_or_another_variant_breaks_the_circle() {
        let a = shape("A", "structure", &[("b", "B", true)]);
        assert!(found(&[a.clone(), shape("B", "structure", &[("a", "A", false)])]).is_empty());
        assert!(
            found(&[a.clone(), shape("B", "union", &[("a", "A", false), ("i", "In", false)])]).is_empty()
        );
        let list = ",\n\"a#B\": {\"type\": \"list\", \"member\": {\"target\": \"a#A\"}}".to_owned();
        assert!(found(&[a, list]).is_empty());
    }

    #[test]
    fn a_union_whose_every_member_leads_back_is_an_error() {
        let a = shape("A", "union", &[("b", "B", false), ("a", "A", false)]);
        let b = shape("B", "structure", &[("a", "A", true)]);
        assert_eq!(found(&[a, b]), ["3:38 «\"b\"» `a#A` requires itself: A$b → B$a → A"]);
    }
}
