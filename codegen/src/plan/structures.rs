//! Structures and their fields.

use super::context::Context;
use super::data::{Field, Presence, Structure};
use super::types::RustType;
use super::{arguments, defaults, documentation, names, prose};
use crate::docs::Names;
use crate::model::{Member, Shape, ShapeId, ShapeKind};

/// Plans every structure of the model, sorted by name.
pub(super) fn structures(context: &Context<'_>) -> Vec<Structure> {
    let mut structures: Vec<_> = context
        .model
        .shapes
        .values()
        .filter_map(|shape| match &shape.kind {
            ShapeKind::Structure(members) => structure(context, shape, members),
            _ => None,
        })
        .collect();
    structures.sort_by(|a, b| a.name.cmp(&b.name));
    structures
}

fn structure(context: &Context<'_>, shape: &Shape, members: &[Member]) -> Option<Structure> {
    let (module, name) = context.types.name(&shape.id)?.clone();
    let mut prose = prose::of_shape(shape);
    let fields = members
        .iter()
        .map(|member| prose::of_member(&mut prose, member, |prose| field(context, shape, member, prose)));
    let fields: Vec<_> = fields.collect();
    let required: Vec<_> = fields.iter().filter(|field| field.presence == Presence::Required).collect();
    let has_optional = fields.iter().any(|field| field.presence == Presence::Optional);
    let from = match required[..] {
        [field] if is_input(context, &shape.id) => from(&field.ty),
        _ => Vec::new(),
    };
    Some(Structure {
        module,
        name,
        docs: documentation::shape(context, shape, &prose),
        deprecated: documentation::deprecation(&shape.traits),
        constructor_docs: constructor_docs(!required.is_empty(), has_optional),
        has_default: required.is_empty(),
        from,
        fields,
        schema: context.statics.aggregate(shape, members)?,
    })
}

fn constructor_docs(has_required: bool, has_optional: bool) -> &'static str {
    match (has_required, has_optional) {
        (true, true) => "Creates a value from its required members; optional members are unset.",
        (true, false) => "Creates a value from its required members.",
        (false, true) => "Creates a value with all optional members unset.",
        (false, false) => "Creates the default value.",
    }
}

/// Returns the types that an input with one required member of type `ty` implements `From` for.
fn from(ty: &RustType) -> Vec<RustType> {
    let text = (*ty == RustType::Std("String")).then_some(RustType::Str);
    std::iter::once(ty.clone()).chain(text).collect()
}

/// Returns true if the structure is the input of an operation.
fn is_input(context: &Context<'_>, id: &ShapeId) -> bool {
    context.model.operations.values().any(|operation| &operation.input == id)
}

fn field(context: &Context<'_>, shape: &Shape, member: &Member, prose: &Names) -> Field {
    let name = names::snake_name(&member.name);
    Field {
        setter: names::setter_name(&name),
        name,
        docs: documentation::member(context.model, member, prose),
        deprecated: documentation::deprecation(&member.traits),
        ty: context.types.rust_type(&member.target),
        argument: arguments::argument(context.model, &context.types, &member.target),
        boxed: context.cycles.must_box(&shape.id, &member.target),
        presence: presence(context, shape, member),
    }
}

/// Returns how the field of a member is initialized.
///
/// A required member is a constructor argument, in inputs too. A default in an input is applied by the
/// service, which may change it; defaults of other structures are applied by the client. See
/// [nullability](https://smithy.io/2.0/spec/aggregate-types.html#structure-member-optionality).
fn presence(context: &Context<'_>, shape: &Shape, member: &Member) -> Presence {
    let traits = &member.traits;
    if traits.client_optional || traits.idempotency_token {
        return Presence::Optional;
    }
    let is_input = shape.traits.input;
    match &traits.default {
        Some(value) if !is_input || traits.required => {
            let kind = &context.model.shape(&member.target).kind;
            let ty = context.types.rust_type(&member.target);
            match defaults::value(value, traits.default_number.as_deref(), kind, &ty, traits.timestamp_format)
            {
                Some(value) => Presence::Default(value),
                None => Presence::Optional,
            }
        }
        None if traits.required => Presence::Required,
        _ => Presence::Optional,
    }
}

impl Field {
    /// Returns the type of the field, including `Option` and `Box`.
    pub(crate) fn full_type(&self) -> RustType {
        let ty = if self.boxed { self.ty.clone().boxed() } else { self.ty.clone() };
        if self.presence == Presence::Optional { ty.option() } else { ty }
    }
}
