//! Cases of protocol tests.

/// A case of `httpRequestTests`: an input and the expected request. Empty and `None` expectations are not
/// checked.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestCase {
    /// The id of the case.
    pub id: &'static str,
    /// The input members, as JSON.
    pub params: &'static str,
    /// The expected method.
    pub method: &'static str,
    /// The expected path, percent-encoded.
    pub uri: &'static str,
    /// The host of the client endpoint, with an optional path. Default: `example.com`.
    pub host: Option<&'static str>,
    /// The expected host of the request.
    pub resolved_host: Option<&'static str>,
    /// The expected query parameters, percent-encoded. A parameter that is listed twice must be present
    /// twice.
    pub query_params: &'static [&'static str],
    /// The names of query parameters that must not be present.
    pub forbid_query_params: &'static [&'static str],
    /// The names of query parameters that must be present.
    pub require_query_params: &'static [&'static str],
    /// The expected headers and their values.
    pub headers: &'static [(&'static str, &'static str)],
    /// The names of headers that must not be present.
    pub forbid_headers: &'static [&'static str],
    /// The names of headers that must be present.
    pub require_headers: &'static [&'static str],
    /// The expected body. Base64 if the format is binary.
    pub body: Option<&'static str>,
    /// The media type of the body, which selects the comparison: JSON, CBOR and forms by value, all others,
    /// including XML, byte by byte. Default: the `Content-Type` of the request.
    pub body_media_type: Option<&'static str>,
}

/// A case of `httpResponseTests`: a response and the expected output or error.
#[derive(Clone, Copy, Debug, Default)]
pub struct ResponseCase {
    /// The id of the case.
    pub id: &'static str,
    /// The status code of the response.
    pub code: u16,
    /// The headers of the response and their values.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body of the response. Base64 if the format is binary.
    pub body: Option<&'static str>,
    /// The media type of the body. Default: the `Content-Type` header.
    pub body_media_type: Option<&'static str>,
    /// The shape id of the expected error, or `None` if an output is expected.
    pub error: Option<&'static str>,
    /// The expected error code.
    pub error_code: Option<&'static str>,
    /// The expected members of the output or error, as JSON.
    pub params: &'static str,
}
