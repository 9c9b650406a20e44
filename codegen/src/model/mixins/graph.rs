//! Walks over the graph of mixins, none of them recursive.

use super::MIXIN;
use crate::ast::Target;
use crate::model::draft::{Draft, Drafts};
use crate::model::{ShapeId, words};
use crate::{Diagnostic, Diagnostics, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Reports and drops references to mixins that are missing, are none, or are of another type.
pub(super) fn drop_wrong_references(drafts: &mut Drafts<'_>, diagnostics: &mut Diagnostics) {
    let mut wrong: BTreeSet<(ShapeId, usize)> = BTreeSet::new();
    for draft in drafts.by_id.values() {
        for (i, target) in draft.mixins.iter().enumerate() {
            let diagnostic = match drafts.get(&target.id) {
                None => drafts.missing(&target.id, target.span),
                Some(mixin) => wrong_mixin(draft, target, mixin),
            };
            if diagnostic.is_some() || drafts.get(&target.id).is_none() {
                wrong.insert((draft.id.clone(), i));
            }
            diagnostic.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
        }
    }
    remove(drafts, &wrong);
}

fn wrong_mixin(draft: &Draft<'_>, target: &Target, mixin: &Draft<'_>) -> Option<Diagnostic> {
    if !mixin.has(MIXIN) {
        let diagnostic = Diagnostic::new(target.span, format!("`{}` is not a mixin", target.id))
            .label("used as a mixin here")
            .related(mixin.span, "this shape has no `smithy.api#mixin`")
            .help("apply `smithy.api#mixin` to it, or copy what you need of it");
        return Some(diagnostic);
    }
    let diagnostic = || {
        let message = format!("mixin `{}` is of another type than `{}`", target.id, draft.id);
        Diagnostic::new(target.span, message)
            .label("used as a mixin here")
            .related(mixin.span, "the mixin")
            .help("a mixin must have the type of the shape that uses it")
    };
    (mixin.ty != draft.ty).then(diagnostic)
}

/// Reports each cycle of mixins and drops the reference that closes it.
pub(super) fn drop_cycles(drafts: &mut Drafts<'_>, diagnostics: &mut Diagnostics) {
    let mut done: BTreeSet<&ShapeId> = BTreeSet::new();
    let mut closing: BTreeSet<(ShapeId, usize)> = BTreeSet::new();
    for start in drafts.by_id.values().filter(|draft| !draft.mixins.is_empty()) {
        // The path from `start`, each shape with the mixin to look at next.
        let mut path: Vec<(&ShapeId, usize)> = vec![(&start.id, 0)];
        let mut on_path: BTreeMap<&ShapeId, usize> = BTreeMap::from([(&start.id, 0)]);
        while let Some((id, next)) = path.last_mut() {
            let (id, i) = (*id, *next);
            *next += 1;
            let target = drafts.get(id).filter(|_| !done.contains(id)).and_then(|draft| draft.mixins.get(i));
            let Some(target) = target else {
                done.insert(id);
                on_path.remove(id);
                path.pop();
                continue;
            };
            if let Some(at) = on_path.get(&target.id) {
                let names = path.iter().skip(*at).map(|(id, _)| *id).chain([&target.id]);
                diagnostics.push(cycle(target.span, names));
                closing.insert((id.clone(), i));
            } else if !done.contains(&target.id) {
                on_path.insert(&target.id, path.len());
                path.push((&target.id, 0));
            }
        }
    }
    remove(drafts, &closing);
}

fn cycle<'i>(span: Span, ids: impl Iterator<Item = &'i ShapeId>) -> Diagnostic {
    let path: Vec<&str> = ids.map(ShapeId::as_str).collect();
    Diagnostic::new(span, format!("mixins use each other in a cycle: {}", words::path(&path)))
        .label("closes the cycle")
        .help("remove one of the mixins in the cycle")
}

fn remove(drafts: &mut Drafts<'_>, references: &BTreeSet<(ShapeId, usize)>) {
    let mut by_shape: BTreeMap<&ShapeId, BTreeSet<usize>> = BTreeMap::new();
    for (id, i) in references {
        by_shape.entry(id).or_default().insert(*i);
    }
    for (id, wrong) in by_shape {
        if let Some(draft) = drafts.by_id.get_mut(id) {
            let mut i = 0..;
            draft.mixins.retain(|_| i.next().is_none_or(|i| !wrong.contains(&i)));
        }
    }
}

/// The shape's mixins, each after its own mixins and where it comes first; the shape itself at the end.
pub(super) fn in_order_of_first(drafts: &Drafts<'_>, id: &ShapeId) -> Vec<ShapeId> {
    let mut seen = BTreeSet::from([id.clone()]);
    let mut path = vec![(id.clone(), 0)];
    let mut order = Vec::new();
    while let Some((current, next)) = path.last_mut() {
        let target = drafts.get(current).and_then(|draft| draft.mixins.get(*next));
        *next += 1;
        match target {
            Some(target) if seen.insert(target.id.clone()) => path.push((target.id.clone(), 0)),
            Some(_) => {}
            None => order.extend(path.pop().map(|(id, _)| id)),
        }
    }
    order
}

/// The same, but each mixin where it comes last.
pub(super) fn in_order_of_last(drafts: &Drafts<'_>, id: &ShapeId) -> Vec<ShapeId> {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![id.clone()];
    let mut order = Vec::new();
    while let Some(current) = waiting.pop() {
        if seen.insert(current.clone()) {
            let mixins = drafts.get(&current).map(|draft| draft.mixins.as_slice()).unwrap_or_default();
            waiting.extend(mixins.iter().map(|target| target.id.clone()));
            order.push(current);
        }
    }
    order.reverse();
    order
}
