//! Traits of operations.

use super::auth_scheme::AuthScheme;
use super::endpoint_discovery::EndpointDiscovery;
use crate::endpoint::{PathStep, StaticValue};

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
