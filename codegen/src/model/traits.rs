//! The traits that generation reads, typed.
//!
//! Adding one: a field here, and how its value is read in [`Traits::set`]. Traits that are not listed are
//! accepted and left unread.

use super::endpoint::{ParameterValue, PathStep};
use super::{AuthScheme, HttpRequestTest, HttpResponseTest};

/// Every trait that a shape or member carries and that generation reads.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "each field is the trait of the same name in the specification")]
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
    /// `farrier.api#singleUse`: good for one use, on an operation or a member of an input.
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
    /// By parameter.
    pub static_context_params: Vec<(String, ParameterValue)>,
    /// By parameter.
    pub operation_context_params: Vec<(String, Vec<PathStep>)>,
    // Authentication traits
    pub auth: Option<Vec<String>>,
    /// Schemes by the shape ids of their traits.
    pub auth_schemes: Vec<(String, AuthScheme)>,
    pub optional_auth: bool,
    pub unsigned_payload: bool,
    // AWS traits
    pub sdk_id: Option<String>,
    pub aws_query_compatible: bool,
    pub aws_query_error: Option<String>,
    // Customizations, which no trait of the specification says
    /// Headers of every request for the operation.
    pub static_headers: Vec<(String, String)>,
    /// Whether requests carry a tree hash of their body.
    pub tree_hash: bool,
    /// The member of the input that names the endpoint.
    pub endpoint_member: Option<String>,
    /// What is sent where the member is not set, or empty.
    pub value_when_empty: Option<String>,
    // Protocol test traits
    pub http_request_tests: Vec<HttpRequestTest>,
    pub http_response_tests: Vec<HttpResponseTest>,
}

/// `smithy.api#deprecated`
#[derive(Clone, Debug, Default)]
pub struct Deprecated {
    /// Why, and what to use instead.
    pub message: Option<String>,
    /// The version or date since when.
    pub since: Option<String>,
}

/// `smithy.api#error`: who is to blame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The caller.
    Client,
    /// The service.
    Server,
}

/// `smithy.api#length`
#[derive(Clone, Debug, Default)]
pub struct Length {
    /// At least so many characters, bytes or items.
    pub min: Option<u64>,
    /// At most so many.
    pub max: Option<u64>,
}

/// `smithy.api#range`; numbers as the model writes them.
#[derive(Clone, Debug, Default)]
pub struct Range {
    /// The smallest.
    pub min: Option<String>,
    /// The largest.
    pub max: Option<String>,
}

/// `smithy.api#retryable`
#[derive(Clone, Copy, Debug)]
pub struct Retryable {
    /// Whether the service is throttling.
    pub throttling: bool,
}

/// `smithy.api#timestampFormat`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as the specification names it")]
pub enum TimestampFormat {
    DateTime,
    HttpDate,
    EpochSeconds,
}

/// `smithy.api#http`
#[derive(Clone, Debug)]
pub struct Http {
    /// The method, in capitals.
    pub method: String,
    /// The URI pattern, with labels in braces and literal query parameters.
    pub uri: String,
    /// The status of success.
    pub code: u16,
}
