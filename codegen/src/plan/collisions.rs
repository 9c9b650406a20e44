//! Collisions of Rust names.

use super::names::{self, Namespace};
use super::types::{Module, TypeMap};
use crate::Diagnostics;
use crate::model::{EnumValue, Member, Model, Shape, ShapeKind};

/// Reports shapes, members, operations and endpoint parameters that map to the same Rust name.
///
/// Depends on names only, so it can report collisions in models that have other errors too.
pub(crate) fn check_names(model: &Model, diagnostics: &mut Diagnostics) {
    check_types(model, diagnostics);
    check_operations(model, diagnostics);
    check_client_params(model, diagnostics);
    for shape in model.shapes.values() {
        match &shape.kind {
            ShapeKind::Structure(members) => check_fields(shape, members, diagnostics),
            ShapeKind::Union(members) => {
                check_variants(shape, members.iter().map(|m| (&m.name, m.span)), diagnostics);
            }
            ShapeKind::Enum(values) => check_variants(shape, values.iter().map(name_span), diagnostics),
            ShapeKind::IntEnum(values) => check_variants(shape, values.iter().map(name_span), diagnostics),
            ShapeKind::Simple(_) | ShapeKind::List(_) | ShapeKind::Map(..) => {}
        }
    }
}

fn check_types(model: &Model, diagnostics: &mut Diagnostics) {
    let (mut types, mut errors) = (Namespace::new("type"), Namespace::new("error type"));
    let map = TypeMap::new(model);
    for shape in model.shapes.values() {
        if let Some((module, name)) = map.name(&shape.id) {
            let namespace = if *module == Module::Types { &mut types } else { &mut errors };
            namespace.insert(name, shape.id.as_str(), shape.span, diagnostics);
        }
    }
    for operation in model.operations.values().filter(|operation| !operation.errors.is_empty()) {
        errors.insert(&names::error_name(&operation.id), operation.id.as_str(), operation.span, diagnostics);
    }
}

fn check_operations(model: &Model, diagnostics: &mut Diagnostics) {
    let (mut types, mut methods) = (Namespace::new("operation"), Namespace::new("method"));
    for operation in model.operations.values() {
        let (origin, span) = (operation.id.as_str(), operation.span);
        types.insert(&names::type_name(operation.id.name()), origin, span, diagnostics);
        methods.insert(&names::method_name(operation.id.name()), origin, span, diagnostics);
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

fn check_fields(shape: &Shape, members: &[Member], diagnostics: &mut Diagnostics) {
    let mut fields = Namespace::new("field");
    for member in members {
        let setter = names::setter_name(&names::snake_name(&member.name));
        fields.insert(&setter, &format!("{}${}", shape.id, member.name), member.span, diagnostics);
    }
}

fn check_variants<'a>(
    shape: &Shape,
    members: impl Iterator<Item = (&'a String, crate::Span)>,
    diagnostics: &mut Diagnostics,
) {
    let mut variants = Namespace::new("variant");
    for (name, span) in members {
        variants.insert(&names::variant_name(name), &format!("{}${name}", shape.id), span, diagnostics);
    }
}

fn name_span<T>(value: &EnumValue<T>) -> (&String, crate::Span) {
    (&value.name, value.span)
}
