//! Merges a shape with its mixins, given in order.

use super::MIXIN;
use crate::ast::{Body, Operation, Resource, Service, Target};
use crate::model::ShapeId;
use crate::model::draft::{Draft, DraftMember, Drafts, Members, TraitMap};
use crate::{Diagnostic, Diagnostics};
use std::collections::BTreeSet;

/// The shape as if all had been written in it.
pub(super) fn merge<'a>(
    drafts: &Drafts<'a>,
    id: &ShapeId,
    first: &[ShapeId],
    last: &[ShapeId],
    diagnostics: &mut Diagnostics,
) -> Option<Draft<'a>> {
    let own = drafts.get(id)?;
    let first: Vec<&Draft<'a>> = first.iter().filter_map(|id| drafts.get(id)).collect();
    let last: Vec<&Draft<'a>> = last.iter().filter_map(|id| drafts.get(id)).collect();
    Some(Draft {
        id: id.clone(),
        span: own.span,
        ty: own.ty,
        traits: traits(&last, own, diagnostics),
        mixins: Vec::new(),
        members: members(&first, &last, own, diagnostics),
        body: body(&first, &last, own),
    })
}

fn traits<'a>(last: &[&Draft<'a>], own: &Draft<'a>, diagnostics: &mut Diagnostics) -> TraitMap<'a> {
    let mut traits = TraitMap::new();
    for draft in last {
        let local = if draft.id == own.id { BTreeSet::new() } else { local_traits(draft, diagnostics) };
        let inherited = draft.traits.iter().filter(|(id, _)| !local.contains(id.as_ref()));
        traits.extend(inherited.map(|(id, applied)| (id.clone(), *applied)));
    }
    traits
}

/// The traits that a mixin keeps to itself.
fn local_traits(mixin: &Draft<'_>, diagnostics: &mut Diagnostics) -> BTreeSet<String> {
    let mut local = BTreeSet::from([MIXIN.to_owned()]);
    let entries = mixin.traits.get(MIXIN).and_then(|applied| applied.value.entries()).unwrap_or_default();
    for entry in entries.iter().filter(|entry| entry.key == "localTraits") {
        let ids = entry.value.items().unwrap_or_default();
        let ids: Option<Vec<_>> = ids.iter().map(|id| id.string().map(|id| id.into_owned())).collect();
        match ids {
            Some(ids) if entry.value.raw().starts_with('[') => local.extend(ids),
            _ => diagnostics.push(entry.value.unexpected("`localTraits`", "an array of trait ids")),
        }
    }
    local
}

fn members<'a>(
    first: &[&Draft<'a>],
    last: &[&Draft<'a>],
    own: &Draft<'a>,
    diagnostics: &mut Diagnostics,
) -> Members<'a> {
    let mut members = Members::default();
    for draft in first {
        for member in draft.members.iter() {
            match members.get_mut(&member.name) {
                Some(mixed_in) => redefine(mixed_in, member, draft, diagnostics),
                None if member.target.is_none() => diagnostics.push(no_such_member(draft, member)),
                None => members.push(DraftMember { traits: TraitMap::new(), ..member.clone() }),
            }
        }
    }
    for member in last.iter().flat_map(|draft| draft.members.iter()) {
        if let Some(merged) = members.get_mut(&member.name) {
            merged.traits.extend(member.traits.iter().map(|(id, applied)| (id.clone(), *applied)));
        }
    }
    for member in own.members.iter() {
        if let Some(merged) = members.get_mut(&member.name) {
            merged.span = member.span;
        }
    }
    members
}

/// Checks that a member which is defined once more keeps its target.
fn redefine<'a>(
    earlier: &mut DraftMember<'a>,
    later: &DraftMember<'a>,
    owner: &Draft<'a>,
    diagnostics: &mut Diagnostics,
) {
    let (Some(old), Some(new)) = (&earlier.target, &later.target) else { return };
    if old.id != new.id {
        let message = format!("member `{}${}` has another target than in a mixin", owner.id, later.name);
        let diagnostic = Diagnostic::new(new.span, message)
            .label(format!("targets `{}` here", new.id))
            .related(old.span, format!("targets `{}` here", old.id))
            .help("a member that is mixed in may be defined again only with the same target");
        diagnostics.push(diagnostic);
    }
}

fn no_such_member(owner: &Draft<'_>, member: &DraftMember<'_>) -> Diagnostic {
    let message = format!("shape `{}` has no member `{}`", owner.id, member.name.escape_debug());
    Diagnostic::new(member.span, message)
        .label("traits are applied to it here")
        .related(owner.span, "neither the shape nor its mixins have it")
        .help("apply the traits to a member that the shape has, or remove the statement")
}

fn body<'a>(first: &[&Draft<'a>], last: &[&Draft<'a>], own: &Draft<'a>) -> Body<'a> {
    match &own.body {
        Body::Data => Body::Data,
        Body::Service(_) => Body::Service(Box::new(service(first, last))),
        Body::Resource(resource) => Body::Resource(Resource::clone(resource)),
        Body::Operation(_) => Body::Operation(operation(first, last)),
    }
}

fn service<'a>(first: &[&Draft<'a>], last: &[&Draft<'a>]) -> Service<'a> {
    let services = |drafts: &[&Draft<'a>]| -> Vec<Service<'a>> {
        let service = |draft: &&Draft<'a>| match &draft.body {
            Body::Service(service) => Some(Service::clone(service)),
            _ => None,
        };
        drafts.iter().filter_map(service).collect()
    };
    let mut merged = Service::default();
    for service in services(first) {
        merged.operations.extend(service.operations);
        merged.resources.extend(service.resources);
        merged.errors.extend(service.errors);
    }
    for service in services(last) {
        merged.version = service.version.or(merged.version);
        merged.rename.extend(service.rename);
    }
    unique(&mut merged.operations);
    unique(&mut merged.resources);
    unique(&mut merged.errors);
    merged
}

fn operation(first: &[&Draft<'_>], last: &[&Draft<'_>]) -> Operation {
    let operations = |drafts: &[&Draft<'_>]| -> Vec<Operation> {
        let operation = |draft: &&Draft<'_>| match &draft.body {
            Body::Operation(operation) => Some(operation.clone()),
            _ => None,
        };
        drafts.iter().filter_map(operation).collect()
    };
    let mut merged = Operation::default();
    merged.errors.extend(operations(first).into_iter().flat_map(|operation| operation.errors));
    for operation in operations(last) {
        merged.input = operation.input.or(merged.input);
        merged.output = operation.output.or(merged.output);
    }
    unique(&mut merged.errors);
    merged
}

/// Keeps the first of each target.
fn unique(targets: &mut Vec<Target>) {
    let mut seen = BTreeSet::new();
    targets.retain(|target| seen.insert(target.id.clone()));
}
