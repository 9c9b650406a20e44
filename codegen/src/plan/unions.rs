//! Unions and their variants.

use super::names::Namespace;
use super::{Context, RustType, Union, UnionVariant, enums, prose};
use crate::Diagnostics;
use crate::model::{Member, Shape, ShapeKind};

/// Every union of the model, in the order of their names.
pub(super) fn unions(context: &Context<'_>, mistakes: &mut Diagnostics) -> Vec<Union> {
    let mut unions: Vec<_> = context
        .model
        .shapes
        .values()
        .filter_map(|shape| match &shape.kind {
            ShapeKind::Union(members) => union(context, shape, members, mistakes),
            _ => None,
        })
        .collect();
    unions.sort_by(|a, b| a.name.cmp(&b.name));
    unions
}

fn union(
    context: &Context<'_>,
    shape: &Shape,
    members: &[Member],
    mistakes: &mut Diagnostics,
) -> Option<Union> {
    let (_, name) = context.types.name(&shape.id)?.clone();
    let mut namespace = Namespace::new("variants");
    let variants = members.iter().map(|member| {
        let variant = variant(context, shape, member);
        namespace.insert(&variant.name, &format!("{}${}", shape.id, member.name), member.span, mistakes);
        variant
    });
    Some(Union {
        name,
        docs: prose::shape(shape),
        deprecated: prose::deprecation(&shape.traits),
        variants: variants.collect(),
        schema: context.statics.aggregate(shape, members)?,
    })
}

fn variant(context: &Context<'_>, shape: &Shape, member: &Member) -> UnionVariant {
    let ty = context.types.of(&member.target);
    let boxed = context.cycles.boxes(&shape.id, &member.target);
    UnionVariant {
        name: enums::open_variant_name(&member.name),
        docs: prose::member(context.model, member),
        deprecated: prose::deprecation(&member.traits),
        ty: if boxed { RustType::boxed(ty) } else { ty },
    }
}
