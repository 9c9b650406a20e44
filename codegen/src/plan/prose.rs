//! Names of members in the prose of a model: documentation mentions wire names, which become links to Rust names.

use super::context::Context;
use crate::docs::{Name, Names};
use crate::model::{Member, Operation, Shape, ShapeId, ShapeKind};
use std::collections::BTreeMap;

/// Returns the names of a shape's members, with links that are valid in the documentation of its type.
pub(super) fn of_shape(context: &Context<'_>, shape: &Shape) -> Names {
    let names = |members: &[Member], prefix: &str| {
        let name = |name: &String| {
            let name = plain(name);
            Name { target: Some(format!("{prefix}Self::{name}")), name }
        };
        let rust_names = context.members.of(&shape.id);
        members.iter().zip(rust_names).map(|(member, rust)| (member.name.clone(), name(rust))).collect()
    };
    match &shape.kind {
        ShapeKind::Structure(members) => names(members, "field@"),
        ShapeKind::Union(members) => names(members, ""),
        _ => Names::new(),
    }
}

/// Calls the function with the names for the documentation of a member, which does not link to itself.
pub(super) fn of_member<T>(names: &mut Names, member: &Member, function: impl FnOnce(&Names) -> T) -> T {
    let target = names.get_mut(&member.name).and_then(|name| name.target.take());
    let result = function(names);
    if let Some(name) = names.get_mut(&member.name) {
        name.target = target;
    }
    result
}

/// Returns the names of the members of an operation's input and output and of their payloads. A name with several
/// meanings has no link.
pub(super) fn of_operation(context: &Context<'_>, operation: &Operation) -> Names {
    let mut found: BTreeMap<String, Vec<Name>> = BTreeMap::new();
    for id in [&operation.input, &operation.output] {
        add(context, id, &mut found);
        for member in members(context, id).iter().filter(|member| member.traits.http_payload) {
            add(context, &member.target, &mut found);
        }
    }
    let names = found.into_iter().filter_map(|(wire, names)| match &names[..] {
        [name] => Some((wire, name.clone())),
        [first, rest @ ..] if rest.iter().all(|name| name.name == first.name) => {
            Some((wire, Name { name: first.name.clone(), target: None }))
        }
        _ => None,
    });
    names.collect()
}

fn add(context: &Context<'_>, id: &ShapeId, found: &mut BTreeMap<String, Vec<Name>>) {
    let Some(ty) = context.types.name(id) else { return };
    for (member, name) in members(context, id).iter().zip(context.members.of(id)) {
        let name = plain(name);
        let target = Some(format!("field@super::types::{ty}::{name}"));
        found.entry(member.name.clone()).or_default().push(Name { name, target });
    }
}

fn members<'a>(context: &'a Context<'_>, id: &ShapeId) -> &'a [Member] {
    match &context.model.shape(id).kind {
        ShapeKind::Structure(members) => members,
        _ => &[],
    }
}

/// Returns a name as it is in documentation.
fn plain(name: &str) -> String {
    name.trim_start_matches("r#").to_owned()
}
