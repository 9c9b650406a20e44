//! Finds the member that a key names, without keeping the key.

use super::{Format, MemberFilter};
use crate::schema::{Member, Schema};
use serde_core::de::{DeserializeSeed, Deserializer, Error, Visitor};
use std::fmt;

/// Finds a member of a structure: `None` where there is none of that name, or it is left out.
pub(super) struct MemberKey<'r, F> {
    pub(super) format: &'r F,
    pub(super) schema: &'static Schema,
    /// The index to look at first: members mostly come in the order of the schema.
    pub(super) next: usize,
    pub(super) filter: MemberFilter,
}

impl<F: Format> MemberKey<'_, F> {
    fn find(&self, key: &str) -> Option<(usize, &'static Member)> {
        let members = self.schema.members;
        if let Some(member) = members.get(self.next)
            && self.format.name(member) == key
        {
            return Some((self.next, member));
        }
        let mut candidates = members.iter().enumerate();
        candidates.find(|(_, member)| self.format.name(member) == key).or_else(|| {
            let is_message = |name: &str| name.eq_ignore_ascii_case("message");
            (self.filter.any_case_message && is_message(key))
                .then(|| members.iter().enumerate().find(|(_, member)| is_message(self.format.name(member))))
                .flatten()
        })
    }
}

impl<'de, F: Format> DeserializeSeed<'de> for MemberKey<'_, F> {
    type Value = Option<(usize, &'static Member)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<F: Format> Visitor<'_> for MemberKey<'_, F> {
    type Value = Option<(usize, &'static Member)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.find(key).filter(|(_, member)| !(self.filter.skip)(member)))
    }
}

/// Finds a member of a union.
pub(super) struct VariantKey<'r, F> {
    pub(super) format: &'r F,
    pub(super) schema: &'static Schema,
}

/// A member of a union, by its name on the wire.
pub(super) enum Variant {
    /// One that the schema lists, and its index there.
    Known(usize, &'static Member),
    /// Another name.
    Unknown(String),
}

impl<'de, F: Format> DeserializeSeed<'de> for VariantKey<'_, F> {
    type Value = Variant;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Variant, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<F: Format> Visitor<'_> for VariantKey<'_, F> {
    type Value = Variant;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a union's member")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Variant, E> {
        let mut members = self.schema.members.iter().enumerate();
        Ok(match members.find(|(_, member)| self.format.name(member) == key) {
            Some((index, member)) => Variant::Known(index, member),
            None => Variant::Unknown(key.to_owned()),
        })
    }
}
