//! Collisions of Rust names.

use super::member_names::{ChosenNames, MemberNames};
use super::names::{self, Namespace};
use super::operation_names::OperationNames;
use super::types::{TypeMap, is_type};
use crate::model::{EnumValue, Member, Model, Shape, ShapeKind};
use crate::{Diagnostic, Diagnostics, Span};

/// Reports invalid chosen names, and shapes, members, operations and endpoint parameters with the same Rust name.
///
/// Depends on names only, so it can report collisions in models that have other errors too.
pub(crate) fn check_names(model: &Model, chosen: &ChosenNames, diagnostics: &mut Diagnostics) {
    check_chosen(model, chosen, diagnostics);
    check_types(model, chosen, diagnostics);
    check_operations(model, chosen, diagnostics);
    check_client_params(model, diagnostics);
    let members = MemberNames::new(model, chosen);
    for shape in model.shapes.values() {
        let names = members.of(&shape.id);
        match &shape.kind {
            ShapeKind::Structure(members) => {
                check_members(shape, "field", members.iter().map(name_span), names, diagnostics);
            }
            ShapeKind::Union(members) => {
                check_members(shape, "variant", members.iter().map(name_span), names, diagnostics);
            }
            ShapeKind::Enum(values) => {
                check_members(shape, "variant", values.iter().map(value_name_span), names, diagnostics);
            }
            ShapeKind::IntEnum(values) => {
                check_members(shape, "variant", values.iter().map(value_name_span), names, diagnostics);
            }
            ShapeKind::Simple(_) | ShapeKind::List(_) | ShapeKind::Map(..) => {}
        }
    }
}

/// Reports chosen names of what has no name, and names that are not identifiers.
fn check_chosen(model: &Model, chosen: &ChosenNames, diagnostics: &mut Diagnostics) {
    for (id, name) in chosen {
        let reason = match (has_name(model, id), syn::parse_str::<syn::Ident>(name)) {
            (false, _) => {
                "it is not the id of an operation, or of a structure, union, enum or one of their members"
            }
            (true, Err(_)) => "it is not a Rust identifier",
            // Reserved for values that are not in the model.
            (true, Ok(_)) if name == "Unknown" && id.contains('$') => "`Unknown` is reserved",
            (true, Ok(_)) => continue,
        };
        let (id, name) = (id.escape_debug(), name.escape_debug());
        let message = match reason.starts_with("it is not the id") {
            true => format!("invalid chosen name: cannot name `{id}`: {reason}"),
            false => format!("invalid chosen name `{name}` of `{id}`: {reason}"),
        };
        diagnostics.push(Diagnostic::new(Span::default(), message).help("change the setting `names`"));
    }
}

/// Returns true if the id is that of an operation, of a shape with a type, or of a member of one.
fn has_name(model: &Model, id: &str) -> bool {
    let (shape, member) = id.split_once('$').map_or((id, None), |(shape, member)| (shape, Some(member)));
    let shape = model.shapes.values().find(|known| known.id.as_str() == shape && is_type(known));
    match (shape, member) {
        (None, None) => model.operations.keys().any(|known| known.as_str() == id),
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (Some(shape), Some(name)) => match &shape.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => {
                members.iter().any(|member| member.name == name)
            }
            ShapeKind::Enum(values) => values.iter().any(|value| value.name == name),
            ShapeKind::IntEnum(values) => values.iter().any(|value| value.name == name),
            ShapeKind::Simple(_) | ShapeKind::List(_) | ShapeKind::Map(..) => false,
        },
    }
}

fn check_types(model: &Model, chosen: &ChosenNames, diagnostics: &mut Diagnostics) {
    let mut types = Namespace::new("type");
    let map = TypeMap::new(model, chosen);
    for shape in model.shapes.values() {
        if let Some(name) = map.name(&shape.id) {
            types.insert(name, shape.id.as_str(), shape.span, diagnostics);
        }
    }
}

fn check_operations(model: &Model, chosen: &ChosenNames, diagnostics: &mut Diagnostics) {
    let mut types = Namespace::new("operation");
    let names = OperationNames::new(model, chosen);
    for operation in model.operations.values() {
        types.insert(names.ty(&operation.id), operation.id.as_str(), operation.span, diagnostics);
    }
}

fn check_client_params(model: &Model, diagnostics: &mut Diagnostics) {
    let mut methods = Namespace::new("builder method");
    let parameters = model.service.endpoints.iter().flat_map(|endpoints| &endpoints.client_parameters);
    for parameter in parameters {
        let name = names::builder_method_name(&parameter.name);
        methods.insert(&name, &parameter.name, parameter.span, diagnostics);
    }
}

/// Reports chosen names that are equal: the others are unique.
fn check_members<'a>(
    shape: &Shape,
    kind: &'static str,
    members: impl Iterator<Item = (&'a String, Span)>,
    names: &[String],
    diagnostics: &mut Diagnostics,
) {
    let mut namespace = Namespace::new(kind);
    for ((member, span), name) in members.zip(names) {
        let origin = format!("{}${member}", shape.id);
        namespace.insert(&names::setter_name(name), &origin, span, diagnostics);
    }
}

fn name_span(member: &Member) -> (&String, Span) {
    (&member.name, member.span)
}

fn value_name_span<T>(value: &EnumValue<T>) -> (&String, Span) {
    (&value.name, value.span)
}
