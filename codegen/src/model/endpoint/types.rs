//! Types of expressions.

use super::Step;

/// What an expression evaluates to, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// Not known.
    Any,
    Boolean,
    Integer,
    String,
    Strings,
    /// What `aws.partition` gives.
    Partition,
    /// What `parseURL` gives.
    Url,
    /// What `aws.parseArn` gives.
    Arn,
}

impl Type {
    /// Whether a value of the other type may stand where this one is wanted.
    pub(super) fn takes(self, other: Self) -> bool {
        self == other || self == Self::Any || other == Self::Any
    }

    /// The type of two values of which either may come.
    pub(super) fn or(self, other: Self) -> Self {
        if self == other { self } else { Self::Any }
    }

    /// With an article, for messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Boolean => "a boolean",
            Self::Integer => "a number",
            Self::String => "a string",
            Self::Strings => "an array of strings",
            Self::Partition => "a partition",
            Self::Url => "a URL's parts",
            Self::Arn => "an ARN's parts",
        }
    }

    /// The type at the end of a step; `None` where no value of this type has such a thing.
    pub(super) fn after(self, step: &Step) -> Option<Self> {
        match (self, step) {
            (Self::Any, _) => Some(Self::Any),
            (Self::Strings, Step::Index(_)) => Some(Self::String),
            (_, Step::Key(key)) => {
                self.members().iter().find(|(name, _)| *name == key).map(|(_, member)| *member)
            }
            _ => None,
        }
    }

    fn members(self) -> &'static [(&'static str, Type)] {
        match self {
            Self::Partition => &[
                ("name", Self::String),
                ("dnsSuffix", Self::String),
                ("dualStackDnsSuffix", Self::String),
                ("supportsFIPS", Self::Boolean),
                ("supportsDualStack", Self::Boolean),
                ("implicitGlobalRegion", Self::String),
            ],
            Self::Url => &[
                ("scheme", Self::String),
                ("authority", Self::String),
                ("path", Self::String),
                ("normalizedPath", Self::String),
                ("isIp", Self::Boolean),
            ],
            Self::Arn => &[
                ("partition", Self::String),
                ("service", Self::String),
                ("region", Self::String),
                ("accountId", Self::String),
                ("resourceId", Self::Strings),
            ],
            _ => &[],
        }
    }
}
