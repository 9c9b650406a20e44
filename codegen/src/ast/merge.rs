//! [Merging](https://smithy.io/2.0/spec/model.html#merging-model-files) of the trees of several files.
//!
//! A shape may be defined in several files if the definitions are equivalent. The traits of all definitions
//! apply to it, as if the later ones were apply statements.

use super::arena::Arena;
use super::node::{Entry, Node, Value};
use super::tree::{Apply, Ast, Body, Member, Shape, Target};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::shape_id::ShapeId;
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Merges trees in the order of their files. Conflicts are added to the diagnostics of the result.
pub(super) fn merge<'a>(trees: Vec<Ast<'a>>, arena: &'a Arena) -> Ast<'a> {
    let mut trees = trees.into_iter();
    let mut merged = trees.next().unwrap_or_else(|| Ast::new(arena));
    if trees.len() == 0 {
        return merged;
    }
    let mut definitions = Definitions::new(&merged.shapes);
    let mut metadata = Metadata::new(std::mem::take(&mut merged.metadata));
    for tree in trees {
        tree.metadata.into_iter().for_each(|entry| metadata.add(entry, &mut merged.diagnostics));
        tree.shapes.into_iter().for_each(|shape| definitions.add(shape, &mut merged));
        merged.applies.extend(tree.applies);
        merged.invalid_shapes.extend(tree.invalid_shapes);
        merged.diagnostics.extend(tree.diagnostics);
    }
    merged.metadata = metadata.finish(arena);
    merged
}

/// The indices of the shapes that are merged so far.
struct Definitions(BTreeMap<ShapeId, usize>);

impl Definitions {
    fn new(shapes: &[Shape<'_>]) -> Self {
        Self(shapes.iter().enumerate().map(|(index, shape)| (shape.id.clone(), index)).collect())
    }

    fn add<'a>(&mut self, shape: Shape<'a>, merged: &mut Ast<'a>) {
        let index = self.0.get(&shape.id).copied();
        let Some(first) = index.and_then(|index| merged.shapes.get_mut(index)) else {
            self.0.insert(shape.id.clone(), merged.shapes.len());
            merged.shapes.push(shape);
            return;
        };
        if let Some(diagnostic) = conflict(first, &shape) {
            merged.diagnostics.push(diagnostic);
            return;
        }
        // Smithy 1.0 adds implicit traits to a shape, which apply to all its definitions.
        first.version = first.version.min(shape.version);
        merged.applies.extend(applies(shape));
    }
}

/// Converts a definition to apply statements with its traits.
fn applies(shape: Shape<'_>) -> impl Iterator<Item = Apply<'_>> {
    let Shape { id, span, traits, members, .. } = shape;
    let apply = move |(member, span, traits)| Apply { shape: id.clone(), member, span, traits };
    let members = members.into_iter().map(|member| (Some(member.name), member.span, member.traits));
    std::iter::once((None, span, traits)).chain(members).map(apply).filter(|apply| !apply.traits.is_empty())
}

/// Returns the first difference between two definitions of a shape, except of their traits.
fn conflict(first: &Shape<'_>, second: &Shape<'_>) -> Option<Diagnostic> {
    let kinds = (first.ty.description(), second.ty.description());
    if kinds.0 != kinds.1 {
        let first = (first.span, format!("{} here", kinds.0));
        return Some(conflicting(second, second.span, format!("{} here", kinds.1), first));
    }
    members_conflict(first, second).or_else(|| {
        let properties = properties(first).into_iter().zip(properties(second));
        let ((property, _), _) = properties.into_iter().find(|(one, two)| one != two)?;
        let label = format!("different `{property}`");
        Some(conflicting(second, second.span, label, (first.span, "first defined here".to_owned())))
    })
}

fn members_conflict(first: &Shape<'_>, second: &Shape<'_>) -> Option<Diagnostic> {
    let mut old = by_name(first);
    for (name, member) in by_name(second) {
        let Some(old) = old.remove(name) else {
            let label = format!("member `{name}` is only defined here");
            return Some(conflicting(
                second,
                member.span,
                label,
                (first.span, "first defined here".to_owned()),
            ));
        };
        let (old, new) = (&old.target, &member.target);
        if old.id != new.id {
            let related = (old.span, format!("targets `{}` here", old.id));
            return Some(conflicting(second, new.span, format!("targets `{}` here", new.id), related));
        }
    }
    let (name, member) = old.pop_first()?;
    let related = (member.span, format!("member `{name}` is only defined here"));
    Some(conflicting(second, second.span, format!("no member `{name}` here"), related))
}

fn by_name<'s, 'a>(shape: &'s Shape<'a>) -> BTreeMap<&'a str, &'s Member<'a>> {
    shape.members.iter().map(|member| (member.name, member)).collect()
}

fn conflicting(
    second: &Shape<'_>,
    span: Span,
    label: String,
    (first_span, first_label): (Span, String),
) -> Diagnostic {
    Diagnostic::new(span, format!("conflicting definitions of shape `{}`", second.id))
        .label(label)
        .related(first_span, first_label)
        .help("make the definitions equal, or remove one of them")
}

/// Returns the values of each property of a shape besides its members and traits. Their order is not
/// significant.
fn properties(shape: &Shape<'_>) -> Vec<(&'static str, BTreeSet<String>)> {
    let ids = |targets: &[Target]| targets.iter().map(|target| target.id.to_string()).collect();
    let optional_id = |target: &Option<Target>| target.iter().map(|target| target.id.to_string()).collect();
    let mut properties = vec![("mixins", ids(&shape.mixins))];
    match &shape.body {
        Body::Data => {}
        Body::Service(service) => properties.extend([
            ("version", service.version.into_iter().map(str::to_owned).collect()),
            ("operations", ids(&service.operations)),
            ("resources", ids(&service.resources)),
            ("errors", ids(&service.errors)),
            ("rename", service.rename.iter().map(|(id, _, name)| format!("{id} {name}")).collect()),
        ]),
        Body::Resource(resource) => properties
            .extend([("operations", ids(&resource.operations)), ("resources", ids(&resource.resources))]),
        Body::Operation(operation) => properties.extend([
            ("input", optional_id(&operation.input)),
            ("output", optional_id(&operation.output)),
            ("errors", ids(&operation.errors)),
        ]),
    }
    properties
}

/// Merged metadata. Arrays with the same key are concatenated.
struct Metadata<'a> {
    entries: BTreeMap<&'a str, Entry<'a>>,
    /// The items of the arrays that are concatenated.
    arrays: BTreeMap<&'a str, Vec<Node<'a>>>,
}

impl<'a> Metadata<'a> {
    fn new(entries: Vec<Entry<'a>>) -> Self {
        Self {
            entries: entries.into_iter().map(|entry| (entry.key, entry)).collect(),
            arrays: BTreeMap::new(),
        }
    }

    fn add(&mut self, entry: Entry<'a>, diagnostics: &mut Diagnostics) {
        let Some(first) = self.entries.get(entry.key) else {
            self.entries.insert(entry.key, entry);
            return;
        };
        if let (Some(items), Some(more)) = (first.value.items(), entry.value.items()) {
            self.arrays.entry(entry.key).or_insert_with(|| items.to_vec()).extend(more);
        } else if !first.value.is_same_value(&entry.value) {
            let message = format!("conflicting values of metadata `{}`", entry.key.escape_debug());
            let diagnostic = Diagnostic::new(entry.value.span(), message)
                .label("conflicting value")
                .related(first.value.span(), "first defined here")
                .help("keep one of the two values");
            diagnostics.push(diagnostic);
        }
    }

    fn finish(mut self, arena: &'a Arena) -> Vec<Entry<'a>> {
        for (key, items) in self.arrays {
            if let Some(entry) = self.entries.get_mut(key) {
                entry.value = Node::new(entry.value.span(), Value::Array(arena.items(&items)));
            }
        }
        self.entries.into_values().collect()
    }
}

#[cfg(test)]
mod tests;
