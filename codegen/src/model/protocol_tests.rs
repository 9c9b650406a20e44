//! Test cases of the
//! [HTTP protocol compliance tests](https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html).

use crate::Span;

/// A test case of `smithy.test#httpRequestTests`.
#[derive(Clone, Debug)]
pub struct HttpRequestTest {
    /// The properties common to request and response tests.
    pub message: HttpMessageTest,
    /// The expected HTTP method.
    pub method: String,
    /// The expected path.
    pub uri: String,
    /// The configured host, optionally with a path.
    pub host: Option<String>,
    /// The expected host of the request.
    pub resolved_host: Option<String>,
    /// The expected query parameters, percent-encoded.
    pub query_params: Vec<String>,
    /// The names of query parameters that must not be in the request.
    pub forbid_query_params: Vec<String>,
    /// The names of query parameters that must be in the request.
    pub require_query_params: Vec<String>,
}

/// A test case of `smithy.test#httpResponseTests`.
#[derive(Clone, Debug)]
pub struct HttpResponseTest {
    /// The properties common to request and response tests.
    pub message: HttpMessageTest,
    /// The HTTP status code.
    pub code: u16,
    /// The expected error code, from `vendorParams`.
    pub error_code: Option<String>,
}

/// The properties common to request and response tests.
#[derive(Clone, Debug)]
pub struct HttpMessageTest {
    /// The id of the test case, an identifier.
    pub id: String,
    /// The shape id of the protocol's trait.
    pub protocol: String,
    /// The documentation of the test case.
    pub documentation: Option<String>,
    /// The applicable side; `None` if both.
    pub applies_to: Option<AppliesTo>,
    /// The input, output or error as a JSON object.
    pub params: Option<String>,
    /// The body; `None` if it is not tested.
    pub body: Option<String>,
    /// The media type of the body.
    pub body_media_type: Option<String>,
    /// The headers and their values.
    pub headers: Vec<(String, String)>,
    /// The names of headers that must not be in the message.
    pub forbid_headers: Vec<String>,
    /// The names of headers that must be in the message.
    pub require_headers: Vec<String>,
    /// The location in the source.
    pub span: Span,
}

/// The side that a test case applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppliesTo {
    /// Only clients.
    Client,
    /// Only servers.
    Server,
}

impl HttpMessageTest {
    /// Returns true if the case applies to clients of this protocol.
    pub fn is_for_client(&self, protocol: &str) -> bool {
        self.applies_to != Some(AppliesTo::Server) && self.protocol == protocol
    }
}
