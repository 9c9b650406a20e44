//! Traits of shapes and members.

use crate::types::TimestampFormat;

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
    /// The name in Rust, if it is not the one derived from the name in the model.
    RustName(&'static str),
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
    pub(super) fn is_request_binding(&self) -> bool {
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

    pub(super) fn is_response_binding(&self) -> bool {
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
