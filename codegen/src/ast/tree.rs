//! The syntax tree: the model as written, with the location of each element. No part of it depends on the
//! format of the file.

use super::arena::Arena;
use super::node::{Entry, Node};
use crate::diagnostic::Diagnostics;
use crate::shape_id::ShapeId;
use crate::source::Span;
use std::collections::BTreeSet;

/// The syntax tree of a file, or of several files that are merged.
#[derive(Clone, Debug)]
pub(crate) struct Ast<'a> {
    /// The memory of the tree.
    pub(crate) arena: &'a Arena,
    /// The [metadata](https://smithy.io/2.0/spec/model.html#metadata), in source order.
    pub(crate) metadata: Vec<Entry<'a>>,
    /// The shapes, in source order.
    pub(crate) shapes: Vec<Shape<'a>>,
    /// The apply statements, in source order.
    pub(crate) applies: Vec<Apply<'a>>,
    /// Structural errors in single shapes. Except for services, those shapes are not in `shapes`. The next
    /// stage reports these diagnostics together with its own.
    pub(crate) diagnostics: Diagnostics,
    /// The ids of the shapes with such errors. A reference to one of them is not reported as unresolved.
    pub(crate) invalid_shapes: BTreeSet<ShapeId>,
}

impl<'a> Ast<'a> {
    /// Creates an empty tree.
    pub(crate) fn new(arena: &'a Arena) -> Self {
        Self {
            arena,
            metadata: Vec::new(),
            shapes: Vec::new(),
            applies: Vec::new(),
            diagnostics: Diagnostics::default(),
            invalid_shapes: BTreeSet::new(),
        }
    }
}

/// A version of the [Smithy specification](https://smithy.io/2.0/spec/model.html#smithy-version).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    /// 1.0
    V1,
    /// 2.0
    V2,
}

/// A [shape](https://smithy.io/2.0/spec/model.html#shapes).
#[derive(Clone, Debug)]
pub(crate) struct Shape<'a> {
    /// The shape id.
    pub(crate) id: ShapeId,
    /// The span of the id.
    pub(crate) span: Span,
    /// The Smithy version of the file.
    pub(crate) version: Version,
    /// The shape type.
    pub(crate) ty: ShapeType,
    /// The traits applied to the shape.
    pub(crate) traits: Vec<Trait<'a>>,
    /// The mixins of the shape.
    pub(crate) mixins: Vec<Target>,
    /// The members: `member` of a list, `key` and `value` of a map, the named members of other shapes.
    pub(crate) members: Vec<Member<'a>>,
    /// The properties specific to services, resources and operations.
    pub(crate) body: Body<'a>,
}

/// A [shape type](https://smithy.io/2.0/spec/model.html#shape-types).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShapeType {
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
    Enum,
    IntEnum,
    List,
    Set,
    Map,
    Structure,
    Union,
    Service,
    Resource,
    Operation,
}

impl ShapeType {
    /// Returns the name with an article, for messages. A set is a list.
    pub(crate) fn description(self) -> &'static str {
        match self {
            Self::Blob => "a blob",
            Self::Boolean => "a boolean",
            Self::String => "a string",
            Self::Byte => "a byte",
            Self::Short => "a short",
            Self::Integer => "an integer",
            Self::Long => "a long",
            Self::Float => "a float",
            Self::Double => "a double",
            Self::BigInteger => "a bigInteger",
            Self::BigDecimal => "a bigDecimal",
            Self::Timestamp => "a timestamp",
            Self::Document => "a document",
            Self::Enum => "an enum",
            Self::IntEnum => "an intEnum",
            Self::List | Self::Set => "a list",
            Self::Map => "a map",
            Self::Structure => "a structure",
            Self::Union => "a union",
            Self::Service => "a service",
            Self::Resource => "a resource",
            Self::Operation => "an operation",
        }
    }
}

/// A trait applied to a shape or member, with its value uninterpreted.
#[derive(Clone, Debug)]
pub(crate) struct Trait<'a> {
    /// The trait's shape id.
    pub(crate) id: &'a str,
    /// The span of the id.
    pub(crate) span: Span,
    /// The value.
    pub(crate) value: Node<'a>,
}

/// A [member](https://smithy.io/2.0/spec/model.html#member-shapes).
#[derive(Clone, Debug)]
pub(crate) struct Member<'a> {
    /// The member name.
    pub(crate) name: &'a str,
    /// The span of the name.
    pub(crate) span: Span,
    /// The target shape.
    pub(crate) target: Target,
    /// The traits applied to the member.
    pub(crate) traits: Vec<Trait<'a>>,
}

/// A reference to a shape.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// The id of the target shape.
    pub(crate) id: ShapeId,
    /// The span of the id.
    pub(crate) span: Span,
}

/// The properties of a shape besides its members and traits.
#[derive(Clone, Debug)]
pub(crate) enum Body<'a> {
    /// None: a simple or aggregate shape.
    Data,
    /// A [service](https://smithy.io/2.0/spec/service-types.html#service).
    Service(Box<Service<'a>>),
    /// A [resource](https://smithy.io/2.0/spec/service-types.html#resource).
    Resource(Resource),
    /// An [operation](https://smithy.io/2.0/spec/service-types.html#operation).
    Operation(Operation),
}

/// The properties of a service.
#[derive(Clone, Debug, Default)]
pub(crate) struct Service<'a> {
    /// The version of the service.
    pub(crate) version: Option<&'a str>,
    /// The operations bound to the service.
    pub(crate) operations: Vec<Target>,
    /// The resources bound to the service.
    pub(crate) resources: Vec<Target>,
    /// The errors that every operation of the service may return.
    pub(crate) errors: Vec<Target>,
    /// The `rename` property: shape id, span of the id, new name.
    pub(crate) rename: Vec<(ShapeId, Span, &'a str)>,
}

/// The properties of a resource.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resource {
    /// The operations: lifecycle operations first, then `operations` and `collectionOperations`.
    pub(crate) operations: Vec<Target>,
    /// The resources bound to the resource.
    pub(crate) resources: Vec<Target>,
}

/// The properties of an operation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Operation {
    /// The input shape.
    pub(crate) input: Option<Target>,
    /// The output shape.
    pub(crate) output: Option<Target>,
    /// The error shapes.
    pub(crate) errors: Vec<Target>,
}

/// An [apply statement](https://smithy.io/2.0/spec/model.html#applying-traits-externally).
#[derive(Clone, Debug)]
pub(crate) struct Apply<'a> {
    /// The shape that the traits are applied to, or the container of the member.
    pub(crate) shape: ShapeId,
    /// The name of the member, if the traits are applied to one.
    pub(crate) member: Option<&'a str>,
    /// The span of the id.
    pub(crate) span: Span,
    /// The applied traits.
    pub(crate) traits: Vec<Trait<'a>>,
}
