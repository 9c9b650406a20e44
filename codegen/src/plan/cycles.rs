//! Detection of recursive types, whose members must be boxed.
//!
//! A structure or union contains the structures and unions that its members target; lists and maps store
//! their items on the heap. A member is boxed if its container and its target are in the same strongly
//! connected component of that graph. The result does not depend on the order of shapes.

use crate::model::{Model, ShapeId, ShapeKind};
use std::collections::BTreeMap;

/// The shapes that each shape contains.
pub(super) type Edges<'a> = BTreeMap<&'a ShapeId, Vec<&'a ShapeId>>;

/// The number of the strongly connected component of each structure and union.
pub(crate) struct Cycles<'a>(BTreeMap<&'a ShapeId, usize>);

impl<'a> Cycles<'a> {
    /// Finds the components.
    pub(crate) fn find(model: &'a Model) -> Self {
        Self(components(&edges(model)))
    }

    /// Returns true if a member of `container` that targets `target` must be boxed.
    pub(crate) fn must_box(&self, container: &ShapeId, target: &ShapeId) -> bool {
        self.0.get(container).is_some_and(|number| self.0.get(target) == Some(number))
    }
}

/// Numbers the strongly connected components of a graph with Kosaraju's algorithm. The number of a component is
/// less than those of the components that it contains. Iterative, so that deeply nested models do not overflow
/// the stack.
pub(super) fn components<'a>(targets: &Edges<'a>) -> BTreeMap<&'a ShapeId, usize> {
    let mut containers: Edges<'a> = targets.keys().map(|id| (*id, Vec::new())).collect();
    for (from, members) in targets {
        for to in members {
            containers.entry(to).or_default().push(from);
        }
    }
    let mut order = Vec::new();
    let mut seen = BTreeMap::new();
    for id in targets.keys() {
        walk(id, targets, &mut seen, 0, &mut order);
    }
    let mut component = BTreeMap::new();
    for (number, id) in order.into_iter().rev().enumerate() {
        walk(id, &containers, &mut component, number, &mut Vec::new());
    }
    component
}

/// The structures and unions that each structure and union contains directly.
fn edges(model: &Model) -> Edges<'_> {
    let members = |id| match &model.shape(id).kind {
        ShapeKind::Structure(members) | ShapeKind::Union(members) => Some(members),
        _ => None,
    };
    let edges = model.shapes.keys().filter_map(|id| {
        let targets = members(id)?.iter().map(|member| &member.target);
        Some((id, targets.filter(|target| members(target).is_some()).collect()))
    });
    edges.collect()
}

/// Marks all unmarked shapes reachable from `start` and appends them to `finished` in post-order.
fn walk<'a>(
    start: &'a ShapeId,
    edges: &Edges<'a>,
    marks: &mut BTreeMap<&'a ShapeId, usize>,
    mark: usize,
    finished: &mut Vec<&'a ShapeId>,
) {
    if marks.contains_key(start) {
        return;
    }
    marks.insert(start, mark);
    let mut stack = vec![(start, 0)];
    while let Some((id, next)) = stack.pop() {
        match edges.get(id).and_then(|targets| targets.get(next)) {
            None => finished.push(id),
            Some(target) => {
                stack.push((id, next + 1));
                if !marks.contains_key(target) {
                    marks.insert(target, mark);
                    stack.push((target, 0));
                }
            }
        }
    }
}
