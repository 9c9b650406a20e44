//! Stage 1: the JSON AST exactly as it is written, with the place of each thing in the source.
//!
//! [`parse`] finds mistakes of form: text that is not JSON, properties of the wrong type, things that are
//! defined twice. What the model means, and whether it makes sense, is the next stage's business. Trait
//! values stay [`Node`]s, undecoded: a model may carry any number of traits that nobody reads.
//! Properties that the [specification](https://smithy.io/2.0/spec/json-ast.html) does not list are accepted,
//! as its reference loader accepts them.

mod decode;
mod node;
mod shapes;
mod syntax;
mod text;

pub use node::{Entry, Node};
pub use text::text;

use crate::model::ShapeId;
use crate::{Diagnostics, Span};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A model file: [top level properties](https://smithy.io/2.0/spec/json-ast.html#top-level-properties).
#[derive(Clone, Debug)]
pub struct Ast<'a> {
    /// The version of Smithy that the file is written in.
    pub version: Version,
    /// The shapes, in the order of the text.
    pub shapes: Vec<Shape<'a>>,
    /// The apply statements, in the order of the text.
    pub applies: Vec<Apply<'a>>,
    /// Mistakes of form in single shapes, which are left out of `shapes` unless they are services. The
    /// next stage reports them together with its own.
    pub diagnostics: Diagnostics,
    /// The ids of the shapes that have such mistakes, lest they be thought missing.
    pub unread: BTreeSet<ShapeId>,
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
    /// Its id.
    pub id: ShapeId,
    /// Where its id stands as the key of its definition.
    pub span: Span,
    /// Its type.
    pub ty: ShapeType,
    /// Its traits.
    pub traits: Vec<Trait<'a>>,
    /// The mixins that it uses.
    pub mixins: Vec<Target>,
    /// Its members: `member` of a list, `key` and `value` of a map, all of the others.
    pub members: Vec<Member<'a>>,
    /// What a service, resource or operation holds besides.
    pub body: Body<'a>,
}

/// The types that a shape can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as the specification names it")]
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

/// A trait applied to a shape or member, its value unread.
#[derive(Clone, Debug)]
pub struct Trait<'a> {
    /// The trait's shape id.
    pub id: Cow<'a, str>,
    /// Where that id stands.
    pub span: Span,
    /// Its value.
    pub value: Node<'a>,
}

/// A [member](https://smithy.io/2.0/spec/json-ast.html#ast-member).
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// Where its name stands.
    pub span: Span,
    /// The shape that it holds.
    pub target: Target,
    /// Its traits.
    pub traits: Vec<Trait<'a>>,
}

/// A [shape reference](https://smithy.io/2.0/spec/json-ast.html#ast-shape-reference).
#[derive(Clone, Debug)]
pub struct Target {
    /// The id that it names.
    pub id: ShapeId,
    /// Where that id stands.
    pub span: Span,
}

/// What shapes hold besides members and traits.
#[derive(Clone, Debug)]
pub enum Body<'a> {
    /// Nothing.
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
    /// Its version.
    pub version: Option<Cow<'a, str>>,
    /// Operations bound to it.
    pub operations: Vec<Target>,
    /// Resources bound to it.
    pub resources: Vec<Target>,
    /// Errors that each of its operations may return.
    pub errors: Vec<Target>,
    /// Shapes that it calls by another name: the id, where it stands, the name.
    pub rename: Vec<(ShapeId, Span, Cow<'a, str>)>,
}

/// The properties of a resource.
#[derive(Clone, Debug, Default)]
pub struct Resource {
    /// All operations: those of its lifecycle, then the others.
    pub operations: Vec<Target>,
    /// Resources bound to it.
    pub resources: Vec<Target>,
}

/// The properties of an operation.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    /// Its input.
    pub input: Option<Target>,
    /// Its output.
    pub output: Option<Target>,
    /// Its errors.
    pub errors: Vec<Target>,
}

/// An [apply statement](https://smithy.io/2.0/spec/json-ast.html#ast-apply-type).
#[derive(Clone, Debug)]
pub struct Apply<'a> {
    /// The shape that it applies traits to, or whose member.
    pub shape: ShapeId,
    /// The member, if it is one.
    pub member: Option<String>,
    /// Where the id stands.
    pub span: Span,
    /// The traits.
    pub traits: Vec<Trait<'a>>,
}

/// Reads a model's text; a byte order mark at its start is skipped.
///
/// # Errors
/// The text is not JSON, or not in a version of Smithy that is known. Mistakes of form in single shapes do
/// not keep the others from being read: they are in [`Ast::diagnostics`], and resolution fails with them.
pub fn parse(source: &str) -> Result<Ast<'_>, Diagnostics> {
    syntax::check(source)?;
    decode::file(Node::root(source))
}
