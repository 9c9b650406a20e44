//! Unions and their variants.

use super::context::Context;
use super::data::{Union, UnionVariant};
use super::documentation;
use super::names;
use super::prose;
use super::types::RustType;
use crate::docs::Names;
use crate::model::{Member, Shape, ShapeKind};
use std::collections::BTreeSet;

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
    let schema = context.statics.aggregate(shape, members, (&name, names))?;
    let variants = members.iter().zip(names).map(|(member, name)| {
        prose::of_member(&mut prose, member, |prose| variant(context, shape, member, name, prose))
    });
    let mut variants: Vec<_> = variants.collect();
    number_methods(&mut variants);
    Some(Union {
        name,
        docs: documentation::shape(context, shape, &prose),
        deprecated: documentation::deprecation(&shape.traits),
        variants,
        schema,
    })
}

fn variant(context: &Context<'_>, shape: &Shape, member: &Member, name: &str, prose: &Names) -> UnionVariant {
    let ty = context.types.rust_type(&member.target);
    let boxed = context.cycles.must_box(&shape.id, &member.target);
    let prefix = if ty == RustType::Unit { "is" } else { "as" };
    UnionVariant {
        method: format!("{prefix}_{}", names::snake_name(name).trim_start_matches("r#")),
        name: name.to_owned(),
        docs: documentation::member(context.model, member, prose),
        deprecated: documentation::deprecation(&member.traits),
        ty: if boxed { RustType::boxed(ty) } else { ty },
    }
}

/// Numbers the methods whose names differ from a previous one only in the case of the variant's name.
fn number_methods(variants: &mut [UnionVariant]) {
    let mut used = BTreeSet::new();
    for variant in variants {
        let numbered = (2..=u32::MAX).map(|number| format!("{}_{number}", variant.method));
        let mut names = std::iter::once(variant.method.clone()).chain(numbered);
        if let Some(name) = names.find(|name| !used.contains(name)) {
            used.insert(name.clone());
            variant.method = name;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_of_similar_variants_are_numbered() {
        let variant = |name: &str| UnionVariant {
            name: name.to_owned(),
            docs: String::new(),
            deprecated: None,
            ty: RustType::Unit,
            method: format!("is_{}", names::snake_name(name)),
        };
        let mut variants = [variant("IPv4"), variant("Ipv4"), variant("Other")];
        number_methods(&mut variants);
        assert_eq!(variants.map(|variant| variant.method), ["is_ipv4", "is_ipv4_2", "is_other"]);
    }
}
