//! The uses of shapes, which describe types that the model does not document.

use super::operation_names::OperationNames;
use super::types::TypeMap;
use crate::model::{Model, Operation, ShapeId, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};

/// The maximum number of operations or types to name.
const SHOWN: usize = 2;

/// Derive macros of the standard prelude, which make a link to a type of the same name ambiguous.
const DERIVES: &[&str] =
    &["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// The operations and types that use each shape.
pub(super) struct Uses<'a> {
    operation_count: usize,
    inputs: BTreeMap<&'a ShapeId, Vec<&'a Operation>>,
    outputs: BTreeMap<&'a ShapeId, Vec<&'a Operation>>,
    errors: BTreeMap<&'a ShapeId, Vec<&'a Operation>>,
    /// The structures and unions with a member of the shape, or of a list or map of it.
    owners: BTreeMap<&'a ShapeId, BTreeSet<&'a ShapeId>>,
}

impl<'a> Uses<'a> {
    pub(super) fn find(model: &'a Model) -> Self {
        let mut uses = Self {
            operation_count: model.operations.len(),
            inputs: BTreeMap::new(),
            outputs: BTreeMap::new(),
            errors: BTreeMap::new(),
            owners: BTreeMap::new(),
        };
        for operation in model.operations.values() {
            uses.inputs.entry(&operation.input).or_default().push(operation);
            uses.outputs.entry(&operation.output).or_default().push(operation);
            for error in &operation.errors {
                uses.errors.entry(error).or_default().push(operation);
            }
        }
        for shape in model.shapes.values() {
            if let ShapeKind::Structure(members) | ShapeKind::Union(members) = &shape.kind {
                for member in members {
                    uses.add_owner(model, &shape.id, &member.target);
                }
            }
        }
        uses
    }

    fn add_owner(&mut self, model: &'a Model, owner: &'a ShapeId, target: &'a ShapeId) {
        let mut pending = vec![target];
        while let Some(id) = pending.pop() {
            match &model.shape(id).kind {
                ShapeKind::List(member) => pending.push(&member.target),
                ShapeKind::Map(key, value) => pending.extend([&key.target, &value.target]),
                ShapeKind::Simple(_) => {}
                _ if id == owner => {}
                _ => drop(self.owners.entry(id).or_default().insert(owner)),
            }
        }
    }

    /// Returns the uses of a shape in one sentence with links, for the documentation of its type. `None` if it is only
    /// used by itself.
    pub(super) fn describe(
        &self,
        types: &TypeMap<'_>,
        names: &OperationNames<'_>,
        id: &ShapeId,
    ) -> Option<String> {
        let roles = [("Input", &self.inputs), ("Output", &self.outputs), ("Error", &self.errors)];
        let roles = roles.iter().filter_map(|(role, uses)| Some((*role, uses.get(id)?)));
        let roles: Vec<_> =
            roles.map(|(role, operations)| (role, self.operations(names, operations))).collect();
        match &roles[..] {
            [] => {}
            [("Input", inputs), ("Output", outputs)] if inputs == outputs => {
                return Some(format!("Input and output of {inputs}."));
            }
            roles => {
                let sentences = roles.iter().map(|(role, operations)| format!("{role} of {operations}."));
                return Some(sentences.collect::<Vec<_>>().join(" "));
            }
        }
        let owners = self.owners.get(id)?.iter().filter_map(|owner| types.name(owner));
        let links = owners.map(|name| match DERIVES.contains(&name.as_str()) {
            true => format!("[`{name}`](type@{name})"),
            false => format!("[`{name}`]"),
        });
        Some(format!("Used by {}.", list(links.collect(), "more")))
    }

    fn operations(&self, names: &OperationNames<'_>, operations: &[&Operation]) -> String {
        if operations.len() > SHOWN && operations.len() == self.operation_count {
            return "all operations".to_owned();
        }
        let links = operations.iter().map(|operation| {
            let method = names.method(&operation.id).trim_start_matches("r#");
            format!("[`Client::{method}`](super::client::Client::{method})")
        });
        list(links.collect(), "more operations")
    }
}

fn list(links: Vec<String>, rest: &str) -> String {
    match &links[..] {
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        _ => {
            let shown = links.iter().take(SHOWN).cloned().collect::<Vec<_>>();
            format!("{} and {} {rest}", shown.join(", "), links.len() - shown.len())
        }
    }
}
