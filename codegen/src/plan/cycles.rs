//! Which members must be boxed, so that no type holds itself.
//!
//! A structure or union holds the structures and unions that its members target; lists and maps keep
//! theirs on the heap. A member is boxed when both of its ends are in one cycle, that is, in one strongly
//! connected component of that graph. This depends on the shapes alone, not on their order.

use crate::model::{Model, ShapeId, ShapeKind};
use std::collections::BTreeMap;

type Edges<'a> = BTreeMap<&'a ShapeId, Vec<&'a ShapeId>>;

/// The cycle that each shape belongs to: two shapes of one number hold each other.
pub(crate) struct Cycles<'a>(BTreeMap<&'a ShapeId, usize>);

impl<'a> Cycles<'a> {
    /// Finds the strongly connected components (Kosaraju's algorithm, without recursion, so that a model
    /// of any depth is safe).
    pub(crate) fn find(model: &'a Model) -> Self {
        let holds = edges(model);
        let mut held_by: Edges<'a> = holds.keys().map(|id| (*id, Vec::new())).collect();
        for (from, targets) in &holds {
            for to in targets {
                held_by.entry(to).or_default().push(from);
            }
        }
        let mut order = Vec::new();
        let mut seen = BTreeMap::new();
        for id in holds.keys() {
            walk(id, &holds, &mut seen, 0, &mut order);
        }
        let mut component = BTreeMap::new();
        for (number, id) in order.into_iter().rev().enumerate() {
            walk(id, &held_by, &mut component, number, &mut Vec::new());
        }
        Self(component)
    }

    /// Whether a member that targets `target` must be boxed in `container`.
    pub(crate) fn boxes(&self, container: &ShapeId, target: &ShapeId) -> bool {
        self.0.get(container).is_some_and(|number| self.0.get(target) == Some(number))
    }
}

/// Which structures and unions each structure and union holds directly.
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

/// Visits what can be reached from `start` and has no mark yet, marks it, and adds it to `finished`, each
/// after all that it leads to.
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
