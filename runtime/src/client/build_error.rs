//! Why a client could not be built.

use crate::endpoint::EndpointError;
use std::fmt;

/// Why a client could not be built. The text says how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// No endpoint was given, and the service's model does not say where it is.
    MissingEndpoint,
    /// No region was given, and the service's endpoint depends on it.
    MissingRegion,
    /// The endpoint cannot be called, and why.
    InvalidEndpoint(&'static str),
    /// The region is no name of a region.
    InvalidRegion,
    /// There is no endpoint for these settings.
    Endpoint(EndpointError),
    /// The application id cannot be sent.
    InvalidAppId,
    /// An environment variable cannot be read, and what it takes.
    Environment {
        /// The variable's name.
        variable: String,
        /// What it takes.
        expected: &'static str,
    },
    /// The default transport cannot be made, and why.
    Transport(String),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingEndpoint => f.write_str(
                "the client does not know where its service is: \
                 call `.endpoint_url(\"https://…\")` before `.build()`",
            ),
            Self::MissingRegion => f.write_str(
                "the client does not know in which region its service is: call `.region(\"us-east-1\")` before \
                 `.build()`, or set AWS_REGION and call `.from_env()`, or give an `endpoint_url`",
            ),
            Self::InvalidEndpoint(why) => write!(
                f,
                "`endpoint_url` cannot be used: {why}; give a URL such as `https://signin.example.com`"
            ),
            Self::InvalidRegion => f.write_str(
                "`region` cannot be used: it becomes part of a host name; give a region such as `us-east-1`",
            ),
            Self::Endpoint(error) => write!(f, "there is no endpoint for these settings: {error}"),
            Self::InvalidAppId => f.write_str(
                "`app_id` cannot be used: give 1 to 50 letters, digits or characters out of !$%&'*+-.^_`|~",
            ),
            Self::Environment { variable, expected } => {
                write!(f, "the environment variable {variable} cannot be used: it takes {expected}")
            }
            Self::Transport(why) => write!(f, "the client cannot connect to anything: {why}"),
        }
    }
}

impl std::error::Error for BuildError {}
