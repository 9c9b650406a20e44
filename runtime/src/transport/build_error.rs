//! The error of building a transport.

use std::fmt;

/// The smallest buffer that hyper accepts.
const MIN_RESPONSE_HEADERS: usize = 8192;

/// An error of building a transport.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportBuildError {
    /// The connect timeout is zero.
    ConnectTimeout,
    /// The limit of the response headers is too low.
    ResponseHeaders,
    /// The root certificates are invalid, with the reason.
    Roots(&'static str),
    /// A proxy is invalid.
    Proxy {
        /// The environment variable or method that set it.
        name: &'static str,
        /// The reason.
        reason: &'static str,
    },
}

impl TransportBuildError {
    pub(super) fn check_response_headers(bytes: Option<usize>) -> Result<(), Self> {
        let too_low = bytes.is_some_and(|bytes| bytes < MIN_RESPONSE_HEADERS);
        if too_low { Err(Self::ResponseHeaders) } else { Ok(()) }
    }

    pub(super) fn roots(reason: &'static str) -> Self {
        Self::Roots(reason)
    }
}

impl fmt::Display for TransportBuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConnectTimeout => f.write_str("`connect_timeout` must be greater than zero"),
            Self::ResponseHeaders => {
                write!(f, "`max_response_headers` must be at least {MIN_RESPONSE_HEADERS} bytes")
            }
            Self::Roots(reason) => write!(f, "invalid `roots`: {reason}"),
            Self::Proxy { name, reason } => {
                write!(
                    f,
                    "invalid proxy in `{name}`: {reason}; use a URL such as `http://proxy.example.com:3128`"
                )
            }
        }
    }
}

impl std::error::Error for TransportBuildError {}
