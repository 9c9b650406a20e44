//! Static descriptions of shapes, operations and services: names, kinds, traits, HTTP bindings.
//!
//! Generated crates contain a [`Schema`] for each aggregate shape and an [`OperationSchema`] for each
//! operation, as static data. Codecs and protocols read them.

use crate::endpoint::{PathStep, RuleSet, StaticValue};
use crate::protocol::Protocol;
use crate::types::TimestampFormat;

/// A [shape](https://smithy.io/2.0/spec/model.html#shapes) and its members.
///
/// Generated code has no schemas of simple shapes. A member that targets a simple shape refers to the prelude
/// schema of its kind, such as [`STRING`], and has the traits of the shape in addition to its own.
#[derive(Debug)]
pub struct Schema {
    /// The absolute shape id, `namespace#Name`.
    pub id: &'static str,
    /// The kind of shape.
    pub kind: Kind,
    /// Traits of the shape.
    pub traits: &'static [Trait],
    /// Members of a structure or union, `member` of a list, or `key` and `value` of a map.
    pub members: &'static [Member],
}

impl Schema {
    /// Creates a schema.
    pub const fn new(
        id: &'static str,
        kind: Kind,
        traits: &'static [Trait],
        members: &'static [Member],
    ) -> Self {
        Self { id, kind, traits, members }
    }

    /// Returns the shape's name without its namespace.
    pub fn name(&self) -> &'static str {
        self.id.rsplit_once('#').map_or(self.id, |(_, name)| name)
    }

    /// Returns the member of a list, or the value member of a map.
    pub fn element(&self) -> Option<&'static Member> {
        self.members.last()
    }

    /// Returns true if it is `smithy.api#Unit`, the input or output of an operation that declares none.
    pub fn is_unit(&self) -> bool {
        self.id == UNIT.id
    }

    /// Returns true if the shape is
    /// [sensitive](https://smithy.io/2.0/spec/documentation-traits.html#sensitive-trait).
    pub fn is_sensitive(&self) -> bool {
        self.traits.contains(&Trait::Sensitive)
    }

    /// Returns true if a list or map may contain nulls
    /// ([sparse](https://smithy.io/2.0/spec/type-refinement-traits.html#sparse-trait)).
    pub fn is_sparse(&self) -> bool {
        self.traits.contains(&Trait::Sparse)
    }
}

/// The [types of data shapes](https://smithy.io/2.0/spec/model.html#shape-types). An enum is a
/// [`Kind::String`] and an intEnum is a [`Kind::Integer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "names are those of the specification")]
pub enum Kind {
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
    List,
    Map,
    Structure,
    Union,
}

/// A [member](https://smithy.io/2.0/spec/model.html#member-shape-ids) of an aggregate shape.
#[derive(Debug)]
pub struct Member {
    /// The member's name in the model.
    pub name: &'static str,
    /// The schema of the member's target.
    pub target: &'static Schema,
    /// Traits of the member. Includes those of its target if that is a simple shape.
    pub traits: &'static [Trait],
    /// Computed at compile time, because codecs compare it with every key.
    json_name: &'static str,
}

impl Member {
    /// Creates a member.
    pub const fn new(name: &'static str, target: &'static Schema, traits: &'static [Trait]) -> Self {
        let (mut json_name, mut index) = (name, 0);
        while index < traits.len() {
            if let Trait::JsonName(name) = traits[index] {
                json_name = name;
            }
            index += 1;
        }
        Self { name, target, traits, json_name }
    }

    /// Returns true if the member has an equal trait.
    pub fn has(&self, r#trait: Trait) -> bool {
        self.traits.contains(&r#trait)
    }

    /// Returns the first value that `pick` returns for a trait of the member.
    pub fn find<T>(&self, pick: impl Fn(&Trait) -> Option<T>) -> Option<T> {
        self.traits.iter().find_map(pick)
    }

    /// Returns the member's name in JSON
    /// ([jsonName](https://smithy.io/2.0/spec/protocol-traits.html#jsonname-trait)).
    pub fn json_name(&self) -> &'static str {
        self.json_name
    }

    /// Returns the format of a timestamp, if the model sets one
    /// ([timestampFormat](https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait)).
    pub fn timestamp_format(&self) -> Option<TimestampFormat> {
        self.find(|t| if let Trait::TimestampFormat(format) = t { Some(*format) } else { None })
    }

    /// Returns the media type of a string or blob, if the model sets one
    /// ([mediaType](https://smithy.io/2.0/spec/protocol-traits.html#mediatype-trait)).
    pub fn media_type(&self) -> Option<&'static str> {
        self.find(|t| if let Trait::MediaType(media_type) = t { Some(*media_type) } else { None })
    }

    /// Returns true if the member or its target is
    /// [sensitive](https://smithy.io/2.0/spec/documentation-traits.html#sensitive-trait).
    pub fn is_sensitive(&self) -> bool {
        self.has(Trait::Sensitive) || self.target.is_sensitive()
    }

    /// Returns true if a member of an input has an HTTP binding. Other members are in the document in the
    /// body.
    pub fn is_request_bound(&self) -> bool {
        self.traits.iter().any(Trait::is_request_binding)
    }

    /// Returns true if a member of an output or error has an HTTP binding. Other members are in the document
    /// in the body. Bindings to labels and query parameters are ignored in responses.
    pub fn is_response_bound(&self) -> bool {
        self.traits.iter().any(Trait::is_response_binding)
    }
}

/// A [trait](https://smithy.io/2.0/spec/model.html#traits) that the runtime reads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trait {
    /// [`sensitive`](https://smithy.io/2.0/spec/documentation-traits.html#sensitive-trait)
    Sensitive,
    /// [`sparse`](https://smithy.io/2.0/spec/type-refinement-traits.html#sparse-trait)
    Sparse,
    /// [`idempotencyToken`](https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait)
    IdempotencyToken,
    /// [`jsonName`](https://smithy.io/2.0/spec/protocol-traits.html#jsonname-trait)
    JsonName(&'static str),
    /// [`mediaType`](https://smithy.io/2.0/spec/protocol-traits.html#mediatype-trait)
    MediaType(&'static str),
    /// [`timestampFormat`](https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait)
    TimestampFormat(TimestampFormat),
    /// The value sent if the member is unset or empty. Account ids of
    /// [Glacier](https://smithy.io/2.0/aws/customizations/glacier-customizations.html) have one.
    WhenEmpty(&'static str),
    /// [`contextParam`](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-contextparam-trait)
    ContextParam {
        /// The endpoint parameter that is set to the member's value.
        name: &'static str,
        /// True if the member is required. An unset or whitespace-only value is then an error.
        required: bool,
    },
    /// [`hostLabel`](https://smithy.io/2.0/spec/endpoint-traits.html#hostlabel-trait)
    HostLabel,
    /// [`streaming`](https://smithy.io/2.0/spec/streaming.html#streaming-trait)
    Streaming,
    /// [`requiresLength`](https://smithy.io/2.0/spec/streaming.html#requireslength-trait)
    RequiresLength,
    /// [`httpHeader`](https://smithy.io/2.0/spec/http-bindings.html#httpheader-trait)
    HttpHeader(&'static str),
    /// [`httpLabel`](https://smithy.io/2.0/spec/http-bindings.html#httplabel-trait)
    HttpLabel,
    /// [`httpPayload`](https://smithy.io/2.0/spec/http-bindings.html#httppayload-trait)
    HttpPayload,
    /// [`httpPrefixHeaders`](https://smithy.io/2.0/spec/http-bindings.html#httpprefixheaders-trait)
    HttpPrefixHeaders(&'static str),
    /// [`httpQuery`](https://smithy.io/2.0/spec/http-bindings.html#httpquery-trait)
    HttpQuery(&'static str),
    /// [`httpQueryParams`](https://smithy.io/2.0/spec/http-bindings.html#httpqueryparams-trait)
    HttpQueryParams,
    /// [`httpResponseCode`](https://smithy.io/2.0/spec/http-bindings.html#httpresponsecode-trait)
    HttpResponseCode,
    /// [`error`](https://smithy.io/2.0/spec/type-refinement-traits.html#error-trait)
    Error(Fault),
    /// The code of [`awsQueryError`](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#awsqueryerror-trait)
    QueryErrorCode(&'static str),
    /// [`retryable`](https://smithy.io/2.0/spec/behavior-traits.html#retryable-trait)
    Retryable {
        /// True if the error means that the service throttles requests.
        throttling: bool,
    },
}

impl Trait {
    fn is_request_binding(&self) -> bool {
        matches!(
            self,
            Self::HttpHeader(_)
                | Self::HttpLabel
                | Self::HttpPayload
                | Self::HttpPrefixHeaders(_)
                | Self::HttpQuery(_)
                | Self::HttpQueryParams
        )
    }

    fn is_response_binding(&self) -> bool {
        matches!(
            self,
            Self::HttpHeader(_) | Self::HttpPayload | Self::HttpPrefixHeaders(_) | Self::HttpResponseCode
        )
    }
}

/// The party at fault for an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The client. The same request would fail again.
    Client,
    /// The service.
    Server,
}

/// A [service](https://smithy.io/2.0/spec/service-types.html#service).
#[derive(Debug)]
pub struct ServiceSchema {
    /// The absolute shape id.
    pub id: &'static str,
    /// The service's version in the model.
    pub version: &'static str,
    /// The client's protocol.
    pub protocol: &'static dyn Protocol,
    /// True if the service migrated from awsQuery and sends the awsQuery error codes
    /// ([awsQueryCompatible](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#awsquerycompatible-trait)).
    pub query_compatible: bool,
    /// The service's name in the AWS SDKs
    /// ([sdkId](https://smithy.io/2.0/aws/aws-core.html#sdkid)). `None` if it is not an AWS service.
    pub sdk_id: Option<&'static str>,
    /// The auth schemes of operations without [`OperationTrait::Auth`], in order of preference.
    pub auth: &'static [AuthScheme],
    /// The endpoint rules, if the model has any.
    pub endpoint: Option<&'static RuleSet>,
}

impl ServiceSchema {
    /// Creates the schema of a service without auth schemes and endpoint rules.
    pub const fn new(id: &'static str, version: &'static str, protocol: &'static dyn Protocol) -> Self {
        Self { id, version, protocol, query_compatible: false, sdk_id: None, auth: &[], endpoint: None }
    }

    /// Returns the service's name without its namespace.
    pub fn name(&self) -> &'static str {
        self.id.rsplit_once('#').map_or(self.id, |(_, name)| name)
    }
}

/// An [operation](https://smithy.io/2.0/spec/service-types.html#operation).
#[derive(Debug)]
pub struct OperationSchema {
    /// The absolute shape id.
    pub id: &'static str,
    /// The service of the operation.
    pub service: &'static ServiceSchema,
    /// The input structure.
    pub input: &'static Schema,
    /// The output structure.
    pub output: &'static Schema,
    /// The declared errors. [`crate::operation::OperationError`] refers to them by index.
    pub errors: &'static [&'static Schema],
    /// The method, URI and status code, for protocols that use
    /// [HTTP bindings](https://smithy.io/2.0/spec/http-bindings.html).
    pub http: Option<HttpBinding>,
    /// Traits of the operation.
    pub traits: &'static [OperationTrait],
}

/// A trait of an operation that the runtime reads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OperationTrait {
    /// [`readonly`](https://smithy.io/2.0/spec/behavior-traits.html#readonly-trait) or
    /// [`idempotent`](https://smithy.io/2.0/spec/behavior-traits.html#idempotent-trait): sending it more
    /// than once has the same effect as sending it once.
    Idempotent,
    /// The host prefix of [`endpoint`](https://smithy.io/2.0/spec/endpoint-traits.html#endpoint-trait),
    /// with labels in braces.
    HostPrefix(&'static str),
    /// [`httpChecksumRequired`](https://smithy.io/2.0/spec/http-bindings.html#httpchecksumrequired-trait)
    HttpChecksumRequired,
    /// The encodings of
    /// [`requestCompression`](https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait), in order
    /// of preference.
    RequestCompression(&'static [&'static str]),
    /// The name and value of a header of every request. Set by a service's
    /// [customizations](https://smithy.io/2.0/aws/customizations/index.html), not by a trait.
    Header(&'static str, &'static str),
    /// Requests have a SHA-256 and a tree hash of their body in headers, as
    /// [Glacier](https://smithy.io/2.0/aws/customizations/glacier-customizations.html) requires.
    TreeHash,
    /// The member of the input that overrides the endpoint if it is set, as in
    /// [Machine Learning](https://smithy.io/2.0/aws/customizations/machinelearning-customizations.html).
    EndpointMember(&'static str),
    /// The operation's auth schemes in order of preference, instead of the service's
    /// ([auth](https://smithy.io/2.0/spec/authentication-traits.html#auth-trait)). If empty, requests are not
    /// authenticated.
    Auth(&'static [AuthScheme]),
    /// [`optionalAuth`](https://smithy.io/2.0/spec/authentication-traits.html#optionalauth-trait):
    /// requests are sent unauthenticated if there are no credentials.
    OptionalAuth,
    /// The path, as member indices, to an input member with a value that is valid for one use. If the member
    /// is set, the request may only be retried if it was certainly not processed. An empty path means the
    /// operation itself. Set by the trait `farrier.api#singleUse`.
    SingleUse(&'static [usize]),
    /// [`unsignedPayload`](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-unsignedpayload-trait)
    UnsignedPayload,
    /// An entry of
    /// [`staticContextParams`](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-staticcontextparams-trait):
    /// the name and value of an endpoint parameter.
    StaticContextParam(&'static str, StaticValue),
    /// An entry of
    /// [`operationContextParams`](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-operationcontextparams-trait):
    /// the name of an endpoint parameter, and the path to its value in the input.
    OperationContextParam(&'static str, &'static [PathStep]),
}

/// An auth scheme
/// ([authentication traits](https://smithy.io/2.0/spec/authentication-traits.html)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthScheme {
    /// [`sigv4`](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4-trait)
    SigV4 {
        /// The signing name of the service.
        name: &'static str,
    },
    /// [`httpBasicAuth`](https://smithy.io/2.0/spec/authentication-traits.html#httpbasicauth-trait)
    HttpBasic,
    /// [`httpBearerAuth`](https://smithy.io/2.0/spec/authentication-traits.html#httpbearerauth-trait)
    HttpBearer,
    /// [`httpApiKeyAuth`](https://smithy.io/2.0/spec/authentication-traits.html#httpapikeyauth-trait)
    HttpApiKey {
        /// The name of the header or query parameter.
        name: &'static str,
        /// The location of the key in the request.
        location: ApiKeyLocation,
        /// The auth scheme that precedes the key in a header.
        scheme: Option<&'static str>,
    },
    /// An unsupported scheme: the shape id of its trait.
    Other(&'static str),
}

/// The location of an API key in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiKeyLocation {
    /// A header.
    Header,
    /// A query parameter.
    Query,
}

impl OperationSchema {
    /// Returns true if sending a request more than once has the same effect as sending it once.
    pub fn is_idempotent(&self) -> bool {
        self.traits.contains(&OperationTrait::Idempotent)
    }

    /// Returns the operation's name without its namespace.
    pub fn name(&self) -> &'static str {
        self.id.rsplit_once('#').map_or(self.id, |(_, name)| name)
    }
}

/// The [`http`](https://smithy.io/2.0/spec/http-bindings.html#http-trait) trait.
#[derive(Clone, Copy, Debug)]
pub struct HttpBinding {
    /// The method.
    pub method: &'static str,
    /// The URI pattern: literals, `{label}`, one `{greedy+}`, and literal query parameters.
    pub uri: &'static str,
    /// The HTTP status code of a successful response.
    pub code: u16,
}

macro_rules! prelude {
    ($($constant:ident $kind:ident),*) => {$(
        #[doc = concat!("`smithy.api#", stringify!($kind), "`")]
        pub static $constant: Schema =
            Schema::new(concat!("smithy.api#", stringify!($kind)), Kind::$kind, &[], &[]);
    )*};
}

prelude! {
    BLOB Blob, BOOLEAN Boolean, STRING String, BYTE Byte, SHORT Short, INTEGER Integer, LONG Long,
    FLOAT Float, DOUBLE Double, BIG_INTEGER BigInteger, BIG_DECIMAL BigDecimal, TIMESTAMP Timestamp,
    DOCUMENT Document
}

/// `smithy.api#Unit`
pub static UNIT: Schema = Schema::new("smithy.api#Unit", Kind::Structure, &[], &[]);
