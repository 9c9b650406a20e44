//! Structures that are inputs of operations without saying so.
//!
//! [`@input`](https://smithy.io/2.0/spec/type-refinement-traits.html#input-trait) says that a structure is the input of one
//! operation and nothing else. Most models were written before the trait existed.

use super::{Model, ShapeKind};
use crate::shape_id::ShapeId;
use std::collections::BTreeMap;

/// Marks each structure that is the input of one operation and nothing else as if it had `@input`.
pub(super) fn mark(model: &mut Model) {
    // The number of uses of each shape, and of its uses as an input.
    let mut uses: BTreeMap<ShapeId, usize> = BTreeMap::new();
    let mut add = |id: &ShapeId| *uses.entry(id.clone()).or_default() += 1;
    for operation in model.operations.values() {
        [&operation.input, &operation.output].into_iter().chain(&operation.errors).for_each(&mut add);
    }
    for shape in model.shapes.values() {
        match &shape.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => {
                members.iter().for_each(|member| add(&member.target));
            }
            ShapeKind::List(member) => add(&member.target),
            ShapeKind::Map(_, value) => add(&value.target),
            ShapeKind::Simple(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => {}
        }
    }
    for operation in model.operations.values() {
        if uses.get(&operation.input) == Some(&1)
            && let Some(shape) = model.shapes.get_mut(&operation.input)
        {
            shape.traits.input = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{input, resolved, shape};

    #[test]
    fn structure_that_is_only_one_input_counts_as_input() {
        let only = input(r#""x": {"target": "a#Other"}"#) + r#", "a#Other": {"type": "structure"}"#;
        let model = resolved(&only);
        assert!(shape(&model, "a#In").traits.input);
        assert!(!shape(&model, "a#Other").traits.input);
    }

    #[test]
    fn structure_with_other_uses_is_no_input() {
        for member in ["a#In", "a#List"] {
            let shapes = input(&format!(r#""x": {{"target": "{member}"}}"#))
                + r#", "a#List": {"type": "list", "member": {"target": "a#In"}}"#;
            assert!(!shape(&resolved(&shapes), "a#In").traits.input, "{member}");
        }
    }
}
