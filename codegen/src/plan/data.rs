//! The plan of a crate: its types, names and operations.

use super::{Module, RustType};
use crate::Runtime;
use crate::model::endpoint::{Endpoints, ParameterKind, ParameterValue, PathStep};
use crate::model::{AuthScheme, Fault, HttpRequestTest, HttpResponseTest, Protocol, TimestampFormat};
use std::collections::BTreeSet;

/// The plan of a generated crate.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Package-level data.
    pub krate: Crate,
    /// Structures that are not errors, sorted by name.
    pub structures: Vec<Structure>,
    /// Error structures, sorted by name.
    pub errors: Vec<Structure>,
    /// Unions, sorted by name.
    pub unions: Vec<Union>,
    /// Enums, sorted by name.
    pub enums: Vec<Enum<String>>,
    /// intEnums, sorted by name.
    pub int_enums: Vec<Enum<i32>>,
    /// Schemas of lists and maps, sorted by name.
    pub collections: Vec<Schema>,
    /// Operations, sorted by name.
    pub operations: Vec<Operation>,
    /// Endpoint rules, if the model has any.
    pub endpoints: Option<Endpoints>,
    /// Endpoint parameters that are set on the client's builder, sorted by name.
    pub client_params: Vec<ClientParam>,
    /// Protocol tests of the model.
    pub protocol_tests: Vec<ProtocolTest>,
    /// Names of generated types that shadow a type of the standard prelude or the runtime.
    pub shadows: BTreeSet<String>,
}

/// Data of the manifest, the README and the crate's documentation.
#[derive(Clone, Debug)]
pub struct Crate {
    /// The package name.
    pub name: String,
    /// The description in the manifest, one line.
    pub description: String,
    /// The documentation of the service, in Markdown; may be empty.
    pub docs: String,
    /// The service's title, in Markdown.
    pub title: String,
    /// The service's shape id.
    pub service_id: String,
    /// The service's version.
    pub version: String,
    /// The service's `sdkId`, if it is an AWS service.
    pub sdk_id: Option<String>,
    /// Auth schemes, in order of preference.
    pub auth: Vec<AuthScheme>,
    /// The protocol of the client.
    pub protocol: Protocol,
    /// True if the service has the `awsQueryCompatible` trait.
    pub query_compatible: bool,
    /// The dependency on `farrier-runtime`.
    pub runtime: Runtime,
    /// The runtime features that the crate always enables.
    pub required_features: Vec<&'static str>,
    /// The Cargo features of the crate, and whether each is a default feature. Each enables the runtime
    /// feature of the same name.
    pub optional_features: Vec<(&'static str, bool)>,
    /// The minimum supported Rust version.
    pub rust_version: &'static str,
    /// The command that regenerates the crate.
    pub command: String,
    /// An example call for the documentation, if one fits in a few lines.
    pub example: Option<Example>,
}

/// An example call of an operation, as Rust source.
#[derive(Clone, Debug)]
pub struct Example {
    /// The names to import from module `types`.
    pub imports: Vec<String>,
    /// The builder method that sets the endpoint, with its argument.
    pub endpoint_setter: &'static str,
    /// The call expression, without `.await?`.
    pub call: String,
}

/// A structure.
#[derive(Clone, Debug)]
pub struct Structure {
    /// The module of the type.
    pub module: Module,
    /// The type name.
    pub name: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if any.
    pub deprecated: Option<Deprecation>,
    /// Its fields, in the order of the schema's members.
    pub fields: Vec<Field>,
    /// Its schema.
    pub schema: Schema,
    /// True if it implements `From` for its only required member: it is an operation input.
    pub from_argument: bool,
}

/// A field of a structure.
#[derive(Clone, Debug)]
pub struct Field {
    /// The field's name.
    pub name: String,
    /// The setter's name: the field's name, except for `new`.
    pub setter: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if any.
    pub deprecated: Option<Deprecation>,
    /// The type, without `Option` or `Box`.
    pub ty: RustType,
    /// True if the field is boxed because its type is recursive.
    pub boxed: bool,
    /// The initial value of the field.
    pub presence: Presence,
}

/// The initial value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    /// It is a constructor argument.
    Required,
    /// It is an `Option`, unset by default.
    Optional,
    /// It has this default value.
    Default(Literal),
}

/// A default value.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// The zero value of the type: `0`, `false`, an empty string, list or map.
    Zero,
    /// `true`
    True,
    /// An integer.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// A string. The type implements `From<&str>`.
    String(String),
    /// An intEnum value. The type implements `From<i32>`.
    IntEnum(i32),
    /// Bytes.
    Blob(Vec<u8>),
    /// Seconds and nanoseconds since the epoch.
    Timestamp(i64, u32),
    /// A `bigInteger` or `bigDecimal`, as text.
    BigNumber(String),
    /// A document.
    Document(serde_json::Value),
}

/// A `#[deprecated]` attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deprecation {
    /// The version or date of the deprecation, and the message; may be empty.
    pub note: String,
}

/// A union.
#[derive(Clone, Debug)]
pub struct Union {
    /// The type name.
    pub name: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if any.
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
    /// The deprecation, if any.
    pub deprecated: Option<Deprecation>,
    /// The type of its value; [`RustType::Unit`] is a variant without a value.
    pub ty: RustType,
}

/// An enum with values of type `T`.
#[derive(Clone, Debug)]
pub struct Enum<T> {
    /// The type name.
    pub name: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if any.
    pub deprecated: Option<Deprecation>,
    /// Its known values.
    pub variants: Vec<EnumVariant<T>>,
    /// True if values are redacted in `Debug` and `Display`.
    pub sensitive: bool,
    /// True if it is the key of a map.
    pub is_key: bool,
}

/// A known value of an enum.
#[derive(Clone, Debug)]
pub struct EnumVariant<T> {
    /// The variant's name.
    pub name: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if any.
    pub deprecated: Option<Deprecation>,
    /// The value on the wire.
    pub value: T,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The type name.
    pub name: String,
    /// The name of the client's method.
    pub method: String,
    /// The shape id.
    pub id: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if any.
    pub deprecated: Option<Deprecation>,
    /// The input type.
    pub input: RustType,
    /// The input's schema.
    pub input_schema: Target,
    /// The output type.
    pub output: RustType,
    /// The output's schema.
    pub output_schema: Target,
    /// The declared errors, if any.
    pub errors: Option<OperationErrors>,
    /// The method, URI pattern and status code of the `http` trait.
    pub http: Option<(String, String, u16)>,
    /// The traits that the runtime needs.
    pub traits: Vec<OperationTrait>,
}

/// A trait of an operation, with the name it has in the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named after the traits of the specification")]
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

/// An endpoint parameter that is set on the client's builder.
#[derive(Clone, Debug)]
pub struct ClientParam {
    /// The name in the endpoint rules.
    pub name: String,
    /// The name of the builder's method.
    pub method: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// The type of its value.
    pub kind: ParameterKind,
}

/// The error enum of an operation.
#[derive(Clone, Debug)]
pub struct OperationErrors {
    /// The type name.
    pub name: String,
    /// The type name and schema of each error structure.
    pub variants: Vec<(String, Target)>,
}

/// A protocol test.
#[derive(Clone, Debug)]
pub struct ProtocolTest {
    /// The name of the test function.
    pub name: String,
    /// Its documentation, in Markdown; may be empty.
    pub docs: String,
    /// The type name of the operation.
    pub operation: String,
    /// The id of the shape with the test trait: the operation or an error.
    pub shape: String,
    /// The test case.
    pub case: ProtocolCase,
}

impl ProtocolTest {
    /// Returns the id of the case in the model.
    pub fn id(&self) -> &str {
        match &self.case {
            ProtocolCase::Request(case) => &case.message.id,
            ProtocolCase::Response(case, _) => &case.message.id,
        }
    }
}

/// The case of a protocol test.
#[derive(Clone, Debug)]
pub enum ProtocolCase {
    /// An `httpRequestTests` case.
    Request(HttpRequestTest),
    /// An `httpResponseTests` case, with the shape id of the error if it is for an error.
    Response(HttpResponseTest, Option<String>),
}

/// The static schema of an aggregate shape.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The name of the static.
    pub static_name: String,
    /// The shape id.
    pub id: String,
    /// The name of the kind in the runtime.
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
    /// The schema of its target.
    pub target: Target,
    /// Its traits.
    pub traits: Vec<SchemaTrait>,
}

/// A reference to a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A static of the runtime, for a prelude shape.
    Prelude(&'static str),
    /// A static of the generated crate.
    Static(String),
}

/// A trait in a schema, with the name it has in the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named after the traits of the specification")]
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
