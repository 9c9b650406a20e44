//! Stage 2: what the model means, for one service.
//!
//! Here mixins and `apply` are merged, Smithy 1.0 is upgraded to 2.0, traits are typed, and only the
//! closure of one service is left. All that is checked about a model is checked by the time a
//! [`Model`] exists: later stages may rely on every target being present and of the right kind.

mod apply;
mod auth;
mod closure;
mod customizations;
mod draft;
pub mod endpoint;
#[cfg(test)]
mod hostile_tests;
mod mixins;
mod prelude;
mod protocol_tests;
mod resolve;
mod service;
mod shape_id;
mod suggest;
mod survey;
mod targets;
#[cfg(test)]
pub(crate) mod testing;
mod trait_values;
mod traits;
mod typed;
mod upgrade;
pub mod uri;
mod validate;
mod words;

pub use auth::AuthScheme;
pub use protocol_tests::*;
pub use resolve::resolve;
pub use service::Selection;
pub use shape_id::{ShapeId, is_identifier};
pub use survey::{Survey, SurveyedCase, survey};
pub use traits::*;

use crate::Span;
use std::collections::BTreeMap;

/// One service and every shape that it reaches.
#[derive(Clone, Debug)]
pub struct Model {
    /// The service.
    pub service: Service,
    /// Operations of the service and of its resources, by id.
    pub operations: BTreeMap<ShapeId, Operation>,
    /// All other shapes in the closure, by id, prelude shapes included. No mixins, traits or resources.
    pub shapes: BTreeMap<ShapeId, Shape>,
    /// What was left out of the model and why, a line each, such as operations with event streams.
    pub skipped: Vec<String>,
}

impl Model {
    /// The shape behind a target. Resolution made sure that it exists.
    pub fn shape(&self, id: &ShapeId) -> &Shape {
        &self.shapes[id]
    }
}

/// A [service](https://smithy.io/2.0/spec/service-types.html#service).
#[derive(Clone, Debug)]
pub struct Service {
    /// Its shape id.
    pub id: ShapeId,
    /// Its version, as the model writes it; may be empty.
    pub version: String,
    /// Its traits.
    pub traits: Traits,
    /// How requests are authenticated, best first.
    pub auth: Vec<AuthScheme>,
    /// Where requests go, if the model says so.
    pub endpoints: Option<endpoint::Endpoints>,
    /// The protocol that the client will speak: the best supported one that the service offers.
    pub protocol: Protocol,
    /// Shapes that this service calls by another name.
    pub rename: BTreeMap<ShapeId, String>,
    /// Where it stands in the source.
    pub span: Span,
}

/// The protocols that the generator supports, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as its trait")]
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
    /// Its shape id.
    pub id: ShapeId,
    /// The input structure; `smithy.api#Unit` when it has none.
    pub input: ShapeId,
    /// The output structure; `smithy.api#Unit` when it has none.
    pub output: ShapeId,
    /// How requests are authenticated, best first, where that is not as the service has it. Empty: not at all.
    pub auth: Option<Vec<AuthScheme>>,
    /// Errors of the operation, then those that the service declares for all; none twice.
    pub errors: Vec<ShapeId>,
    /// Its traits.
    pub traits: Traits,
    /// Where it stands in the source.
    pub span: Span,
}

/// A data shape.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its shape id.
    pub id: ShapeId,
    /// What it is and holds.
    pub kind: ShapeKind,
    /// Its traits.
    pub traits: Traits,
    /// Where it stands in the source; empty for prelude shapes.
    pub span: Span,
}

/// What a data shape is and holds.
#[derive(Clone, Debug)]
pub enum ShapeKind {
    /// A [simple type](https://smithy.io/2.0/spec/simple-types.html) other than enum and intEnum.
    Simple(SimpleKind),
    /// An [enum](https://smithy.io/2.0/spec/simple-types.html#enum).
    Enum(Vec<EnumValue<String>>),
    /// An [intEnum](https://smithy.io/2.0/spec/simple-types.html#intenum).
    IntEnum(Vec<EnumValue<i32>>),
    /// A [list](https://smithy.io/2.0/spec/aggregate-types.html#list); `set` of 1.0 is one too.
    List(Box<Member>),
    /// A [map](https://smithy.io/2.0/spec/aggregate-types.html#map): key, value.
    Map(Box<Member>, Box<Member>),
    /// A [structure](https://smithy.io/2.0/spec/aggregate-types.html#structure), its members in the
    /// order of the model, mixed-in ones first.
    Structure(Vec<Member>),
    /// A [union](https://smithy.io/2.0/spec/aggregate-types.html#union).
    Union(Vec<Member>),
}

/// The [simple types](https://smithy.io/2.0/spec/simple-types.html).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as the specification names it")]
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

/// One value of an enum or intEnum.
#[derive(Clone, Debug)]
pub struct EnumValue<T> {
    /// The member's name.
    pub name: String,
    /// What stands on the wire.
    pub value: T,
    /// The member's traits.
    pub traits: Traits,
    /// Where it stands in the source.
    pub span: Span,
}

/// A member of an aggregate shape.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name in the model.
    pub name: String,
    /// What it holds.
    pub target: ShapeId,
    /// Traits applied to the member itself; those of its target are on the target.
    pub traits: Traits,
    /// Where it stands in the source.
    pub span: Span,
}
