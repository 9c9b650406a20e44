//! Why there is no endpoint.

use super::rules::ParameterKind;
use std::fmt;

/// Why there is no endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointError {
    /// A required parameter has no value.
    Missing {
        /// Its name in the rule set.
        parameter: &'static str,
        /// The setting of the client that gives it its value, if one does: `AWS::Region`.
        built_in: Option<&'static str>,
    },
    /// The rule set has no parameter of this name.
    UnknownParameter(String),
    /// A parameter is of another type than its value.
    WrongKind {
        /// Its name in the rule set.
        parameter: &'static str,
        /// Its type.
        expected: ParameterKind,
    },
    /// A required member of the input that decides about the endpoint says nothing.
    Empty {
        /// Its name in the model.
        member: &'static str,
    },
    /// The rules say that there is none, in these words. They may quote values of parameters.
    Rules(String),
    /// No rule matches.
    NoMatch,
    /// The rule set itself is wrong, in this way.
    Broken(&'static str),
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { parameter, built_in: None } => {
                write!(f, "the endpoint depends on `{parameter}`, which is not set")
            }
            Self::Missing { parameter, built_in: Some(built_in) } => {
                write!(f, "the endpoint depends on `{parameter}` ({built_in}), which is not set")
            }
            Self::UnknownParameter(name) => {
                write!(f, "the service's endpoint rules have no parameter `{name}`")
            }
            Self::WrongKind { parameter, expected } => {
                let expected = match expected {
                    ParameterKind::Boolean => "a truth value",
                    ParameterKind::String => "a text",
                    ParameterKind::StringArray => "a list of texts",
                };
                write!(f, "the parameter `{parameter}` of the service's endpoint rules takes {expected}")
            }
            Self::Empty { member } => {
                write!(f, "the endpoint depends on the member `{member}` of the input, which is empty")
            }
            Self::Rules(message) => f.write_str(message),
            Self::NoMatch => f.write_str("none of the service's endpoint rules matches; set `endpoint_url`"),
            Self::Broken(what) => {
                write!(f, "the service's endpoint rules are wrong: {what}; set `endpoint_url`")
            }
        }
    }
}

impl std::error::Error for EndpointError {}
