//! Auth schemes.

/// An auth scheme
/// ([authentication traits](https://smithy.io/2.0/spec/authentication-traits.html)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthScheme {
    /// [`sigv4`](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4-trait)
    SigV4 {
        /// The signing name of the service.
        name: &'static str,
    },
    /// [`httpBasicAuth`](https://smithy.io/2.0/spec/authentication-traits.html#httpbasicauth-trait)
    HttpBasic,
    /// [`httpBearerAuth`](https://smithy.io/2.0/spec/authentication-traits.html#httpbearerauth-trait)
    HttpBearer,
    /// [`httpApiKeyAuth`](https://smithy.io/2.0/spec/authentication-traits.html#httpapikeyauth-trait)
    HttpApiKey {
        /// The name of the header or query parameter.
        name: &'static str,
        /// The location of the key in the request.
        location: ApiKeyLocation,
        /// The auth scheme that precedes the key in a header.
        scheme: Option<&'static str>,
    },
    /// An unsupported scheme: the shape id of its trait.
    Other(&'static str),
}

impl AuthScheme {
    /// Returns the name of the scheme's trait without its namespace.
    pub fn name(&self) -> &'static str {
        match self {
            Self::SigV4 { .. } => "sigv4",
            Self::HttpBasic => "httpBasicAuth",
            Self::HttpBearer => "httpBearerAuth",
            Self::HttpApiKey { .. } => "httpApiKeyAuth",
            Self::Other(id) => id.rsplit_once('#').map_or(id, |(_, name)| name),
        }
    }
}

/// The location of an API key in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiKeyLocation {
    /// A header.
    Header,
    /// A query parameter.
    Query,
}
