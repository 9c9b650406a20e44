//! The nesting depth of types, and the `recursion_limit` that rustc needs for it.
//!
//! To find out if a type is `Send`, rustc looks at the types that it contains, and at those within them, up to the
//! [recursion limit](https://doc.rust-lang.org/reference/attributes/limits.html) of the crate that asks: the
//! generated crate, and each crate that has a value of the type in a future.

use super::cycles::{Edges, components};
use super::types::RustType;
use crate::model::{Model, ShapeId, ShapeKind};
use crate::{Diagnostic, Diagnostics};
use std::collections::BTreeMap;

/// The maximum depth of a model's shapes. Published models have a depth below 30.
const MAX_DEPTH: usize = 1_024;

/// The recursion limit of a crate without the attribute.
const DEFAULT_LIMIT: usize = 128;

/// The part of the limit for what contains a value: calls, futures and types of the user.
const RESERVED: usize = 32;

/// Reports shapes that are nested more than 1,024 levels deep.
pub(crate) fn check_nesting(model: &Model, diagnostics: &mut Diagnostics) {
    let depths = depths(model, |_, _| 1);
    let operations = model.operations.values().flat_map(|operation| [&operation.input, &operation.output]);
    let deepest = operations.max_by_key(|id| depths.get(id).copied().unwrap_or_default());
    let shape = deepest.and_then(|id| Some((model.shapes.get(id)?, depths.get(id)?)));
    if let Some((shape, depth)) = shape.filter(|(_, depth)| **depth > MAX_DEPTH) {
        let message =
            format!("shapes in `{}` are nested {depth} levels deep, more than {MAX_DEPTH}", shape.id);
        diagnostics.push(
            Diagnostic::new(shape.span, message)
                .label("nested too deeply")
                .help("use fewer levels, or make one of the structures recursive"),
        );
    }
}

/// Returns the recursion limit that a crate with the model's types needs, if the default does not suffice.
pub(super) fn recursion_limit(model: &Model) -> Option<usize> {
    let deepest = depths(model, |kind, in_cycle| match kind {
        // The types between a type and those that it contains: with `Option`, and `Box` if it is recursive.
        ShapeKind::Structure(_) | ShapeKind::Union(_) if in_cycle => 5,
        ShapeKind::Structure(_) | ShapeKind::Union(_) => 2,
        ShapeKind::List(_) => 4,
        ShapeKind::Map(..) => 5,
        ShapeKind::Simple(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => 1,
    });
    let needed = deepest.values().max().copied().unwrap_or_default() + RESERVED;
    (needed > DEFAULT_LIMIT).then(|| needed.next_power_of_two())
}

/// Returns true if a type is too complex for the lint
/// [`type_complexity`](https://rust-lang.github.io/rust-clippy/master/index.html#type_complexity) of clippy.
pub(super) fn is_complex(ty: &RustType) -> bool {
    const THRESHOLD: usize = 250;
    complexity(ty, 1) > THRESHOLD
}

/// Returns the complexity as clippy computes it: the sum of 10 times the nesting depth of each type.
fn complexity(ty: &RustType, depth: usize) -> usize {
    let inner = match ty {
        RustType::Vec(inner) | RustType::Option(inner) | RustType::Boxed(inner) => {
            complexity(inner, depth + 1)
        }
        RustType::Map(key, value) => complexity(key, depth + 1).saturating_add(complexity(value, depth + 1)),
        RustType::Unit
        | RustType::Std(_)
        | RustType::Str
        | RustType::Runtime(_)
        | RustType::Generated(..) => 0,
    };
    inner.saturating_add(10 * depth)
}

/// Returns the largest total weight on a path from each shape to one that it contains. In a cycle, each shape counts
/// once, with the weight that it has there. The model may be incomplete.
fn depths(model: &Model, weight: impl Fn(&ShapeKind, bool) -> usize) -> BTreeMap<&ShapeId, usize> {
    let edges: Edges<'_> = model.shapes.values().map(|shape| (&shape.id, targets(&shape.kind))).collect();
    let component = components(&edges);
    let mut members: BTreeMap<usize, Vec<&ShapeId>> = BTreeMap::new();
    for (id, number) in &component {
        members.entry(*number).or_default().push(id);
    }
    let mut depths: BTreeMap<&ShapeId, usize> = BTreeMap::new();
    // The components that others contain come last.
    for ids in members.values().rev() {
        let own: usize =
            ids.iter().filter_map(|id| Some(weight(&model.shapes.get(*id)?.kind, ids.len() > 1))).sum();
        let targets = ids.iter().filter_map(|id| edges.get(id)).flatten();
        let inner = targets.filter_map(|target| depths.get(target)).max().copied().unwrap_or_default();
        depths.extend(ids.iter().map(|id| (*id, own + inner)));
    }
    depths
}

fn targets(kind: &ShapeKind) -> Vec<&ShapeId> {
    match kind {
        ShapeKind::Structure(members) | ShapeKind::Union(members) => {
            members.iter().map(|member| &member.target).collect()
        }
        ShapeKind::List(member) => vec![&member.target],
        ShapeKind::Map(_, value) => vec![&value.target],
        ShapeKind::Simple(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{input, resolved};

    /// Returns a model with a chain of this many structures below the input, the last of which has `last` as member.
    fn chain(length: usize, last: &str) -> Model {
        let shapes = (0..length).map(|at| {
            let target = if at + 1 < length { format!("a#D{}", at + 1) } else { last.to_owned() };
            format!(r#", "a#D{at}": {{"type": "structure", "members": {{"m": {{"target": "{target}"}}}}}}"#)
        });
        resolved(&(input(r#""x": {"target": "a#D0"}"#) + &shapes.collect::<String>()))
    }

    fn messages(model: &Model) -> Vec<String> {
        let mut diagnostics = Diagnostics::default();
        check_nesting(model, &mut diagnostics);
        diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect()
    }

    #[test]
    fn deep_models_need_a_recursion_limit() {
        assert_eq!(recursion_limit(&chain(40, "smithy.api#String")), None);
        assert_eq!(recursion_limit(&chain(64, "smithy.api#String")), Some(256));
        assert_eq!(recursion_limit(&chain(1_000, "smithy.api#String")), Some(2_048));
    }

    #[test]
    fn shapes_in_a_cycle_count_once() {
        assert_eq!(recursion_limit(&chain(16, "a#D0")), None);
        assert_eq!(recursion_limit(&chain(40, "a#D0")), Some(256));
        assert_eq!(recursion_limit(&chain(100, "a#D0")), Some(1_024));
    }

    #[test]
    fn rejects_very_deep_nesting() {
        assert!(messages(&chain(1_022, "smithy.api#String")).is_empty());
        assert_eq!(
            messages(&chain(1_023, "smithy.api#String")),
            ["shapes in `a#In` are nested 1025 levels deep, more than 1024"]
        );
    }
}
