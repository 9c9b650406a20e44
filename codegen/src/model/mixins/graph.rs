//! Traversal of the mixin graph, without recursion so that long chains do not overflow the stack.

use crate::ast::Target;
use crate::model::names;
use crate::model::raw::{RawModel, RawShape};
use crate::shape_id::ShapeId;
use crate::{Diagnostic, Diagnostics, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Reports and removes references to shapes that are undefined, not mixins, or of another type.
pub(super) fn remove_invalid_references(raw_model: &mut RawModel<'_>, diagnostics: &mut Diagnostics) {
    let mut invalid: BTreeSet<(ShapeId, usize)> = BTreeSet::new();
    for shape in raw_model.by_id.values() {
        for (i, target) in shape.mixins.iter().enumerate() {
            let diagnostic = match raw_model.get(&target.id) {
                None => raw_model.missing(&target.id, target.span),
                Some(mixin) => check_mixin(shape, target, mixin),
            };
            if diagnostic.is_some() || raw_model.get(&target.id).is_none() {
                invalid.insert((shape.id.clone(), i));
            }
            diagnostic.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
        }
    }
    remove(raw_model, &invalid);
}

fn check_mixin(shape: &RawShape<'_>, target: &Target, mixin: &RawShape<'_>) -> Option<Diagnostic> {
    if !mixin.is_mixin() {
        let diagnostic = Diagnostic::new(target.span, format!("`{}` is not a mixin", target.id))
            .label("used as a mixin here")
            .related(mixin.span, "shape without `smithy.api#mixin`")
            .help("apply `smithy.api#mixin` to the shape, or copy its members");
        return Some(diagnostic);
    }
    let diagnostic = || {
        let message = format!("mixin `{}` and shape `{}` have different types", target.id, shape.id);
        Diagnostic::new(target.span, message)
            .label("used as a mixin here")
            .related(mixin.span, "mixin defined here")
            .help("use a mixin of the same type as the shape")
    };
    (mixin.ty != shape.ty).then(diagnostic)
}

/// Reports each cycle of mixins and removes the reference that closes it.
pub(super) fn remove_cycles(raw_model: &mut RawModel<'_>, diagnostics: &mut Diagnostics) {
    let mut done: BTreeSet<&ShapeId> = BTreeSet::new();
    let mut closing: BTreeSet<(ShapeId, usize)> = BTreeSet::new();
    for start in raw_model.by_id.values().filter(|shape| !shape.mixins.is_empty()) {
        // The path from `start`: each shape with the index of its next mixin.
        let mut path: Vec<(&ShapeId, usize)> = vec![(&start.id, 0)];
        let mut on_path: BTreeMap<&ShapeId, usize> = BTreeMap::from([(&start.id, 0)]);
        while let Some((id, next)) = path.last_mut() {
            let (id, i) = (*id, *next);
            *next += 1;
            let target =
                raw_model.get(id).filter(|_| !done.contains(id)).and_then(|shape| shape.mixins.get(i));
            let Some(target) = target else {
                done.insert(id);
                on_path.remove(id);
                path.pop();
                continue;
            };
            if let Some(first) = on_path.get(&target.id) {
                let ids = path.iter().skip(*first).map(|(id, _)| *id).chain([&target.id]);
                diagnostics.push(cycle(target.span, ids));
                closing.insert((id.clone(), i));
            } else if !done.contains(&target.id) {
                on_path.insert(&target.id, path.len());
                path.push((&target.id, 0));
            }
        }
    }
    remove(raw_model, &closing);
}

fn cycle<'i>(span: Span, ids: impl Iterator<Item = &'i ShapeId>) -> Diagnostic {
    let path: Vec<&str> = ids.map(ShapeId::as_str).collect();
    Diagnostic::new(span, format!("mixins form a cycle: {}", names::path(&path)))
        .label("closes the cycle")
        .help("remove one of the mixins in the cycle")
}

fn remove(raw_model: &mut RawModel<'_>, references: &BTreeSet<(ShapeId, usize)>) {
    let mut by_shape: BTreeMap<&ShapeId, BTreeSet<usize>> = BTreeMap::new();
    for (id, i) in references {
        by_shape.entry(id).or_default().insert(*i);
    }
    for (id, removed) in by_shape {
        if let Some(shape) = raw_model.by_id.get_mut(id) {
            let mut i = 0..;
            shape.mixins.retain(|_| i.next().is_none_or(|i| !removed.contains(&i)));
        }
    }
}

/// Returns the shape's mixins and finally the shape itself. Each mixin follows its own mixins, at the
/// position of its first use.
pub(super) fn member_order(raw_model: &RawModel<'_>, id: &ShapeId) -> Vec<ShapeId> {
    let mut seen = BTreeSet::from([id.clone()]);
    let mut path = vec![(id.clone(), 0)];
    let mut order = Vec::new();
    while let Some((current, next)) = path.last_mut() {
        let target = raw_model.get(current).and_then(|shape| shape.mixins.get(*next));
        *next += 1;
        match target {
            Some(target) if seen.insert(target.id.clone()) => path.push((target.id.clone(), 0)),
            Some(_) => {}
            None => order.extend(path.pop().map(|(id, _)| id)),
        }
    }
    order
}

/// Returns the shape's mixins and finally the shape itself. Each mixin follows its own mixins, at the
/// position of its last use.
pub(super) fn trait_order(raw_model: &RawModel<'_>, id: &ShapeId) -> Vec<ShapeId> {
    let mut seen = BTreeSet::new();
    let mut pending = vec![id.clone()];
    let mut order = Vec::new();
    while let Some(current) = pending.pop() {
        if seen.insert(current.clone()) {
            let mixins = raw_model.get(&current).map(|shape| shape.mixins.as_slice()).unwrap_or_default();
            pending.extend(mixins.iter().map(|target| target.id.clone()));
            order.push(current);
        }
    }
    order.reverse();
    order
}
