//! Static types of expressions, and paths into their values.

/// A step of a `getAttr` path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Selects the member with this name.
    Key(String),
    /// Selects the item with this index. Negative indices count from the end.
    Index(i64),
}

/// The type of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// An unknown type.
    Any,
    Boolean,
    Integer,
    String,
    Strings,
    /// The result of `aws.partition`.
    Partition,
    /// The result of `parseURL`.
    Url,
    /// The result of `aws.parseArn`.
    Arn,
}

impl Type {
    /// Returns true if a value of the other type may be used as this type.
    pub(super) fn accepts(self, other: Self) -> bool {
        self == other || self == Self::Any || other == Self::Any
    }

    /// Returns the common type of two alternatives.
    pub(super) fn join(self, other: Self) -> Self {
        if self == other { self } else { Self::Any }
    }

    /// Returns the name with an article, for messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Boolean => "a boolean",
            Self::Integer => "a number",
            Self::String => "a string",
            Self::Strings => "an array of strings",
            Self::Partition => "a partition",
            Self::Url => "a parsed URL",
            Self::Arn => "a parsed ARN",
        }
    }

    /// Returns the type of an attribute, or `None` if this type does not have it.
    pub(super) fn attribute(self, step: &Step) -> Option<Self> {
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
