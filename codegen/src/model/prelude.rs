//! Shapes of the [prelude](https://smithy.io/2.0/spec/model.html#prelude), which is part of every model.

use super::raw::{AppliedTrait, Members, RawShape, TraitMap};
use crate::Span;
use crate::ast::{Body, ShapeType, Value, Version};
use crate::shape_id::ShapeId;
use std::collections::BTreeMap;

/// The name of the unit shape.
pub(super) const UNIT: &str = "Unit";

const PLAIN: [(&str, ShapeType); 7] = [
    ("String", ShapeType::String),
    ("Blob", ShapeType::Blob),
    ("BigInteger", ShapeType::BigInteger),
    ("BigDecimal", ShapeType::BigDecimal),
    ("Timestamp", ShapeType::Timestamp),
    ("Document", ShapeType::Document),
    (UNIT, ShapeType::Structure),
];

const ZERO: Value<'static> = Value::Number("0");

/// Types with a boxed and a primitive shape, and the default value of the latter.
const BOXED: [(&str, &str, ShapeType, Value<'static>); 7] = [
    ("Boolean", "PrimitiveBoolean", ShapeType::Boolean, Value::Boolean(false)),
    ("Byte", "PrimitiveByte", ShapeType::Byte, ZERO),
    ("Short", "PrimitiveShort", ShapeType::Short, ZERO),
    ("Integer", "PrimitiveInteger", ShapeType::Integer, ZERO),
    ("Long", "PrimitiveLong", ShapeType::Long, ZERO),
    ("Float", "PrimitiveFloat", ShapeType::Float, ZERO),
    ("Double", "PrimitiveDouble", ShapeType::Double, ZERO),
];

/// Returns the shapes of the prelude. Boxed shapes have the `@box` trait, as in Smithy 1.0.
pub(super) fn shapes<'a>() -> BTreeMap<ShapeId, RawShape<'a>> {
    let plain = PLAIN.iter().map(|(name, ty)| shape(name, *ty, TraitMap::new()));
    let boxed = BOXED.iter().flat_map(|(boxed, primitive, ty, zero)| {
        [
            shape(boxed, *ty, single_trait("smithy.api#box", Value::Object(&[]))),
            shape(primitive, *ty, single_trait("smithy.api#default", *zero)),
        ]
    });
    plain.chain(boxed).collect()
}

fn shape<'a>(name: &str, ty: ShapeType, traits: TraitMap<'a>) -> (ShapeId, RawShape<'a>) {
    let id = ShapeId::prelude(name);
    let raw_shape = RawShape {
        id: id.clone(),
        span: Span::default(),
        version: Version::V2,
        ty,
        traits,
        mixins: Vec::new(),
        members: Members::default(),
        body: Body::Data,
    };
    (id, raw_shape)
}

fn single_trait<'a>(id: &'static str, value: Value<'static>) -> TraitMap<'a> {
    TraitMap::from([(id, AppliedTrait::implicit(Span::default(), value))])
}
