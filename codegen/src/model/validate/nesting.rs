//! Detection of cyclic and very deep nesting of lists and maps.
//!
//! Each list or map contains one shape, so that nested ones form chains. A chain may end in a cycle.

use super::context::Context;
use crate::model::{Shape, ShapeKind, names};
use crate::shape_id::ShapeId;
use crate::{Diagnostic, Diagnostics};
use std::collections::{BTreeMap, BTreeSet};

/// The number of lists and maps that may be nested directly.
const MAX_DEPTH: usize = 32;

pub(super) fn check(context: &Context<'_, '_>, diagnostics: &mut Diagnostics) {
    // The depth of each list and map; `None` if it leads to a cycle.
    let mut depths: BTreeMap<&ShapeId, Option<usize>> = BTreeMap::new();
    for shape in context.closure.shapes.values() {
        let mut chain: Vec<&Shape> = Vec::new();
        let mut on_chain = BTreeMap::new();
        let mut next = Some(shape).filter(|shape| element(shape).is_some());
        let mut depth = Some(0);
        while let Some(shape) = next {
            if let Some(known) = depths.get(&shape.id) {
                depth = *known;
                break;
            }
            if let Some(start) = on_chain.insert(&shape.id, chain.len()) {
                diagnostics.push(cycle(chain.get(start..).unwrap_or_default(), shape));
                depth = None;
                break;
            }
            chain.push(shape);
            next = element(shape).and_then(|id| context.shape(id)).filter(|shape| element(shape).is_some());
        }
        for shape in chain.into_iter().rev() {
            depth = depth.map(|depth| depth + 1);
            depths.insert(&shape.id, depth);
            if depth == Some(MAX_DEPTH + 1) {
                diagnostics.push(too_deep(shape));
            }
        }
    }
}

/// Returns the target of a list's member or of a map's value.
fn element(shape: &Shape) -> Option<&ShapeId> {
    match &shape.kind {
        ShapeKind::List(member) => Some(&member.target),
        ShapeKind::Map(_, value) => Some(&value.target),
        _ => None,
    }
}

fn cycle(chain: &[&Shape], closing: &Shape) -> Diagnostic {
    let mut seen = BTreeSet::new();
    let path =
        chain.iter().copied().chain([closing]).filter(|shape| seen.insert(&shape.id) || chain.len() > 1);
    let mut names: Vec<&str> = path.map(|shape| shape.id.as_str()).collect();
    if names.len() == 1 {
        names.push(closing.id.as_str());
    }
    Diagnostic::new(closing.span, format!("recursive list or map: {}", names::path(&names)))
        .label("contains only itself")
        .help("insert a structure or union into the cycle")
}

fn too_deep(shape: &Shape) -> Diagnostic {
    let message = format!("lists and maps in `{}` are nested more than {MAX_DEPTH} levels deep", shape.id);
    Diagnostic::new(shape.span, message)
        .label("nested too deeply")
        .help("move the inner lists and maps into a structure")
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{diagnostics, input};

    fn list(name: &str, target: &str) -> String {
        format!(",\n\"a#{name}\": {{\"type\": \"list\", \"member\": {{\"target\": \"a#{target}\"}}}}")
    }

    #[test]
    fn rejects_recursive_lists() {
        let start = input(r#""x": {"target": "a#A"}"#);
        let itself = start.clone() + &list("A", "A");
        assert_eq!(diagnostics(&itself), ["3:1 «\"a#A\"» recursive list or map: a#A → a#A"]);
        let cycle = start.clone() + &list("A", "B") + &list("B", "C") + &list("C", "B");
        assert_eq!(diagnostics(&cycle), ["4:1 «\"a#B\"» recursive list or map: a#B → a#C → a#B"]);
        let through_structure = start + &list("A", "In");
        assert!(diagnostics(&through_structure).is_empty());
    }

    #[test]
    fn rejects_deep_nesting() {
        let chain = |depth: usize| {
            let lists: String = (1..depth).map(|i| list(&format!("L{i}"), &format!("L{}", i + 1))).collect();
            input(r#""x": {"target": "a#L1"}"#) + &lists + &list(&format!("L{depth}"), "In")
        };
        assert!(diagnostics(&chain(32)).is_empty());
        assert_eq!(
            diagnostics(&chain(40)),
            ["10:1 «\"a#L8\"» lists and maps in `a#L8` are nested more than 32 levels deep"]
        );
    }
}
