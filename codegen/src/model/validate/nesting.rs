//! Lists and maps directly within lists and maps: not in a circle, and not absurdly deep.
//!
//! Each of them holds one shape, so that from each there is one way to go: chains, which may end in circles.

use super::Context;
use crate::model::{Shape, ShapeId, ShapeKind, words};
use crate::{Diagnostic, Diagnostics};
use std::collections::{BTreeMap, BTreeSet};

/// How many lists and maps may stand directly within each other.
const DEEPEST: usize = 32;

pub(super) fn check(context: &Context<'_, '_>, diagnostics: &mut Diagnostics) {
    // How many lists and maps deep each is; none for those that lead into a circle.
    let mut depths: BTreeMap<&ShapeId, Option<usize>> = BTreeMap::new();
    for shape in context.closure.shapes.values() {
        let mut chain: Vec<&Shape> = Vec::new();
        let mut on_chain = BTreeMap::new();
        let mut next = Some(shape).filter(|shape| held(shape).is_some());
        let mut depth = Some(0);
        while let Some(shape) = next {
            if let Some(known) = depths.get(&shape.id) {
                depth = *known;
                break;
            }
            if let Some(start) = on_chain.insert(&shape.id, chain.len()) {
                diagnostics.push(circle(chain.get(start..).unwrap_or_default(), shape));
                depth = None;
                break;
            }
            chain.push(shape);
            next = held(shape).and_then(|id| context.shape(id)).filter(|shape| held(shape).is_some());
        }
        for shape in chain.into_iter().rev() {
            depth = depth.map(|depth| depth + 1);
            depths.insert(&shape.id, depth);
            if depth == Some(DEEPEST + 1) {
                diagnostics.push(too_deep(shape));
            }
        }
    }
}

/// What a list or map holds.
fn held(shape: &Shape) -> Option<&ShapeId> {
    match &shape.kind {
        ShapeKind::List(member) => Some(&member.target),
        ShapeKind::Map(_, value) => Some(&value.target),
        _ => None,
    }
}

fn circle(chain: &[&Shape], closing: &Shape) -> Diagnostic {
    let mut seen = BTreeSet::new();
    let path =
        chain.iter().copied().chain([closing]).filter(|shape| seen.insert(&shape.id) || chain.len() > 1);
    let mut names: Vec<&str> = path.map(|shape| shape.id.as_str()).collect();
    if names.len() == 1 {
        names.push(closing.id.as_str());
    }
    Diagnostic::new(closing.span, format!("a list or map holds only itself: {}", words::path(&names)))
        .label("leads back to itself")
        .help("put a structure or union in between")
}

fn too_deep(shape: &Shape) -> Diagnostic {
    let message = format!("`{}` nests lists and maps more than {DEEPEST} deep", shape.id);
    Diagnostic::new(shape.span, message)
        .label("too deep from here on")
        .help("put a structure in between; nobody could read or write such a value")
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{diagnostics, input};

    fn list(name: &str, target: &str) -> String {
        format!(",\n\"a#{name}\": {{\"type\": \"list\", \"member\": {{\"target\": \"a#{target}\"}}}}")
    }

    #[test]
    fn lists_that_hold_only_themselves_are_an_error() {
        let start = input(r#""x": {"target": "a#A"}"#);
        let itself = start.clone() + &list("A", "A");
        assert_eq!(diagnostics(&itself), ["3:1 «\"a#A\"» a list or map holds only itself: a#A → a#A"]);
        let circle = start.clone() + &list("A", "B") + &list("B", "C") + &list("C", "B");
        assert_eq!(diagnostics(&circle), ["4:1 «\"a#B\"» a list or map holds only itself: a#B → a#C → a#B"]);
        let through_structure = start + &list("A", "In");
        assert!(diagnostics(&through_structure).is_empty());
    }

    #[test]
    fn deep_nesting_is_an_error() {
        let chain = |depth: usize| {
            let lists: String = (1..depth).map(|i| list(&format!("L{i}"), &format!("L{}", i + 1))).collect();
            input(r#""x": {"target": "a#L1"}"#) + &lists + &list(&format!("L{depth}"), "In")
        };
        assert!(diagnostics(&chain(32)).is_empty());
        assert_eq!(
            diagnostics(&chain(40)),
            ["10:1 «\"a#L8\"» `a#L8` nests lists and maps more than 32 deep"]
        );
    }
}
