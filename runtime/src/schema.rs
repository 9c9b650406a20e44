//! What a shape is, as static data: names, kinds, traits, HTTP bindings.
//!
//! Generated crates hold a [`Schema`] for each aggregate shape and an [`OperationSchema`] for each
//! operation; codecs and protocols read them. Nothing here allocates or runs before it is asked.

use crate::endpoint::{PathStep, RuleSet, StaticValue};
use crate::protocol::Protocol;
use crate::types::TimestampFormat;

/// A [shape](https://smithy.io/2.0/spec/model.html#shapes) and its members.
///
/// Simple shapes have no schema of their own in generated code: a member that targets one points at
/// the prelude schema of its kind, such as [`STRING`], and carries the traits of the shape itself.
#[derive(Debug)]
pub struct Schema {
    /// The absolute shape id, `namespace#Name`.
    pub id: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Traits of the shape.
    pub traits: &'static [Trait],
    /// Members of a structure or union; `member` of a list; `key` and `value` of a map.
    pub members: &'static [Member],
}

impl Schema {
    /// A shape with the given members.
    pub const fn new(
        id: &'static str,
        kind: Kind,
        traits: &'static [Trait],
        members: &'static [Member],
    ) -> Self {
        Self { id, kind, traits, members }
    }

    /// The shape's name without its namespace.
    pub fn name(&self) -> &'static str {
        self.id.rsplit_once('#').map_or(self.id, |(_, name)| name)
    }

    /// The member of a list, or the value of a map.
    pub fn element(&self) -> Option<&'static Member> {
        self.members.last()
    }

    /// Whether it is `smithy.api#Unit`, which stands for an input or output that the model does not give.
    pub fn is_unit(&self) -> bool {
        self.id == UNIT.id
    }

    /// Whether a member's target or the shape itself is
    /// [sensitive](https://smithy.io/2.0/spec/documentation-traits.html#sensitive-trait).
    pub fn is_sensitive(&self) -> bool {
        self.traits.contains(&Trait::Sensitive)
    }

    /// Whether a list or map may hold nulls
    /// ([sparse](https://smithy.io/2.0/spec/type-refinement-traits.html#sparse-trait)).
    pub fn is_sparse(&self) -> bool {
        self.traits.contains(&Trait::Sparse)
    }
}

/// The [kinds of data shapes](https://smithy.io/2.0/spec/model.html#shape-types). An enum is written as
/// a string and an intEnum as an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as the specification names it")]
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
    /// Its name in the model.
    pub name: &'static str,
    /// What it holds.
    pub target: &'static Schema,
    /// Traits of the member, and those of its target where the target is a simple shape.
    pub traits: &'static [Trait],
    /// Looked up once, when the schema is compiled: codecs ask for it with every key.
    json_name: &'static str,
}

impl Member {
    /// A member of the given name, target and traits.
    pub const fn new(name: &'static str, target: &'static Schema, traits: &'static [Trait]) -> Self {
        let (mut json_name, mut index) = (name, 0);
        while index < traits.len() {
            if let Trait::JsonName(stated) = traits[index] {
                json_name = stated;
            }
            index += 1;
        }
        Self { name, target, traits, json_name }
    }

    /// Whether the member carries a trait that has no value.
    pub fn has(&self, wanted: Trait) -> bool {
        self.traits.contains(&wanted)
    }

    /// The first value that `pick` finds among the member's traits.
    pub fn find<T>(&self, pick: impl Fn(&Trait) -> Option<T>) -> Option<T> {
        self.traits.iter().find_map(pick)
    }

    /// The member's name in JSON
    /// ([jsonName](https://smithy.io/2.0/spec/protocol-traits.html#jsonname-trait)).
    pub fn json_name(&self) -> &'static str {
        self.json_name
    }

    /// How a timestamp is written, where the model says so
    /// ([timestampFormat](https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait)).
    pub fn timestamp_format(&self) -> Option<TimestampFormat> {
        self.find(|t| if let Trait::TimestampFormat(format) = t { Some(*format) } else { None })
    }

    /// What a string or blob holds
    /// ([mediaType](https://smithy.io/2.0/spec/protocol-traits.html#mediatype-trait)).
    pub fn media_type(&self) -> Option<&'static str> {
        self.find(|t| if let Trait::MediaType(media_type) = t { Some(*media_type) } else { None })
    }

    /// Whether values of the member must not be shown.
    pub fn is_sensitive(&self) -> bool {
        self.has(Trait::Sensitive) || self.target.is_sensitive()
    }

    /// Whether the member of an input is bound to a part of the request other than the document in its
    /// body.
    pub fn is_request_bound(&self) -> bool {
        self.traits.iter().any(Trait::is_request_binding)
    }

    /// Whether the member of an output or error is bound to a part of the response other than the document
    /// in its body. Labels and query parameters are no part of responses: there they have no meaning.
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
    /// What is sent where the member is not set, or empty, as
    /// [Glacier](https://smithy.io/2.0/aws/customizations/glacier-customizations.html) asks for account ids.
    WhenEmpty(&'static str),
    /// [`contextParam`](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-contextparam-trait)
    ContextParam {
        /// The parameter of the service's endpoint rules that the member gives its value.
        name: &'static str,
        /// Whether the member is required: then no request is sent without a value that says something.
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
        /// Whether the service is throttling.
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

/// Who is to blame for an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The caller: the same request will fail again.
    Client,
    /// The service.
    Server,
}

/// A [service](https://smithy.io/2.0/spec/service-types.html#service).
#[derive(Debug)]
pub struct ServiceSchema {
    /// The absolute shape id.
    pub id: &'static str,
    /// The version that the model gives.
    pub version: &'static str,
    /// The protocol that its client speaks.
    pub protocol: &'static dyn Protocol,
    /// Whether it once spoke awsQuery, and errors keep their codes of then
    /// ([awsQueryCompatible](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#awsquerycompatible-trait)).
    pub query_compatible: bool,
    /// What the AWS SDKs call the service
    /// ([sdkId](https://smithy.io/2.0/aws/aws-core.html#sdkid)); `None` for services that are not AWS's.
    pub sdk_id: Option<&'static str>,
    /// How requests are authenticated, best first, where an operation does not say otherwise.
    pub auth: &'static [AuthScheme],
    /// Where requests go, where the model says so.
    pub endpoint: Option<&'static RuleSet>,
}

impl ServiceSchema {
    /// A service of which no more is known than how to speak to it.
    pub const fn new(id: &'static str, version: &'static str, protocol: &'static dyn Protocol) -> Self {
        Self { id, version, protocol, query_compatible: false, sdk_id: None, auth: &[], endpoint: None }
    }

    /// The service's name without its namespace.
    pub fn name(&self) -> &'static str {
        self.id.rsplit_once('#').map_or(self.id, |(_, name)| name)
    }
}

/// An [operation](https://smithy.io/2.0/spec/service-types.html#operation).
#[derive(Debug)]
pub struct OperationSchema {
    /// The absolute shape id.
    pub id: &'static str,
    /// The service that offers it.
    pub service: &'static ServiceSchema,
    /// Its input structure.
    pub input: &'static Schema,
    /// Its output structure.
    pub output: &'static Schema,
    /// The errors it declares, in the order that [`crate::operation::OperationError`] counts them.
    pub errors: &'static [&'static Schema],
    /// Where it is bound in HTTP, for protocols that read
    /// [HTTP bindings](https://smithy.io/2.0/spec/http-bindings.html).
    pub http: Option<HttpBinding>,
    /// Traits of the operation.
    pub traits: &'static [OperationTrait],
}

/// A trait of an operation that the runtime reads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OperationTrait {
    /// [`readonly`](https://smithy.io/2.0/spec/behavior-traits.html#readonly-trait) or
    /// [`idempotent`](https://smithy.io/2.0/spec/behavior-traits.html#idempotent-trait): sending it twice
    /// does what sending it once does.
    Idempotent,
    /// The host prefix of [`endpoint`](https://smithy.io/2.0/spec/endpoint-traits.html#endpoint-trait),
    /// labels in braces.
    HostPrefix(&'static str),
    /// [`httpChecksumRequired`](https://smithy.io/2.0/spec/http-bindings.html#httpchecksumrequired-trait)
    HttpChecksumRequired,
    /// The encodings of
    /// [`requestCompression`](https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait), best
    /// first.
    RequestCompression(&'static [&'static str]),
    /// A header of every request: its name and value. No trait of the specification says so, but the
    /// [customizations](https://smithy.io/2.0/aws/customizations/index.html) of a service.
    Header(&'static str, &'static str),
    /// Requests carry a SHA-256 and a tree hash of their body, as
    /// [Glacier](https://smithy.io/2.0/aws/customizations/glacier-customizations.html) asks.
    TreeHash,
    /// The request goes to the endpoint in this member of the input, if it is set, as
    /// [Machine Learning](https://smithy.io/2.0/aws/customizations/machinelearning-customizations.html) asks.
    EndpointMember(&'static str),
    /// How requests are authenticated, best first, where that is not as the service has it
    /// ([auth](https://smithy.io/2.0/spec/authentication-traits.html#auth-trait)). Empty: not at all.
    Auth(&'static [AuthScheme]),
    /// [`optionalAuth`](https://smithy.io/2.0/spec/authentication-traits.html#optionalauth-trait): without
    /// credentials, requests are sent as they are.
    OptionalAuth,
    /// Where in the input, by indices of members, something stands that is good for one use: where it is set,
    /// the request must not be sent again unless it certainly was not carried out. An empty path is the
    /// operation itself. No trait of the specification says so; `farrier.api#singleUse` does.
    SingleUse(&'static [usize]),
    /// [`unsignedPayload`](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-unsignedpayload-trait)
    UnsignedPayload,
    /// An entry of
    /// [`staticContextParams`](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-staticcontextparams-trait):
    /// a parameter of the service's endpoint rules, and its value.
    StaticContextParam(&'static str, StaticValue),
    /// An entry of
    /// [`operationContextParams`](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-operationcontextparams-trait):
    /// a parameter of the service's endpoint rules, and where in the input its value is.
    OperationContextParam(&'static str, &'static [PathStep]),
}

/// A way to authenticate requests
/// ([authentication traits](https://smithy.io/2.0/spec/authentication-traits.html)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthScheme {
    /// [`sigv4`](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4-trait)
    SigV4 {
        /// The service's name in signatures.
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
        /// Where the key stands.
        location: ApiKeyLocation,
        /// What stands before the key in a header.
        scheme: Option<&'static str>,
    },
    /// A scheme that is not supported: the shape id of its trait.
    Other(&'static str),
}

/// Where an API key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiKeyLocation {
    /// In a header.
    Header,
    /// In a query parameter.
    Query,
}

impl OperationSchema {
    /// Whether sending the operation twice does what sending it once does.
    pub fn is_idempotent(&self) -> bool {
        self.traits.contains(&OperationTrait::Idempotent)
    }

    /// The operation's name without its namespace.
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
    /// The status of success.
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
