//! The member of a union that this client does not know.

use super::Document;

/// The member of a [union](https://smithy.io/2.0/spec/aggregate-types.html#union) that the service set
/// and this client does not know. Writing it back gives what was read.
#[derive(Clone, Default, PartialEq)]
pub struct UnknownVariant(
    // Elsewhere, lest every union be as large as this; nothing where it is blank, which any union is at first.
    Option<Box<Member>>,
);

#[derive(Clone, PartialEq)]
struct Member {
    name: String,
    value: Document,
}

impl UnknownVariant {
    /// A member of the given wire name and value.
    pub fn new(name: impl Into<String>, value: Document) -> Self {
        let member = Member { name: name.into(), value };
        Self((!member.name.is_empty() || !member.value.is_null()).then(|| Box::new(member)))
    }

    /// The member's wire name.
    pub fn name(&self) -> &str {
        self.0.as_ref().map_or("", |member| &member.name)
    }

    /// Whether it stands for a required union that has not come at all. It has no name and holds null, which
    /// no member does: nulls count as absent.
    pub fn is_unset(&self) -> bool {
        self.0.is_none()
    }

    /// What the member holds.
    pub fn value(&self) -> &Document {
        self.0.as_ref().map_or(&Document::Null, |member| &member.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn it_is_blank_without_a_name_and_a_value_alone() {
        let default_value = UnknownVariant::new("", Document::Null);
        assert!(default_value.is_unset() && default_value == UnknownVariant::default());
        assert_eq!((default_value.name(), default_value.value()), ("", &Document::Null));
        for (name, value) in [("a", Document::Null), ("", json!(1)), ("a", json!(1))] {
            let variant = UnknownVariant::new(name, value.clone());
            assert!(!variant.is_unset());
            assert_eq!((variant.name(), variant.value()), (name, &value));
        }
    }

    #[test]
    fn it_does_not_make_unions_large() {
        assert_eq!(size_of::<UnknownVariant>(), size_of::<usize>());
    }
}
