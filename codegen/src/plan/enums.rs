//! Enums and intEnums.

use super::context::Context;
use super::data::{Enum, EnumVariant};
use super::documentation;
use crate::docs::Names;
use crate::model::{EnumValue, ShapeId, ShapeKind};

/// Plans every enum of the model, sorted by name.
pub(super) fn enums(context: &Context<'_>) -> Vec<Enum<String>> {
    let values =
        |kind: &'_ ShapeKind| if let ShapeKind::Enum(values) = kind { Some(values.clone()) } else { None };
    collect(context, values)
}

/// Plans every intEnum of the model, sorted by name.
pub(super) fn int_enums(context: &Context<'_>) -> Vec<Enum<i32>> {
    let values =
        |kind: &'_ ShapeKind| if let ShapeKind::IntEnum(values) = kind { Some(values.clone()) } else { None };
    collect(context, values)
}

fn collect<T: Clone + ToString>(
    context: &Context<'_>,
    values: impl Fn(&ShapeKind) -> Option<Vec<EnumValue<T>>>,
) -> Vec<Enum<T>> {
    let mut enums: Vec<_> = context
        .model
        .shapes
        .values()
        .filter_map(|shape| {
            let name = context.types.name(&shape.id)?.clone();
            Some(Enum {
                name,
                docs: documentation::shape(context, shape, &Names::new()),
                deprecated: documentation::deprecation(&shape.traits),
                variants: variants(values(&shape.kind)?, context.members.of(&shape.id)),
                sensitive: shape.traits.sensitive,
                is_key: is_key(context, &shape.id),
            })
        })
        .collect();
    enums.sort_by(|a, b| a.name.cmp(&b.name));
    enums
}

fn is_key(context: &Context<'_>, id: &ShapeId) -> bool {
    context
        .model
        .shapes
        .values()
        .any(|shape| matches!(&shape.kind, ShapeKind::Map(key, _) if &key.target == id))
}

fn variants<T: ToString>(values: Vec<EnumValue<T>>, names: &[String]) -> Vec<EnumVariant<T>> {
    let variants = values.into_iter().zip(names).map(|(value, name)| EnumVariant {
        name: name.clone(),
        docs: documentation::enum_value(&value.value.to_string(), &value.traits),
        deprecated: documentation::deprecation(&value.traits),
        value: value.value,
    });
    variants.collect()
}
