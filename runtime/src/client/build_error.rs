//! Errors of the client builder.

use crate::endpoint::EndpointError;
use std::fmt;

/// The error of [`Builder::build`](super::Builder::build). Its message says how to fix the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// The features `async` and `blocking` are disabled, so that the client could not send requests.
    NoMode,
    /// No endpoint is configured, and the service's model has no endpoint rules.
    MissingEndpoint,
    /// No region is configured, and the service's endpoint depends on it.
    MissingRegion,
    /// `endpoint_url` is invalid, for this reason.
    InvalidEndpoint(&'static str),
    /// `region` is not a valid region name.
    InvalidRegion,
    /// The endpoint rules reject the settings.
    Endpoint(EndpointError),
    /// `app_id` is empty, too long, or contains other characters than those of an HTTP token.
    InvalidAppId,
    /// An environment variable has an invalid value.
    Environment {
        /// The name of the variable.
        variable: String,
        /// A description of valid values.
        expected: &'static str,
    },
    /// The default transport could not be created, for this reason.
    Transport(String),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMode => f.write_str(
                "no client mode is enabled: enable the feature `async` or `blocking`, or build requests with \
                 `operation::request` and send them yourself",
            ),
            Self::MissingEndpoint => f.write_str(
                "no endpoint is configured: call `.endpoint_url(\"https://…\")` before `.build()`",
            ),
            Self::MissingRegion => f.write_str(
                "no region is configured: call `.region(\"us-east-1\")` before `.build()`, or set AWS_REGION \
                 and call `.from_env()`, or set `endpoint_url`",
            ),
            Self::InvalidEndpoint(reason) => {
                write!(f, "invalid `endpoint_url`: {reason}; use a URL such as `https://signin.example.com`")
            }
            Self::InvalidRegion => {
                f.write_str("invalid `region`: it must be a valid part of a host name, such as `us-east-1`")
            }
            Self::Endpoint(error) => write!(f, "could not resolve the endpoint: {error}"),
            Self::InvalidAppId => f.write_str(
                "invalid `app_id`: it must be 1 to 50 letters, digits or characters of !$%&'*+-.^_`|~",
            ),
            Self::Environment { variable, expected } => {
                write!(f, "invalid value of environment variable {variable}: expected {expected}")
            }
            Self::Transport(reason) => write!(f, "could not create the default transport: {reason}"),
        }
    }
}

impl std::error::Error for BuildError {}
