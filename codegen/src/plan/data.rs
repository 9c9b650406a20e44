//! What a plan holds: every file, type and name of a crate, decided.

use super::{Module, RustType};
use crate::Runtime;
use crate::model::endpoint::{Endpoints, ParameterKind, ParameterValue, PathStep};
use crate::model::{AuthScheme, Fault, HttpRequestTest, HttpResponseTest, Protocol, TimestampFormat};
use std::collections::BTreeSet;

/// A crate, decided.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The crate.
    pub krate: Crate,
    /// Structures that are not errors, by name.
    pub structures: Vec<Structure>,
    /// Error structures, by name.
    pub errors: Vec<Structure>,
    /// Unions, by name.
    pub unions: Vec<Union>,
    /// Enums, by name.
    pub enums: Vec<Enum<String>>,
    /// intEnums, by name.
    pub int_enums: Vec<Enum<i32>>,
    /// Schemas of lists and maps, by name.
    pub collections: Vec<Schema>,
    /// Operations, by name.
    pub operations: Vec<Operation>,
    /// Where requests go, if the model says so.
    pub endpoints: Option<Endpoints>,
    /// What a user of the client sets for that, by name.
    pub client_params: Vec<ClientParam>,
    /// The protocol tests that the model carries.
    pub protocol_tests: Vec<ProtocolTest>,
    /// Names of generated types that hide a type Rust or the runtime calls the same.
    pub shadows: BTreeSet<String>,
}

/// What stands in the crate's manifest and on its first page.
#[derive(Clone, Debug)]
pub struct Crate {
    /// The package's name.
    pub name: String,
    /// One line for the manifest.
    pub description: String,
    /// What the service is, in Markdown; may be empty.
    pub docs: String,
    /// The service's title, in Markdown.
    pub title: String,
    /// The service's shape id.
    pub service_id: String,
    /// The service's version.
    pub version: String,
    /// What the AWS SDKs call the service, if it is one of AWS's.
    pub sdk_id: Option<String>,
    /// How requests are authenticated, best first.
    pub auth: Vec<AuthScheme>,
    /// The protocol that the client speaks.
    pub protocol: Protocol,
    /// Whether errors keep the codes that they had in awsQuery.
    pub query_compatible: bool,
    /// Where the runtime is.
    pub runtime: Runtime,
    /// The features of the runtime that the crate needs.
    pub features: Vec<&'static str>,
    /// The features of the runtime that are left to users of the crate, by name, and whether each is on unless
    /// they say otherwise.
    pub choices: Vec<(&'static str, bool)>,
    /// The command that generates the crate again.
    pub command: String,
    /// A call to show, if there is one that can be shown in a few lines.
    pub example: Option<Example>,
}

/// A call of an operation, as Rust source.
#[derive(Clone, Debug)]
pub struct Example {
    /// The names of `types` that it uses.
    pub imports: Vec<String>,
    /// What the client must be told, as a method of its builder.
    pub setting: &'static str,
    /// The expression that makes the call, without `.await?`.
    pub call: String,
}

/// A structure.
#[derive(Clone, Debug)]
pub struct Structure {
    /// The module it is in.
    pub module: Module,
    /// The type's name.
    pub name: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// Whether and why not to use it.
    pub deprecated: Option<Deprecation>,
    /// Its fields, in the order of the schema's members.
    pub fields: Vec<Field>,
    /// Its schema.
    pub schema: Schema,
    /// Whether it converts from its only constructor argument: it is an input with one required member.
    pub from_argument: bool,
}

/// A field of a structure.
#[derive(Clone, Debug)]
pub struct Field {
    /// The field's name.
    pub name: String,
    /// The setter's name: the field's, unless that is `new`.
    pub setter: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// Whether and why not to use it.
    pub deprecated: Option<Deprecation>,
    /// What it holds, without the `Option` or `Box` around it.
    pub ty: RustType,
    /// Whether it is in a box, because its type would hold itself otherwise.
    pub boxed: bool,
    /// How it comes to have a value.
    pub presence: Presence,
}

/// How a field comes to have a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    /// The constructor takes it.
    Required,
    /// It may be left out.
    Optional,
    /// It has this value unless set.
    Default(Literal),
}

/// A value that a model gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// The type's own zero: `0`, `false`, an empty string, list or map.
    Zero,
    /// `true`
    True,
    /// An integer.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// A string, which the type converts from.
    String(String),
    /// An intEnum's value, which the type converts from.
    IntEnum(i32),
    /// Bytes.
    Blob(Vec<u8>),
    /// Seconds and nanoseconds since the epoch.
    Timestamp(i64, u32),
    /// A big number, as text.
    BigNumber(String),
    /// A document.
    Document(serde_json::Value),
}

/// `#[deprecated]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deprecation {
    /// Since when, why, and what to use instead; may be empty.
    pub note: String,
}

/// A union.
#[derive(Clone, Debug)]
pub struct Union {
    /// The type's name.
    pub name: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// Whether and why not to use it.
    pub deprecated: Option<Deprecation>,
    /// Its variants, in the order of the schema's members.
    pub variants: Vec<UnionVariant>,
    /// Its schema.
    pub schema: Schema,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// The variant's name.
    pub name: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// Whether and why not to use it.
    pub deprecated: Option<Deprecation>,
    /// What it holds; [`RustType::Unit`] is a variant without a value.
    pub ty: RustType,
}

/// An enum with values of type `T`.
#[derive(Clone, Debug)]
pub struct Enum<T> {
    /// The type's name.
    pub name: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// Whether and why not to use it.
    pub deprecated: Option<Deprecation>,
    /// Its known values.
    pub variants: Vec<EnumVariant<T>>,
    /// Whether values must not be shown.
    pub sensitive: bool,
    /// Whether it is the key of a map.
    pub is_key: bool,
}

/// A known value of an enum.
#[derive(Clone, Debug)]
pub struct EnumVariant<T> {
    /// The variant's name.
    pub name: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// Whether and why not to use it.
    pub deprecated: Option<Deprecation>,
    /// What stands on the wire.
    pub value: T,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its type's name.
    pub name: String,
    /// The client's method.
    pub method: String,
    /// Its static's name.
    pub static_name: String,
    /// The shape id.
    pub id: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// Whether and why not to use it.
    pub deprecated: Option<Deprecation>,
    /// What it takes.
    pub input: RustType,
    /// The input's schema.
    pub input_schema: Target,
    /// What it gives.
    pub output: RustType,
    /// The output's schema.
    pub output_schema: Target,
    /// The errors that it declares.
    pub errors: Option<OperationErrors>,
    /// Method, URI pattern and status of success.
    pub http: Option<(String, String, u16)>,
    /// Its traits, for the runtime.
    pub traits: Vec<OperationTrait>,
}

/// A trait of an operation, named as the runtime names it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as the specification names it")]
pub enum OperationTrait {
    Idempotent,
    HostPrefix(String),
    HttpChecksumRequired,
    RequestCompression(Vec<String>),
    Header(String, String),
    TreeHash,
    SingleUse(Vec<usize>),
    EndpointMember(String),
    Auth(Vec<AuthScheme>),
    OptionalAuth,
    UnsignedPayload,
    StaticContextParam(String, ParameterValue),
    OperationContextParam(String, Vec<PathStep>),
}

/// A parameter of the endpoint rules that a user of the client sets.
#[derive(Clone, Debug)]
pub struct ClientParam {
    /// The name in the rules.
    pub name: String,
    /// The builder's method.
    pub method: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// What it takes.
    pub kind: ParameterKind,
}

/// The errors of an operation, an enum.
#[derive(Clone, Debug)]
pub struct OperationErrors {
    /// The type's name.
    pub name: String,
    /// Each error structure's type and schema.
    pub variants: Vec<(String, Target)>,
}

/// A protocol test.
#[derive(Clone, Debug)]
pub struct ProtocolTest {
    /// The function's name.
    pub name: String,
    /// What it is about, in Markdown; may be empty.
    pub docs: String,
    /// The name of the operation's type.
    pub operation: String,
    /// The id of the shape that carries the case: the operation, or an error.
    pub shape: String,
    /// What is tested.
    pub case: ProtocolCase,
}

impl ProtocolTest {
    /// The case's id in the model.
    pub fn id(&self) -> &str {
        match &self.case {
            ProtocolCase::Request(case) => &case.message.id,
            ProtocolCase::Response(case, _) => &case.message.id,
        }
    }
}

/// What a protocol test tests.
#[derive(Clone, Debug)]
pub enum ProtocolCase {
    /// The request that an input becomes.
    Request(HttpRequestTest),
    /// The output that a response holds, or the error of that shape id.
    Response(HttpResponseTest, Option<String>),
}

/// The static schema of an aggregate shape.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The static's name.
    pub static_name: String,
    /// The shape id.
    pub id: String,
    /// The kind, as the runtime calls it.
    pub kind: &'static str,
    /// Traits of the shape.
    pub traits: Vec<SchemaTrait>,
    /// Its members.
    pub members: Vec<SchemaMember>,
}

/// A member in a schema.
#[derive(Clone, Debug)]
pub struct SchemaMember {
    /// The member's name in the model.
    pub name: String,
    /// The schema of what it holds.
    pub target: Target,
    /// Its traits.
    pub traits: Vec<SchemaTrait>,
}

/// Where a schema is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A static of the runtime's, for a shape of the prelude.
    Prelude(&'static str),
    /// A static of the generated crate.
    Static(String),
}

/// A trait in a schema, named as the runtime names it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as the specification names it")]
pub enum SchemaTrait {
    Sensitive,
    Sparse,
    IdempotencyToken,
    WhenEmpty(String),
    ContextParam { name: String, required: bool },
    HostLabel,
    Streaming,
    RequiresLength,
    JsonName(String),
    MediaType(String),
    TimestampFormat(TimestampFormat),
    HttpHeader(String),
    HttpLabel,
    HttpPayload,
    HttpPrefixHeaders(String),
    HttpQuery(String),
    HttpQueryParams,
    HttpResponseCode,
    Error(Fault),
    QueryErrorCode(String),
    Retryable { throttling: bool },
}
