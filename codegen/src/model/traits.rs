//! The supported traits.
//!
//! To support another trait, add a field to [`Traits`] and parse its value in [`Traits::set`]. Unsupported
//! traits are ignored.

use super::endpoint::{ParameterValue, PathStep};
use super::protocol_tests::{HttpRequestTest, HttpResponseTest};

/// The supported traits of a shape or member.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "each field is named after its trait")]
pub struct Traits {
    // Documentation traits
    pub documentation: Option<String>,
    pub deprecated: Option<Deprecated>,
    pub external_documentation: Vec<(String, String)>,
    pub since: Option<String>,
    pub title: Option<String>,
    pub unstable: bool,
    pub internal: bool,
    // Type refinement traits
    pub required: bool,
    pub default: Option<serde_json::Value>,
    pub client_optional: bool,
    pub input: bool,
    pub output: bool,
    pub sparse: bool,
    pub error: Option<Fault>,
    // Constraint traits
    pub length: Option<Length>,
    pub pattern: Option<String>,
    pub range: Option<Range>,
    // Behaviour traits
    pub idempotency_token: bool,
    pub idempotent: bool,
    pub request_compression: Option<Vec<String>>,
    pub readonly: bool,
    /// `farrier.api#singleUse`: the operation or input member must not be used twice, such as by a retry.
    pub single_use: bool,
    pub retryable: Option<Retryable>,
    // Resource and streaming traits
    pub sensitive: bool,
    pub streaming: bool,
    pub requires_length: bool,
    // Serialization traits
    pub json_name: Option<String>,
    pub media_type: Option<String>,
    pub timestamp_format: Option<TimestampFormat>,
    // HTTP binding traits
    pub http: Option<Http>,
    pub http_error: Option<u16>,
    pub http_header: Option<String>,
    pub http_label: bool,
    pub http_payload: bool,
    pub http_prefix_headers: Option<String>,
    pub http_query: Option<String>,
    pub http_query_params: bool,
    pub http_response_code: bool,
    pub http_checksum_required: bool,
    // Endpoint traits
    pub host_prefix: Option<String>,
    pub host_label: bool,
    // Rules engine traits
    pub context_param: Option<String>,
    /// Values by endpoint parameter.
    pub static_context_params: Vec<(String, ParameterValue)>,
    /// Paths by endpoint parameter.
    pub operation_context_params: Vec<(String, Vec<PathStep>)>,
    // Authentication traits
    pub auth: Option<Vec<String>>,
    /// Schemes and the shape ids of their traits.
    pub auth_schemes: Vec<(String, AuthScheme)>,
    pub optional_auth: bool,
    pub unsigned_payload: bool,
    // AWS traits
    pub sdk_id: Option<String>,
    pub aws_query_compatible: bool,
    pub aws_query_error: Option<String>,
    // Service customizations, which are not traits in the specification
    /// Constant headers of every request of the operation.
    pub static_headers: Vec<(String, String)>,
    /// True if requests have a tree hash of their body.
    pub tree_hash: bool,
    /// The input member that contains the endpoint.
    pub endpoint_member: Option<String>,
    /// The value to send if the member is unset or empty.
    pub value_when_empty: Option<String>,
    // Protocol test traits
    pub http_request_tests: Vec<HttpRequestTest>,
    pub http_response_tests: Vec<HttpResponseTest>,
}

/// `smithy.api#deprecated`
#[derive(Clone, Debug, Default)]
pub struct Deprecated {
    /// The reason and the replacement.
    pub message: Option<String>,
    /// The version or date of the deprecation.
    pub since: Option<String>,
}

/// `smithy.api#error`: the side at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The client.
    Client,
    /// The server.
    Server,
}

/// `smithy.api#length`
#[derive(Clone, Debug, Default)]
pub struct Length {
    /// The minimum number of characters, bytes or items.
    pub min: Option<u64>,
    /// The maximum number of characters, bytes or items.
    pub max: Option<u64>,
}

/// `smithy.api#range`, with numbers as written in the model.
#[derive(Clone, Debug, Default)]
pub struct Range {
    /// The inclusive minimum.
    pub min: Option<String>,
    /// The inclusive maximum.
    pub max: Option<String>,
}

/// `smithy.api#retryable`
#[derive(Clone, Copy, Debug)]
pub struct Retryable {
    /// True if the error indicates throttling.
    pub throttling: bool,
}

/// `smithy.api#timestampFormat`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is named as in the specification")]
pub enum TimestampFormat {
    DateTime,
    HttpDate,
    EpochSeconds,
}

/// `smithy.api#http`
#[derive(Clone, Debug)]
pub struct Http {
    /// The HTTP method.
    pub method: String,
    /// The URI pattern, with labels in braces and literal query parameters.
    pub uri: String,
    /// The status code of successful responses.
    pub code: u16,
}

/// An authentication scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthScheme {
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
