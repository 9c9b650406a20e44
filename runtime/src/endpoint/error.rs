//! Errors of endpoint resolution.

use super::rules::ParameterKind;
use crate::one_line::OneLine;
use std::fmt;

/// An error of endpoint resolution.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointError {
    /// A required parameter is unset.
    Missing {
        /// The name of the parameter in the rule set.
        parameter: &'static str,
        /// The built-in that provides the value, if any: `AWS::Region`.
        built_in: Option<&'static str>,
    },
    /// The rule set has no parameter with this name.
    UnknownParameter(String),
    /// A value does not have the type of its parameter.
    WrongType {
        /// The name of the parameter in the rule set.
        parameter: &'static str,
        /// The type of the parameter.
        expected: ParameterKind,
    },
    /// A required input member that is bound to a parameter is unset or blank.
    EmptyMember {
        /// The name of the member in the model.
        member: &'static str,
    },
    /// The matching rule is an error rule with this message, which may contain parameter values.
    Rules(String),
    /// No rule matches.
    NoMatch,
    /// The rule set is invalid for this reason.
    InvalidRules(&'static str),
    /// [Endpoint discovery](https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery) failed with this
    /// message.
    Discovery(String),
    /// The operation requires endpoint discovery, which is disabled.
    DiscoveryDisabled,
    /// The region or the endpoint URL of the call is invalid, with this message.
    InvalidSetting(String),
    /// The URL of the matching rule is invalid for this reason, with these parameter values.
    InvalidUrl(&'static str),
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { parameter, built_in: None } => {
                write!(f, "required endpoint parameter `{parameter}` is not set")
            }
            Self::Missing { parameter, built_in: Some(built_in) } => {
                write!(f, "required endpoint parameter `{parameter}` ({built_in}) is not set")
            }
            Self::UnknownParameter(name) => write!(f, "unknown endpoint parameter `{}`", OneLine(name)),
            Self::WrongType { parameter, expected } => {
                let expected = match expected {
                    ParameterKind::Boolean => "a boolean",
                    ParameterKind::String => "a string",
                    ParameterKind::StringArray => "a list of strings",
                };
                write!(f, "endpoint parameter `{parameter}` must be {expected}")
            }
            Self::EmptyMember { member } => {
                write!(f, "input member `{member}` must not be empty: the endpoint depends on it")
            }
            Self::Rules(message) => OneLine(message).fmt(f),
            Self::Discovery(message) => write!(f, "could not discover the endpoint: {}", OneLine(message)),
            Self::DiscoveryDisabled => f.write_str(
                "the operation requires endpoint discovery, which is disabled: enable it, or set `endpoint_url`",
            ),
            Self::InvalidSetting(message) => OneLine(message).fmt(f),
            Self::NoMatch => f.write_str("no endpoint rule matches; set `endpoint_url`"),
            Self::InvalidUrl(reason) => {
                write!(
                    f,
                    "invalid endpoint URL: {reason}; check the region and the input members that it contains"
                )
            }
            Self::InvalidRules(reason) => write!(f, "invalid endpoint rules: {reason}; set `endpoint_url`"),
        }
    }
}

impl std::error::Error for EndpointError {}
