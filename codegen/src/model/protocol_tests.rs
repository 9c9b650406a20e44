//! Test cases of the
//! [HTTP protocol compliance tests](https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html).

/// A test case of `smithy.test#httpRequestTests`.
#[derive(Clone, Debug)]
pub(crate) struct HttpRequestTest {
    /// The properties common to request and response tests.
    pub(crate) message: HttpMessageTest,
    /// The expected HTTP method.
    pub(crate) method: String,
    /// The expected path.
    pub(crate) uri: String,
    /// The configured host, optionally with a path.
    pub(crate) host: Option<String>,
    /// The expected host of the request.
    pub(crate) resolved_host: Option<String>,
    /// The expected query parameters, percent-encoded.
    pub(crate) query_params: Vec<String>,
    /// The names of query parameters that must not be in the request.
    pub(crate) forbid_query_params: Vec<String>,
    /// The names of query parameters that must be in the request.
    pub(crate) require_query_params: Vec<String>,
}

/// A test case of `smithy.test#httpResponseTests`.
#[derive(Clone, Debug)]
pub(crate) struct HttpResponseTest {
    /// The properties common to request and response tests.
    pub(crate) message: HttpMessageTest,
    /// The HTTP status code.
    pub(crate) code: u16,
    /// The expected error code, from `vendorParams`.
    pub(crate) error_code: Option<String>,
}

/// The properties common to request and response tests.
#[derive(Clone, Debug)]
pub(crate) struct HttpMessageTest {
    /// The id of the test case, an identifier.
    pub(crate) id: String,
    /// The shape id of the protocol's trait.
    pub(crate) protocol: String,
    /// The documentation of the test case.
    pub(crate) documentation: Option<String>,
    /// The applicable side; `None` if both.
    pub(crate) applies_to: Option<AppliesTo>,
    /// The input, output or error as a JSON object.
    pub(crate) params: Option<String>,
    /// The body; `None` if it is not tested.
    pub(crate) body: Option<String>,
    /// The media type of the body.
    pub(crate) body_media_type: Option<String>,
    /// The headers and their values.
    pub(crate) headers: Vec<(String, String)>,
    /// The names of headers that must not be in the message.
    pub(crate) forbid_headers: Vec<String>,
    /// The names of headers that must be in the message.
    pub(crate) require_headers: Vec<String>,
}

/// The side that a test case applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AppliesTo {
    /// Only clients.
    Client,
    /// Only servers.
    Server,
}

impl HttpMessageTest {
    /// Returns true if the case applies to clients of this protocol.
    pub(crate) fn is_for_client(&self, protocol: &str) -> bool {
        self.applies_to != Some(AppliesTo::Server) && self.protocol == protocol
    }
}
