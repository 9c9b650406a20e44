//! Why a transport could not be built.

use std::fmt;

/// hyper cannot do with less.
const LEAST_RESPONSE_HEADERS: usize = 8192;

/// Why a transport could not be built.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportBuildError {
    /// There was no time to connect.
    ConnectTimeout,
    /// The limit to the headers of responses was too low.
    ResponseHeaders,
    /// The certificate authorities could not be used, and why.
    Roots(&'static str),
    /// A proxy could not be used.
    Proxy {
        /// What named it: a variable of the environment or a method.
        name: &'static str,
        /// What is wrong with it.
        why: &'static str,
    },
}

impl TransportBuildError {
    pub(super) fn check_response_headers(bytes: Option<usize>) -> Result<(), Self> {
        let too_few = bytes.is_some_and(|bytes| bytes < LEAST_RESPONSE_HEADERS);
        if too_few { Err(Self::ResponseHeaders) } else { Ok(()) }
    }

    pub(super) fn roots(why: &'static str) -> Self {
        Self::Roots(why)
    }
}

impl fmt::Display for TransportBuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConnectTimeout => f.write_str("`connect_timeout` must be longer than zero"),
            Self::ResponseHeaders => {
                write!(f, "`max_response_headers` must be at least {LEAST_RESPONSE_HEADERS} bytes")
            }
            Self::Roots(why) => write!(f, "`roots` cannot be used: {why}"),
            Self::Proxy { name, why } => write!(
                f,
                "the proxy of `{name}` cannot be used: {why}; give a URL such as `http://proxy.example.com:3128`"
            ),
        }
    }
}

impl std::error::Error for TransportBuildError {}
