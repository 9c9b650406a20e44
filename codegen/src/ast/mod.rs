//! Stage 1: the JSON AST as written, with the source span of each element.
//!
//! [`parse`] reports structural errors: invalid JSON, properties of the wrong type, duplicate definitions.
//! References and trait values are checked by the next stage. Trait values stay undecoded [`Node`]s, because
//! a model may apply any number of traits that the generator does not use. Properties that the
//! [specification](https://smithy.io/2.0/spec/json-ast.html) does not list are accepted, as in the reference
//! loader.

mod decode;
mod node;
mod shapes;
mod syntax;
mod utf8;

pub use node::{Entry, Node};
pub use utf8::decode_utf8;

use crate::shape_id::ShapeId;
use crate::{Diagnostics, Span};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A parsed model file: its [top level properties](https://smithy.io/2.0/spec/json-ast.html#top-level-properties).
#[derive(Clone, Debug)]
pub struct Ast<'a> {
    /// The Smithy version of the file.
    pub version: Version,
    /// The shapes, in source order.
    pub shapes: Vec<Shape<'a>>,
    /// The apply statements, in source order.
    pub applies: Vec<Apply<'a>>,
    /// Structural errors in single shapes. Except for services, those shapes are not in `shapes`. The next
    /// stage reports these diagnostics together with its own.
    pub diagnostics: Diagnostics,
    /// The ids of the shapes with such errors. A reference to one of them is not reported as unresolved.
    pub invalid_shapes: BTreeSet<ShapeId>,
}

/// A version of the [Smithy specification](https://smithy.io/2.0/spec/model.html#smithy-version).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 1.0
    V1,
    /// 2.0
    V2,
}

/// An [AST shape](https://smithy.io/2.0/spec/json-ast.html#ast-shapes).
#[derive(Clone, Debug)]
pub struct Shape<'a> {
    /// The shape id.
    pub id: ShapeId,
    /// The span of the id, which is the key of the definition.
    pub span: Span,
    /// The shape type.
    pub ty: ShapeType,
    /// The traits applied to the shape.
    pub traits: Vec<Trait<'a>>,
    /// The mixins of the shape.
    pub mixins: Vec<Target>,
    /// The members: `member` of a list, `key` and `value` of a map, the named members of other shapes.
    pub members: Vec<Member<'a>>,
    /// The properties specific to services, resources and operations.
    pub body: Body<'a>,
}

/// A [shape type](https://smithy.io/2.0/spec/model.html#shape-types).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the specification")]
pub enum ShapeType {
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

/// A trait applied to a shape or member, with its value undecoded.
#[derive(Clone, Debug)]
pub struct Trait<'a> {
    /// The trait's shape id.
    pub id: Cow<'a, str>,
    /// The span of the id.
    pub span: Span,
    /// The trait value.
    pub value: Node<'a>,
}

/// A [member](https://smithy.io/2.0/spec/json-ast.html#ast-member).
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// The member name.
    pub name: Cow<'a, str>,
    /// The span of the name.
    pub span: Span,
    /// The target shape.
    pub target: Target,
    /// The traits applied to the member.
    pub traits: Vec<Trait<'a>>,
}

/// A [shape reference](https://smithy.io/2.0/spec/json-ast.html#ast-shape-reference).
#[derive(Clone, Debug)]
pub struct Target {
    /// The id of the target shape.
    pub id: ShapeId,
    /// The span of the id.
    pub span: Span,
}

/// The properties of a shape besides its members and traits.
#[derive(Clone, Debug)]
pub enum Body<'a> {
    /// None: a simple or aggregate shape.
    Data,
    /// A [service](https://smithy.io/2.0/spec/json-ast.html#service-shape).
    Service(Box<Service<'a>>),
    /// A [resource](https://smithy.io/2.0/spec/json-ast.html#resource-shape).
    Resource(Resource),
    /// An [operation](https://smithy.io/2.0/spec/json-ast.html#operation-shape).
    Operation(Operation),
}

/// The properties of a service.
#[derive(Clone, Debug, Default)]
pub struct Service<'a> {
    /// The version of the service.
    pub version: Option<Cow<'a, str>>,
    /// The operations bound to the service.
    pub operations: Vec<Target>,
    /// The resources bound to the service.
    pub resources: Vec<Target>,
    /// The errors that every operation of the service may return.
    pub errors: Vec<Target>,
    /// The `rename` property: shape id, span of the id, new name.
    pub rename: Vec<(ShapeId, Span, Cow<'a, str>)>,
}

/// The properties of a resource.
#[derive(Clone, Debug, Default)]
pub struct Resource {
    /// The operations: lifecycle operations first, then `operations` and `collectionOperations`.
    pub operations: Vec<Target>,
    /// The resources bound to the resource.
    pub resources: Vec<Target>,
}

/// The properties of an operation.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    /// The input shape.
    pub input: Option<Target>,
    /// The output shape.
    pub output: Option<Target>,
    /// The error shapes.
    pub errors: Vec<Target>,
}

/// An [apply statement](https://smithy.io/2.0/spec/json-ast.html#ast-apply-type).
#[derive(Clone, Debug)]
pub struct Apply<'a> {
    /// The shape that the traits are applied to, or the container of the member.
    pub shape: ShapeId,
    /// The name of the member, if the traits are applied to one.
    pub member: Option<String>,
    /// The span of the id.
    pub span: Span,
    /// The applied traits.
    pub traits: Vec<Trait<'a>>,
}

/// Parses the text of a model. A byte order mark at the start is skipped.
///
/// # Errors
/// Returns an error if the text is not valid JSON or its Smithy version is missing or unsupported. Structural
/// errors in single shapes are collected in [`Ast::diagnostics`] instead: the other shapes are parsed, and
/// resolution returns them as an error.
pub fn parse(source: &str) -> Result<Ast<'_>, Diagnostics> {
    syntax::check(source)?;
    decode::file(Node::root(source))
}
