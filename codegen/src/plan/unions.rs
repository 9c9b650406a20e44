//! Unions and their variants.

use super::context::Context;
use super::data::{Union, UnionVariant};
use super::documentation;
use super::prose;
use super::types::RustType;
use crate::docs::Names;
use crate::model::{Member, Shape, ShapeKind};

/// Plans every union of the model, sorted by name.
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
    let name = context.types.name(&shape.id)?.clone();
    let mut prose = prose::of_shape(context, shape);
    let names = context.members.of(&shape.id);
    let variants = members.iter().zip(names).map(|(member, name)| {
        prose::of_member(&mut prose, member, |prose| variant(context, shape, member, name, prose))
    });
    let variants = variants.collect();
    Some(Union {
        name,
        docs: documentation::shape(context, shape, &prose),
        deprecated: documentation::deprecation(&shape.traits),
        variants,
        schema: context.statics.aggregate(shape, members)?,
    })
}

fn variant(context: &Context<'_>, shape: &Shape, member: &Member, name: &str, prose: &Names) -> UnionVariant {
    let ty = context.types.rust_type(&member.target);
    let boxed = context.cycles.must_box(&shape.id, &member.target);
    UnionVariant {
        name: name.to_owned(),
        docs: documentation::member(context.model, member, prose),
        deprecated: documentation::deprecation(&member.traits),
        ty: if boxed { RustType::boxed(ty) } else { ty },
    }
}
