//! The member of a union that this client does not know.

use super::Document;

/// The member of a [union](https://smithy.io/2.0/spec/aggregate-types.html#union) that the service set
/// and this client does not know. Writing it back gives what was read.
#[derive(Clone, Default, PartialEq)]
pub struct UnknownVariant {
    name: String,
    value: Document,
}

impl UnknownVariant {
    /// A member of the given wire name and value.
    pub fn new(name: impl Into<String>, value: Document) -> Self {
        Self { name: name.into(), value }
    }

    /// The member's wire name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it stands for a required union that has not come at all. It has no name and holds null, which
    /// no member does: nulls count as absent.
    pub fn is_blank(&self) -> bool {
        self.name.is_empty() && self.value.is_null()
    }

    /// What the member holds.
    pub fn value(&self) -> &Document {
        &self.value
    }
}
