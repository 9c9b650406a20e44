//! The resolved model: a service and the shapes in its closure.

use super::endpoint::Endpoints;
use super::traits::{AuthScheme, Traits};
use crate::Span;
use crate::shape_id::ShapeId;
use std::collections::BTreeMap;

/// A service and every shape in its closure.
#[derive(Clone, Debug)]
pub struct Model {
    /// The service.
    pub service: Service,
    /// The operations of the service and of its resources, by shape id.
    pub operations: BTreeMap<ShapeId, Operation>,
    /// The data shapes in the closure, by shape id, including those of the prelude. Contains no mixins or
    /// traits.
    pub shapes: BTreeMap<ShapeId, Shape>,
    /// Descriptions of unsupported parts of the model that were skipped, such as operations with event
    /// streams.
    pub skipped: Vec<String>,
}

impl Model {
    /// Returns the shape with this id, which must be in the closure.
    pub fn shape(&self, id: &ShapeId) -> &Shape {
        &self.shapes[id]
    }
}

/// A [service](https://smithy.io/2.0/spec/service-types.html#service).
#[derive(Clone, Debug)]
pub struct Service {
    /// The shape id.
    pub id: ShapeId,
    /// The version as written in the model; may be empty.
    pub version: String,
    /// The traits.
    pub traits: Traits,
    /// The auth schemes, in order of preference.
    pub auth: Vec<AuthScheme>,
    /// The endpoint rules, if the model has them.
    pub endpoints: Option<Endpoints>,
    /// The protocol of the generated client: the requested one, or the most preferred one that is supported.
    pub protocol: Protocol,
    /// The `rename` property: names of shapes within this service.
    pub rename: BTreeMap<ShapeId, String>,
    /// The location in the source.
    pub span: Span,
}

/// The supported protocols, in order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is named after its trait")]
pub enum Protocol {
    RpcV2Cbor,
    RpcV2Json,
    AwsJson1_0,
    AwsJson1_1,
    RestJson1,
}

/// An [operation](https://smithy.io/2.0/spec/service-types.html#operation).
#[derive(Clone, Debug)]
pub struct Operation {
    /// The shape id.
    pub id: ShapeId,
    /// The input structure; `smithy.api#Unit` if the operation has none.
    pub input: ShapeId,
    /// The output structure; `smithy.api#Unit` if the operation has none.
    pub output: ShapeId,
    /// The auth schemes in order of preference, if they differ from the service's. Empty if requests are not
    /// authenticated.
    pub auth: Option<Vec<AuthScheme>>,
    /// The errors of the operation, then the errors common to all operations of the service, without
    /// duplicates.
    pub errors: Vec<ShapeId>,
    /// The traits.
    pub traits: Traits,
    /// The location in the source.
    pub span: Span,
}

/// A data shape.
#[derive(Clone, Debug)]
pub struct Shape {
    /// The shape id.
    pub id: ShapeId,
    /// The shape type and its members.
    pub kind: ShapeKind,
    /// The traits.
    pub traits: Traits,
    /// The location in the source; empty for prelude shapes.
    pub span: Span,
}

/// The type of a data shape, with its members.
#[derive(Clone, Debug)]
pub enum ShapeKind {
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
#[expect(missing_docs, reason = "each variant is named as in the specification")]
pub enum SimpleKind {
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
pub struct EnumValue<T> {
    /// The member name.
    pub name: String,
    /// The serialized value.
    pub value: T,
    /// The member's traits.
    pub traits: Traits,
    /// The location in the source.
    pub span: Span,
}

/// A member of an aggregate shape.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name in the model.
    pub name: String,
    /// The target shape.
    pub target: ShapeId,
    /// The traits applied to the member itself, without those of its target.
    pub traits: Traits,
    /// The location in the source.
    pub span: Span,
}
