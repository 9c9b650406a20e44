//! Enums and intEnums.

use super::names::{self, Namespace};
use super::{Context, Enum, EnumVariant, prose};
use crate::Diagnostics;
use crate::model::{EnumValue, Shape, ShapeId, ShapeKind};

/// The variant for values that the model does not list.
const UNKNOWN: &str = "Unknown";

/// Every enum of the model, in the order of their names.
pub(super) fn enums(context: &Context<'_>, mistakes: &mut Diagnostics) -> Vec<Enum<String>> {
    let values =
        |kind: &'_ ShapeKind| if let ShapeKind::Enum(values) = kind { Some(values.clone()) } else { None };
    collect(context, values, mistakes)
}

/// Every intEnum of the model, in the order of their names.
pub(super) fn int_enums(context: &Context<'_>, mistakes: &mut Diagnostics) -> Vec<Enum<i32>> {
    let values =
        |kind: &'_ ShapeKind| if let ShapeKind::IntEnum(values) = kind { Some(values.clone()) } else { None };
    collect(context, values, mistakes)
}

fn collect<T: Clone>(
    context: &Context<'_>,
    values: impl Fn(&ShapeKind) -> Option<Vec<EnumValue<T>>>,
    mistakes: &mut Diagnostics,
) -> Vec<Enum<T>> {
    let mut enums: Vec<_> = context
        .model
        .shapes
        .values()
        .filter_map(|shape| {
            let (_, name) = context.types.name(&shape.id)?.clone();
            Some(Enum {
                name,
                docs: prose::shape(shape),
                deprecated: prose::deprecation(&shape.traits),
                variants: variants(shape, values(&shape.kind)?, mistakes),
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

fn variants<T>(shape: &Shape, values: Vec<EnumValue<T>>, mistakes: &mut Diagnostics) -> Vec<EnumVariant<T>> {
    let mut namespace = Namespace::new("variants");
    let variants = values.into_iter().map(|value| {
        let name = open_variant_name(&value.name);
        namespace.insert(&name, &format!("{}${}", shape.id, value.name), value.span, mistakes);
        EnumVariant {
            name,
            docs: prose::enum_value(&value.name, &value.traits),
            deprecated: prose::deprecation(&value.traits),
            value: value.value,
        }
    });
    variants.collect()
}

/// The variant for a member of an enum or union, beside the one for what the model does not list.
pub(super) fn open_variant_name(member: &str) -> String {
    let name = names::variant_name(member);
    if name == UNKNOWN { "UnknownValue".to_owned() } else { name }
}
