//! Deserialization of keys to the members they name, without storing the key.

use super::format::Format;
use crate::codec::members::MemberFilter;
use crate::schema::{Member, Schema};
use serde_core::de::{DeserializeSeed, Deserializer, Error, Visitor};
use std::fmt;

/// Seed that reads the key of a structure's member. Returns `None` if the key is unknown or the member is
/// skipped.
pub(super) struct MemberKey<'r, F> {
    pub(super) format: &'r F,
    pub(super) schema: &'static Schema,
    /// The index to try first: members are usually sent in schema order.
    pub(super) next: usize,
    pub(super) filter: MemberFilter,
}

impl<F: Format> MemberKey<'_, F> {
    fn find(&self, key: &str) -> Option<(usize, &'static Member)> {
        let members = self.schema.members;
        let next = members.get(self.next).filter(|member| self.format.name(member) == key);
        if let Some(member) = next {
            return Some((self.next, member));
        }
        let mut candidates = members.iter().enumerate();
        candidates.find(|(_, member)| self.format.name(member) == key).or_else(|| {
            let is_message = |name: &str| name.eq_ignore_ascii_case("message");
            (self.filter.ignore_message_case && is_message(key))
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
        f.write_str("a member name")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.find(key).filter(|(_, member)| !(self.filter.skip)(member)))
    }
}

/// Seed that reads the key of a union's member.
pub(super) struct VariantKey<'r, F> {
    pub(super) format: &'r F,
    pub(super) schema: &'static Schema,
}

/// The union member that a key names.
pub(super) enum Variant {
    /// A member in the schema, and its index.
    Known(usize, &'static Member),
    /// A name that is not in the schema.
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
        f.write_str("a union member name")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Variant, E> {
        let mut members = self.schema.members.iter().enumerate();
        Ok(match members.find(|(_, member)| self.format.name(member) == key) {
            Some((index, member)) => Variant::Known(index, member),
            None => Variant::Unknown(key.to_owned()),
        })
    }
}
