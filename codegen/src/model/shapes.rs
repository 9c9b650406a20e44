//! The resolved model: a service and the shapes in its closure.

use super::endpoint::Endpoints;
use super::traits::{AuthScheme, Traits};
use crate::Span;
use crate::protocols::Protocol;
use crate::shape_id::ShapeId;
use std::collections::BTreeMap;
use std::fmt;

/// A service and every shape in its closure.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    /// The service.
    pub(crate) service: Service,
    /// The operations of the service and of its resources, by shape id.
    pub(crate) operations: BTreeMap<ShapeId, Operation>,
    /// The data shapes in the closure, by shape id, including those of the prelude. Contains no mixins or
    /// traits.
    pub(crate) shapes: BTreeMap<ShapeId, Shape>,
    /// The unsupported parts of the model, which were skipped.
    pub(crate) skipped: Vec<Skipped>,
}

/// An unsupported part of a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Skipped {
    /// The part of the operation: "operation" for all of it.
    pub(crate) part: &'static str,
    /// The shape id of the operation.
    pub(crate) operation: ShapeId,
    /// The reason.
    pub(crate) reason: String,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`: {}", self.part, self.operation, self.reason)
    }
}

impl Model {
    /// Returns the shape with this id, which must be in the closure.
    pub(crate) fn shape(&self, id: &ShapeId) -> &Shape {
        &self.shapes[id]
    }
}

/// A [service](https://smithy.io/2.0/spec/service-types.html#service).
#[derive(Clone, Debug)]
pub(crate) struct Service {
    /// The shape id.
    pub(crate) id: ShapeId,
    /// The version as written in the model; may be empty.
    pub(crate) version: String,
    /// The traits.
    pub(crate) traits: Traits,
    /// The auth schemes, in order of preference.
    pub(crate) auth: Vec<AuthScheme>,
    /// The endpoint rules, if the model has them.
    pub(crate) endpoints: Option<Endpoints>,
    /// The protocol of the generated client: the requested one, or the most preferred one that is supported.
    pub(crate) protocol: &'static Protocol,
    /// True if requests omit defaults of nested structures, unless the settings say otherwise.
    pub(crate) omits_nested_defaults: bool,
    /// The `rename` property: names of shapes within this service.
    pub(crate) rename: BTreeMap<ShapeId, String>,
}

/// An [operation](https://smithy.io/2.0/spec/service-types.html#operation).
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// The shape id.
    pub(crate) id: ShapeId,
    /// The input structure; `smithy.api#Unit` if the operation has none.
    pub(crate) input: ShapeId,
    /// The output structure; `smithy.api#Unit` if the operation has none.
    pub(crate) output: ShapeId,
    /// The auth schemes in order of preference, if they differ from the service's. Empty if requests are not
    /// authenticated.
    pub(crate) auth: Option<Vec<AuthScheme>>,
    /// The errors of the operation, then the errors common to all operations of the service, without
    /// duplicates.
    pub(crate) errors: Vec<ShapeId>,
    /// The traits.
    pub(crate) traits: Traits,
    /// The location in the source.
    pub(crate) span: Span,
}

/// A data shape.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// The shape id.
    pub(crate) id: ShapeId,
    /// The shape type and its members.
    pub(crate) kind: ShapeKind,
    /// The traits.
    pub(crate) traits: Traits,
    /// The location in the source; empty for prelude shapes.
    pub(crate) span: Span,
}

/// The type of a data shape, with its members.
#[derive(Clone, Debug)]
pub(crate) enum ShapeKind {
    /// A [simple type](https://smithy.io/2.0/spec/simple-types.html) other than enum and intEnum.
    Simple(SimpleKind),
    /// An [enum](https://smithy.io/2.0/spec/simple-types.html#enum).
    Enum(Vec<EnumValue<String>>),
    /// An [intEnum](https://smithy.io/2.0/spec/simple-types.html#intenum).
    IntEnum(Vec<EnumValue<i32>>),
    /// A [list](https://smithy.io/2.0/spec/aggregate-types.html#list), or a `set` of Smithy 1.0.
    List(Box<Member>),
    /// A [map](https://smithy.io/2.0/spec/aggregate-types.html#map): its key and value members.
    Map(Box<Member>, Box<Member>),
    /// A [structure](https://smithy.io/2.0/spec/aggregate-types.html#structure). Its members are in model
    /// order, after the members of its mixins.
    Structure(Vec<Member>),
    /// A [union](https://smithy.io/2.0/spec/aggregate-types.html#union).
    Union(Vec<Member>),
}

/// The [simple types](https://smithy.io/2.0/spec/simple-types.html).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SimpleKind {
    Blob,
    Boolean,
    String,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    BigInteger,
    BigDecimal,
    Timestamp,
    Document,
}

/// A value of an enum or intEnum.
#[derive(Clone, Debug)]
pub(crate) struct EnumValue<T> {
    /// The member name.
    pub(crate) name: String,
    /// The serialized value.
    pub(crate) value: T,
    /// The member's traits.
    pub(crate) traits: Traits,
    /// The location in the source.
    pub(crate) span: Span,
}

/// A member of an aggregate shape.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// The name in the model.
    pub(crate) name: String,
    /// The target shape.
    pub(crate) target: ShapeId,
    /// The traits applied to the member itself, without those of its target.
    pub(crate) traits: Traits,
    /// The location in the source.
    pub(crate) span: Span,
}
