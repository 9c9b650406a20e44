//! Static descriptions of services and operations, and the interface of their protocols.
//!
//! Generated crates contain a [`ServiceSchema`], and an [`OperationSchema`] for each operation, as static data.

mod auth_scheme;
pub mod supports;

pub use auth_scheme::{ApiKeyLocation, AuthScheme};

use crate::codec::{ReadError, WriteError};
use crate::endpoint::{PathStep, RuleSet, StaticValue};
use crate::schema::Schema;
use crate::shape::Structure;
use bytes::Bytes;
use std::any::Any;
use std::fmt;

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

/// The type of a service, which generated crates define. The traits of [`supports`] that it implements decide which
/// settings its clients and calls have.
pub trait Service: 'static {
    /// The schema of the service.
    const SCHEMA: &'static ServiceSchema;
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

impl OperationSchema {
    /// Returns true if sending a request more than once has the same effect as sending it once.
    pub fn is_idempotent(&self) -> bool {
        self.traits.iter().any(|t| matches!(t, OperationTrait::Idempotent))
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
    /// [`clientDiscoveredEndpoint`](https://smithy.io/2.0/aws/aws-core.html#aws-api-clientdiscoveredendpoint-trait)
    DiscoveredEndpoint(EndpointDiscovery),
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

/// The discovery of an operation's endpoints.
#[derive(Clone, Copy, Debug)]
pub struct EndpointDiscovery {
    /// The operation that returns the endpoints.
    pub operation: &'static OperationSchema,
    /// The name of the error that the service returns for an endpoint that is no longer valid.
    pub error: Option<&'static str>,
    /// True if the operation cannot use the endpoint of the endpoint rules.
    pub required: bool,
    /// The indices of the input members that the endpoints depend on: those with
    /// [`clientEndpointDiscoveryId`](https://smithy.io/2.0/aws/aws-core.html#aws-api-clientendpointdiscoveryid-trait).
    pub identifiers: &'static [usize],
    /// [`client::DISCOVERY`](crate::client::DISCOVERY). Only the data of operations with discovery refers to its code, so
    /// that other programs do not contain it.
    #[doc(hidden)]
    pub code: &'static (dyn Any + Send + Sync),
}

impl PartialEq for EndpointDiscovery {
    fn eq(&self, other: &Self) -> bool {
        let parts = |this: &Self| (this.operation.id, this.error, this.required, this.identifiers);
        parts(self) == parts(other)
    }
}

/// A [protocol](https://smithy.io/2.0/spec/protocol-traits.html): converts inputs to requests, and responses
/// to outputs and errors, for any service.
pub trait Protocol: fmt::Debug + Send + Sync {
    /// Returns the shape id of the protocol's trait.
    fn id(&self) -> &'static str;

    /// Creates the request for an operation. The endpoint's path is a prefix of the request's path.
    ///
    /// # Errors
    /// Returns an error if the input cannot be serialized.
    fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        endpoint: &http::Uri,
    ) -> Result<http::Request<Bytes>, WriteError>;

    /// Deserializes a successful response into an output that has its default value.
    ///
    /// # Errors
    /// Returns an error if the response is malformed or does not match the schema.
    fn output(
        &self,
        operation: &OperationSchema,
        response: &http::Response<Bytes>,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError>;

    /// Returns the error code and message of an error response. Never fails: what is missing or malformed is
    /// `None`.
    fn error_report(&self, operation: &OperationSchema, response: &http::Response<Bytes>) -> ErrorReport;

    /// Deserializes an error response into an error structure that has its default value.
    ///
    /// # Errors
    /// Returns an error if the response is malformed or does not match the schema.
    fn error(&self, response: &http::Response<Bytes>, error: &mut dyn Structure) -> Result<(), ReadError>;
}

/// The parts of an error response that are read independently of the declared error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorReport {
    /// The error code. Usually the name of the error's shape.
    pub code: Option<String>,
    /// The name of the error's shape, which selects one of the operation's declared errors.
    pub shape: Option<String>,
    /// The human-readable message.
    pub message: Option<String>,
}
