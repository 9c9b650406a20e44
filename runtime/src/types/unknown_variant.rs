//! Unknown members of unions.

use super::Document;

/// A member of a [union](https://smithy.io/2.0/spec/aggregate-types.html#union) that the service sent and
/// this client does not know. It is serialized as it was received.
///
/// [`testing::unknown_member`](crate::testing::unknown_member) creates one in tests.
#[derive(Clone, Default, PartialEq)]
pub struct UnknownVariant(
    // Boxed to keep unions small; `None` if unset, which is the default.
    Option<Box<Member>>,
);

#[derive(Clone, PartialEq)]
struct Member {
    name: String,
    value: Document,
}

impl UnknownVariant {
    /// Creates a member from its wire name and value.
    pub(crate) fn new(name: impl Into<String>, value: Document) -> Self {
        let member = Member { name: name.into(), value };
        Self((!member.name.is_empty() || !member.value.is_null()).then(|| Box::new(member)))
    }

    /// Returns the member's wire name.
    pub fn name(&self) -> &str {
        self.0.as_ref().map_or("", |member| &member.name)
    }

    /// Returns true if no member is set: the default of a required union that is missing in a response. It
    /// has an empty name and a null value, which no received member has: null members count as absent.
    pub fn is_unset(&self) -> bool {
        self.0.is_none()
    }

    /// Returns the member's value.
    pub fn value(&self) -> &Document {
        self.0.as_ref().map_or(&Document::Null, |member| &member.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn is_unset_without_name_and_value() {
        let unset = UnknownVariant::new("", Document::Null);
        assert!(unset.is_unset() && unset == UnknownVariant::default());
        assert_eq!((unset.name(), unset.value()), ("", &Document::Null));
        for (name, value) in [("a", Document::Null), ("", json!(1)), ("a", json!(1))] {
            let variant = UnknownVariant::new(name, value.clone());
            assert!(!variant.is_unset());
            assert_eq!((variant.name(), variant.value()), (name, &value));
        }
    }

    #[test]
    fn has_the_size_of_a_pointer() {
        assert_eq!(size_of::<UnknownVariant>(), size_of::<usize>());
    }
}
