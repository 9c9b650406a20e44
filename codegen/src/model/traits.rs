//! The supported traits.
//!
//! To support another trait, add a field to [`Traits`] and parse its value in [`Traits::set`]. Unsupported
//! traits are ignored.

use super::endpoint::{ParameterValue, PathStep};
use super::protocol_tests::{HttpRequestTest, HttpResponseTest};

/// The supported traits of a shape or member.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traits {
    // Documentation traits
    pub(crate) documentation: Option<String>,
    pub(crate) deprecated: Option<Deprecated>,
    /// The input of the first of `smithy.api#examples` that is not an error.
    pub(crate) example_input: Option<serde_json::Value>,
    pub(crate) external_documentation: Vec<(String, String)>,
    /// `smithy.api#recommended`: the reason; may be empty.
    pub(crate) recommended: Option<String>,
    pub(crate) since: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) unstable: bool,
    pub(crate) internal: bool,
    // Type refinement traits
    pub(crate) required: bool,
    /// A value other than null. A number may be less precise than in the model: see `default_number`.
    pub(crate) default: Option<serde_json::Value>,
    /// The text of a number in `default`, as in the model.
    pub(crate) default_number: Option<String>,
    /// True if the default was added later, as a rule to a member that was required.
    pub(crate) added_default: bool,
    pub(crate) client_optional: bool,
    pub(crate) input: bool,
    pub(crate) output: bool,
    pub(crate) sparse: bool,
    pub(crate) error: Option<Fault>,
    // Constraint traits
    pub(crate) length: Option<Length>,
    pub(crate) pattern: Option<String>,
    pub(crate) range: Option<Range>,
    // Behaviour traits
    pub(crate) idempotency_token: bool,
    pub(crate) idempotent: bool,
    pub(crate) request_compression: Option<Vec<String>>,
    pub(crate) readonly: bool,
    /// `farrier.api#singleUse`: the operation or input member must not be used twice, such as by a retry.
    pub(crate) single_use: bool,
    pub(crate) retryable: Option<Retryable>,
    // Resource and streaming traits
    pub(crate) sensitive: bool,
    pub(crate) streaming: bool,
    pub(crate) requires_length: bool,
    // Serialization traits
    pub(crate) json_name: Option<String>,
    pub(crate) media_type: Option<String>,
    pub(crate) timestamp_format: Option<TimestampFormat>,
    // HTTP binding traits
    pub(crate) http: Option<Http>,
    pub(crate) http_error: Option<u16>,
    pub(crate) http_header: Option<String>,
    pub(crate) http_label: bool,
    pub(crate) http_payload: bool,
    pub(crate) http_prefix_headers: Option<String>,
    pub(crate) http_query: Option<String>,
    pub(crate) http_query_params: bool,
    pub(crate) http_response_code: bool,
    pub(crate) http_checksum_required: bool,
    // Endpoint traits
    pub(crate) host_prefix: Option<String>,
    pub(crate) host_label: bool,
    // Rules engine traits
    pub(crate) context_param: Option<String>,
    /// Values by endpoint parameter.
    pub(crate) static_context_params: Vec<(String, ParameterValue)>,
    /// Paths by endpoint parameter.
    pub(crate) operation_context_params: Vec<(String, Vec<PathStep>)>,
    // Endpoint discovery traits
    pub(crate) endpoint_discovery: Option<EndpointDiscovery>,
    /// `aws.api#clientDiscoveredEndpoint`: true if the operation requires a discovered endpoint.
    pub(crate) discovered_endpoint: Option<bool>,
    pub(crate) endpoint_discovery_id: bool,
    // Authentication traits
    pub(crate) auth: Option<Vec<String>>,
    /// Schemes and the shape ids of their traits.
    pub(crate) auth_schemes: Vec<(String, AuthScheme)>,
    pub(crate) optional_auth: bool,
    pub(crate) unsigned_payload: bool,
    // AWS traits
    pub(crate) sdk_id: Option<String>,
    pub(crate) aws_query_compatible: bool,
    pub(crate) aws_query_error: Option<String>,
    // Service customizations, which are not traits in the specification
    /// Constant headers of every request of the operation.
    pub(crate) static_headers: Vec<(String, String)>,
    /// True if requests have a tree hash of their body.
    pub(crate) tree_hash: bool,
    /// The input member that contains the endpoint.
    pub(crate) endpoint_member: Option<String>,
    /// The value to send if the member is unset or empty.
    pub(crate) value_when_empty: Option<String>,
    // Protocol test traits
    pub(crate) http_request_tests: Vec<HttpRequestTest>,
    pub(crate) http_response_tests: Vec<HttpResponseTest>,
}

/// `smithy.api#deprecated`
#[derive(Clone, Debug, Default)]
pub(crate) struct Deprecated {
    /// The reason and the replacement.
    pub(crate) message: Option<String>,
    /// The version or date of the deprecation.
    pub(crate) since: Option<String>,
}

/// `smithy.api#error`: the side at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The client.
    Client,
    /// The server.
    Server,
}

/// `smithy.api#length`
#[derive(Clone, Debug, Default)]
pub(crate) struct Length {
    /// The minimum number of characters, bytes or items.
    pub(crate) min: Option<u64>,
    /// The maximum number of characters, bytes or items.
    pub(crate) max: Option<u64>,
}

/// `smithy.api#range`, with numbers as written in the model.
#[derive(Clone, Debug, Default)]
pub(crate) struct Range {
    /// The inclusive minimum.
    pub(crate) min: Option<String>,
    /// The inclusive maximum.
    pub(crate) max: Option<String>,
}

/// `smithy.api#retryable`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Retryable {
    /// True if the error indicates throttling.
    pub(crate) throttling: bool,
}

/// `smithy.api#timestampFormat`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimestampFormat {
    DateTime,
    HttpDate,
    EpochSeconds,
}

/// `smithy.api#http`
#[derive(Clone, Debug)]
pub(crate) struct Http {
    /// The HTTP method.
    pub(crate) method: String,
    /// The URI pattern, with labels in braces and literal query parameters.
    pub(crate) uri: String,
    /// The status code of successful responses.
    pub(crate) code: u16,
}

/// `aws.api#clientEndpointDiscovery`
#[derive(Clone, Debug)]
pub(crate) struct EndpointDiscovery {
    /// The shape id of the operation that returns endpoints.
    pub(crate) operation: String,
    /// The shape id of the error for an endpoint that is no longer valid.
    pub(crate) error: Option<String>,
}

/// An authentication scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AuthScheme {
    /// `aws.auth#sigv4`, with the signing name of the service.
    SigV4(String),
    /// `smithy.api#httpBasicAuth`
    HttpBasic,
    /// `smithy.api#httpBearerAuth`
    HttpBearer,
    /// `smithy.api#httpApiKeyAuth`
    HttpApiKey {
        /// The name of the header or query parameter.
        name: String,
        /// True if the key is sent in a header, false if in the query string.
        in_header: bool,
        /// The scheme that precedes the key in the header.
        scheme: Option<String>,
    },
    /// A scheme without built-in support: the shape id of its trait.
    Other(String),
}
