//! Shapes of the [prelude](https://smithy.io/2.0/spec/model.html#prelude), which is part of every model.

use super::raw::{AppliedTrait, Members, RawShape, TraitMap};
use crate::Span;
use crate::ast::{Body, Node, ShapeType};
use crate::shape_id::ShapeId;
use std::borrow::Cow;
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

/// Types with a boxed and a primitive shape, and the default value of the latter.
const BOXED: [(&str, &str, ShapeType, &str); 7] = [
    ("Boolean", "PrimitiveBoolean", ShapeType::Boolean, "false"),
    ("Byte", "PrimitiveByte", ShapeType::Byte, "0"),
    ("Short", "PrimitiveShort", ShapeType::Short, "0"),
    ("Integer", "PrimitiveInteger", ShapeType::Integer, "0"),
    ("Long", "PrimitiveLong", ShapeType::Long, "0"),
    ("Float", "PrimitiveFloat", ShapeType::Float, "0"),
    ("Double", "PrimitiveDouble", ShapeType::Double, "0"),
];

/// Returns the shapes of the prelude. Boxed shapes have the `@box` trait, as in Smithy 1.0.
pub(super) fn shapes<'a>() -> BTreeMap<ShapeId, RawShape<'a>> {
    let plain = PLAIN.iter().map(|(name, ty)| shape(name, *ty, TraitMap::new()));
    let boxed = BOXED.iter().flat_map(|(boxed, primitive, ty, zero)| {
        [
            shape(boxed, *ty, single_trait("smithy.api#box", "{}")),
            shape(primitive, *ty, single_trait("smithy.api#default", zero)),
        ]
    });
    plain.chain(boxed).collect()
}

fn shape<'a>(name: &str, ty: ShapeType, traits: TraitMap<'a>) -> (ShapeId, RawShape<'a>) {
    let id = ShapeId::prelude(name);
    let raw_shape = RawShape {
        id: id.clone(),
        span: Span::default(),
        ty,
        traits,
        mixins: Vec::new(),
        members: Members::default(),
        body: Body::Data,
    };
    (id, raw_shape)
}

fn single_trait<'a>(id: &'static str, raw: &'static str) -> TraitMap<'a> {
    let span = Span::default();
    TraitMap::from([(Cow::Borrowed(id), AppliedTrait { span, value: Node::synthetic(raw, span) })])
}
