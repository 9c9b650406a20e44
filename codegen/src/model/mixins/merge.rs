//! Merging of a shape with its mixins.

use crate::ast::{Body, Node, Operation, Resource, Service, Target};
use crate::model::raw::{MIXIN, Members, RawMember, RawModel, RawShape, TraitMap};
use crate::shape_id::ShapeId;
use crate::{Diagnostic, Diagnostics};
use std::collections::BTreeSet;

/// Returns the shape with the members, traits and properties of its mixins, in the given orders.
pub(super) fn merge<'a>(
    raw_model: &RawModel<'a>,
    id: &ShapeId,
    member_order: &[ShapeId],
    trait_order: &[ShapeId],
    diagnostics: &mut Diagnostics,
) -> Option<RawShape<'a>> {
    let own = raw_model.get(id)?;
    let member_order: Vec<&RawShape<'a>> = member_order.iter().filter_map(|id| raw_model.get(id)).collect();
    let trait_order: Vec<&RawShape<'a>> = trait_order.iter().filter_map(|id| raw_model.get(id)).collect();
    Some(RawShape {
        id: id.clone(),
        span: own.span,
        version: own.version,
        ty: own.ty,
        traits: traits(&trait_order, own, diagnostics),
        mixins: Vec::new(),
        members: members(&member_order, &trait_order, own, diagnostics),
        body: body(&member_order, &trait_order, own),
    })
}

fn traits<'a>(order: &[&RawShape<'a>], own: &RawShape<'a>, diagnostics: &mut Diagnostics) -> TraitMap<'a> {
    let mut traits = TraitMap::new();
    for shape in order {
        let local = if shape.id == own.id { BTreeSet::new() } else { local_traits(shape, diagnostics) };
        let inherited = shape.traits.iter().filter(|(id, _)| !local.contains(**id));
        traits.extend(inherited.map(|(id, applied)| (*id, *applied)));
    }
    traits
}

/// Returns the traits that shapes do not inherit from a mixin: its `localTraits` and `mixin` itself.
fn local_traits<'a>(mixin: &RawShape<'a>, diagnostics: &mut Diagnostics) -> BTreeSet<&'a str> {
    let mut local = BTreeSet::from([MIXIN]);
    let entries = mixin.traits.get(MIXIN).and_then(|applied| applied.value.entries()).unwrap_or_default();
    for entry in entries.iter().filter(|entry| entry.key == "localTraits") {
        let ids = entry.value.items().map(|ids| ids.iter().map(Node::string).collect::<Option<Vec<_>>>());
        match ids.flatten() {
            Some(ids) => local.extend(ids),
            None => diagnostics.push(entry.value.unexpected("`localTraits`", "an array of trait ids")),
        }
    }
    local
}

fn members<'a>(
    member_order: &[&RawShape<'a>],
    trait_order: &[&RawShape<'a>],
    own: &RawShape<'a>,
    diagnostics: &mut Diagnostics,
) -> Members<'a> {
    let mut members = Members::default();
    for shape in member_order {
        for member in shape.members.iter() {
            match members.get_mut(member.name) {
                Some(mixed_in) => check_redefinition(mixed_in, member, shape, diagnostics),
                None if member.target.is_none() => diagnostics.push(no_such_member(shape, member)),
                None => members.push(RawMember { traits: TraitMap::new(), ..member.clone() }),
            }
        }
    }
    for member in trait_order.iter().flat_map(|shape| shape.members.iter()) {
        if let Some(merged) = members.get_mut(member.name) {
            merged.traits.extend(member.traits.iter().map(|(id, applied)| (*id, *applied)));
        }
    }
    for member in own.members.iter() {
        if let Some(merged) = members.get_mut(member.name) {
            merged.span = member.span;
        }
    }
    members
}

/// Checks that a redefined member keeps its target.
fn check_redefinition<'a>(
    earlier: &mut RawMember<'a>,
    later: &RawMember<'a>,
    owner: &RawShape<'a>,
    diagnostics: &mut Diagnostics,
) {
    let (Some(old), Some(new)) = (&earlier.target, &later.target) else { return };
    if old.id != new.id {
        let message = format!("conflicting targets of mixed-in member `{}${}`", owner.id, later.name);
        let diagnostic = Diagnostic::new(new.span, message)
            .label(format!("targets `{}` here", new.id))
            .related(old.span, format!("targets `{}` here", old.id))
            .help("use the same target, or rename one of the members");
        diagnostics.push(diagnostic);
    }
}

fn no_such_member(owner: &RawShape<'_>, member: &RawMember<'_>) -> Diagnostic {
    let message = format!("shape `{}` has no member `{}`", owner.id, member.name.escape_debug());
    Diagnostic::new(member.span, message)
        .label("traits applied to it here")
        .related(owner.span, "not a member of this shape or its mixins")
        .help("apply the traits to an existing member, or remove the statement")
}

fn body<'a>(member_order: &[&RawShape<'a>], trait_order: &[&RawShape<'a>], own: &RawShape<'a>) -> Body<'a> {
    match &own.body {
        Body::Data => Body::Data,
        Body::Service(_) => Body::Service(Box::new(service(member_order, trait_order))),
        Body::Resource(resource) => Body::Resource(Resource::clone(resource)),
        Body::Operation(_) => Body::Operation(operation(member_order, trait_order)),
    }
}

fn service<'a>(member_order: &[&RawShape<'a>], trait_order: &[&RawShape<'a>]) -> Service<'a> {
    let services = |shapes: &[&RawShape<'a>]| -> Vec<Service<'a>> {
        let service = |shape: &&RawShape<'a>| match &shape.body {
            Body::Service(service) => Some(Service::clone(service)),
            _ => None,
        };
        shapes.iter().filter_map(service).collect()
    };
    let mut merged = Service::default();
    for service in services(member_order) {
        merged.operations.extend(service.operations);
        merged.resources.extend(service.resources);
        merged.errors.extend(service.errors);
    }
    for service in services(trait_order) {
        merged.version = service.version.or(merged.version);
        merged.rename.extend(service.rename);
    }
    remove_duplicates(&mut merged.operations);
    remove_duplicates(&mut merged.resources);
    remove_duplicates(&mut merged.errors);
    merged
}

fn operation(member_order: &[&RawShape<'_>], trait_order: &[&RawShape<'_>]) -> Operation {
    let operations = |shapes: &[&RawShape<'_>]| -> Vec<Operation> {
        let operation = |shape: &&RawShape<'_>| match &shape.body {
            Body::Operation(operation) => Some(operation.clone()),
            _ => None,
        };
        shapes.iter().filter_map(operation).collect()
    };
    let mut merged = Operation::default();
    let errors = operations(member_order).into_iter().flat_map(|operation| operation.errors);
    merged.errors.extend(errors);
    for operation in operations(trait_order) {
        merged.input = operation.input.or(merged.input);
        merged.output = operation.output.or(merged.output);
    }
    remove_duplicates(&mut merged.errors);
    merged
}

/// Keeps the first reference to each target.
fn remove_duplicates(targets: &mut Vec<Target>) {
    let mut seen = BTreeSet::new();
    targets.retain(|target| seen.insert(target.id.clone()));
}
