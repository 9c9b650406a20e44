//! [HTTP protocol compliance tests](https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html):
//! cases that a model carries.

use crate::Span;

/// A case of `smithy.test#httpRequestTests`.
#[derive(Clone, Debug)]
pub struct HttpRequestTest {
    /// What requests and responses have in common.
    pub message: HttpMessageTest,
    /// The method.
    pub method: String,
    /// The path.
    pub uri: String,
    /// The host that the client is given, with a path or without.
    pub host: Option<String>,
    /// The host that the request goes to.
    pub resolved_host: Option<String>,
    /// Query parameters that must be there, as they are sent.
    pub query_params: Vec<String>,
    /// Names of query parameters that must not be there.
    pub forbid_query_params: Vec<String>,
    /// Names of query parameters that must be there.
    pub require_query_params: Vec<String>,
}

/// A case of `smithy.test#httpResponseTests`.
#[derive(Clone, Debug)]
pub struct HttpResponseTest {
    /// What requests and responses have in common.
    pub message: HttpMessageTest,
    /// The status.
    pub code: u16,
    /// The code that the error is to be known by, where the vendor's parameters have one.
    pub error_code: Option<String>,
}

/// What cases of requests and responses have in common.
#[derive(Clone, Debug)]
pub struct HttpMessageTest {
    /// The id of the case, an identifier.
    pub id: String,
    /// The shape id of the protocol's trait.
    pub protocol: String,
    /// What the case is about.
    pub documentation: Option<String>,
    /// Whom it is for.
    pub applies_to: Option<AppliesTo>,
    /// The members of the input, output or error, as JSON.
    pub params: Option<String>,
    /// The body; `None` when nothing is said of it.
    pub body: Option<String>,
    /// The media type of the body.
    pub body_media_type: Option<String>,
    /// Headers and their values.
    pub headers: Vec<(String, String)>,
    /// Names of headers that must not be there.
    pub forbid_headers: Vec<String>,
    /// Names of headers that must be there.
    pub require_headers: Vec<String>,
    /// Where the case stands in the source.
    pub span: Span,
}

/// Whom a case is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppliesTo {
    /// Clients alone.
    Client,
    /// Servers alone.
    Server,
}

impl HttpMessageTest {
    /// Whether a client has to pass the case when it speaks that protocol.
    pub fn is_for_client(&self, protocol: &str) -> bool {
        self.applies_to != Some(AppliesTo::Server) && self.protocol == protocol
    }
}
