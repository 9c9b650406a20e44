//! Unions and their variants.

use super::{Context, RustType, Union, UnionVariant, names, prose};
use crate::model::{Member, Shape, ShapeKind};

/// Every union of the model, in the order of their names.
pub(super) fn unions(context: &Context<'_>) -> Vec<Union> {
    let mut unions: Vec<_> = context
        .model
        .shapes
        .values()
        .filter_map(|shape| match &shape.kind {
            ShapeKind::Union(members) => union(context, shape, members),
            _ => None,
        })
        .collect();
    unions.sort_by(|a, b| a.name.cmp(&b.name));
    unions
}

fn union(context: &Context<'_>, shape: &Shape, members: &[Member]) -> Option<Union> {
    let (_, name) = context.types.name(&shape.id)?.clone();
    Some(Union {
        name,
        docs: prose::shape(shape),
        deprecated: prose::deprecation(&shape.traits),
        variants: members.iter().map(|member| variant(context, shape, member)).collect(),
        schema: context.statics.aggregate(shape, members)?,
    })
}

fn variant(context: &Context<'_>, shape: &Shape, member: &Member) -> UnionVariant {
    let ty = context.types.of(&member.target);
    let boxed = context.cycles.boxes(&shape.id, &member.target);
    UnionVariant {
        name: names::variant_name(&member.name),
        docs: prose::member(context.model, member),
        deprecated: prose::deprecation(&member.traits),
        ty: if boxed { RustType::boxed(ty) } else { ty },
    }
}
