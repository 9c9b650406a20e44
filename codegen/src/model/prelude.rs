//! The public shapes of the [prelude](https://smithy.io/2.0/spec/model.html#prelude), which every model has.

use super::draft::{Applied, Draft, Members, TraitMap};
use crate::Span;
use crate::ast::{Body, Node, ShapeType};
use crate::model::ShapeId;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The shape of nothing.
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

/// Types with a boxed shape and a primitive one, whose default is given.
const BOXED: [(&str, &str, ShapeType, &str); 7] = [
    ("Boolean", "PrimitiveBoolean", ShapeType::Boolean, "false"),
    ("Byte", "PrimitiveByte", ShapeType::Byte, "0"),
    ("Short", "PrimitiveShort", ShapeType::Short, "0"),
    ("Integer", "PrimitiveInteger", ShapeType::Integer, "0"),
    ("Long", "PrimitiveLong", ShapeType::Long, "0"),
    ("Float", "PrimitiveFloat", ShapeType::Float, "0"),
    ("Double", "PrimitiveDouble", ShapeType::Double, "0"),
];

/// The shapes of the prelude. The boxed ones carry `@box`, as they do in Smithy 1.0.
pub(super) fn shapes<'a>() -> BTreeMap<ShapeId, Draft<'a>> {
    let plain = PLAIN.iter().map(|(name, ty)| shape(name, *ty, TraitMap::new()));
    let boxed = BOXED.iter().flat_map(|(boxed, primitive, ty, zero)| {
        [
            shape(boxed, *ty, one("smithy.api#box", "{}")),
            shape(primitive, *ty, one("smithy.api#default", zero)),
        ]
    });
    plain.chain(boxed).collect()
}

fn shape<'a>(name: &str, ty: ShapeType, traits: TraitMap<'a>) -> (ShapeId, Draft<'a>) {
    let id = ShapeId::prelude(name);
    let draft = Draft {
        id: id.clone(),
        span: Span::default(),
        ty,
        traits,
        mixins: Vec::new(),
        members: Members::default(),
        body: Body::Data,
    };
    (id, draft)
}

fn one<'a>(id: &'static str, raw: &'static str) -> TraitMap<'a> {
    let span = Span::default();
    TraitMap::from([(Cow::Borrowed(id), Applied { span, value: Node::synthetic(raw, span) })])
}
