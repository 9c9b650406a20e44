//! Visitor that stores a deserialized value in its destination.

use super::Format;
use super::destination::Destination;
use super::read::Reader;
use crate::schema::{Kind, Member};
use crate::shape::Slot;
use crate::types::{Timestamp, non_finite};
use base64::Engine;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_core::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Base64 with the standard alphabet. Padding is optional when decoding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Largest magnitude up to which `f64` represents every integer (2^53).
const MAX_EXACT_INTEGER: f64 = 9_007_199_254_740_992.0;

impl<F: Format> Reader<'_, F> {
    /// Returns an error that contains the kinds, but not the value.
    fn mismatch<E: Error>(self, member: &Member, found: &str) -> E {
        self.trace.fail_read(format!("expected {}, found {found}", describe(member.target.kind)))
    }

    fn out_of_range<E: Error>(self, member: &Member) -> E {
        self.trace.fail_read(format!("number out of range for {}", describe(member.target.kind)))
    }

    fn text<E: Error>(self, member: &'static Member, slot: Slot<'_>, text: &str) -> Result<(), E> {
        match slot {
            Slot::Unit => {}
            // The slot is usually empty: a new string is cheaper than growing it.
            Slot::String(slot) => *slot = text.to_owned(),
            Slot::Enum(slot) => slot.set(text.to_owned()),
            Slot::Blob(slot) if self.format.has_text_forms() => match BASE64.decode(text) {
                Ok(blob) => *slot = blob.into(),
                Err(_) => return Err(self.trace.fail_read("invalid base64")),
            },
            Slot::Timestamp(slot) => match Timestamp::parse(text, self.format.timestamp_format(member)) {
                Ok(timestamp) => *slot = timestamp,
                Err(error) => return Err(self.trace.fail_read(error.to_string())),
            },
            Slot::Float(slot) => *slot = self.non_finite(member, text)? as f32,
            Slot::Double(slot) => *slot = self.non_finite(member, text)?,
            _ => return Err(self.mismatch(member, "a string")),
        }
        Ok(())
    }

    fn non_finite<E: Error>(self, member: &Member, text: &str) -> Result<f64, E> {
        let value = if self.format.has_text_forms() { non_finite::value(text) } else { None };
        value.ok_or_else(|| self.mismatch(member, "a string"))
    }
}

/// Visitor that accepts a value of any type and stores it in a destination.
pub(super) struct ValueVisitor<'s, 'r, F> {
    pub(super) reader: Reader<'r, F>,
    pub(super) member: &'static Member,
    pub(super) destination: Destination<'s>,
}

impl<F: Format> ValueVisitor<'_, '_, F> {
    fn integer<E: Error>(self, value: i64) -> Result<(), E> {
        let Self { reader, member, destination } = self;
        let fits = match destination.fill(reader.trace)?.0 {
            Slot::Unit => true,
            Slot::Byte(slot) => value.try_into().map(|value| *slot = value).is_ok(),
            Slot::Short(slot) => value.try_into().map(|value| *slot = value).is_ok(),
            Slot::Integer(slot) => value.try_into().map(|value| *slot = value).is_ok(),
            Slot::IntEnum(slot) => value.try_into().map(|value| slot.set(value)).is_ok(),
            Slot::Long(slot) => {
                *slot = value;
                true
            }
            Slot::Float(slot) => {
                *slot = value as f32;
                true
            }
            Slot::Double(slot) => {
                *slot = value as f64;
                true
            }
            _ => return Err(reader.mismatch(member, "a number")),
        };
        if fits { Ok(()) } else { Err(reader.out_of_range(member)) }
    }

    /// Stores a number that is not an `i64`. An integer member accepts whole numbers such as `1.0` and `1e3`
    /// that `f64` represents exactly.
    fn real<E: Error>(self, value: f64) -> Result<(), E> {
        let Self { reader, member, destination } = self;
        match member.target.kind {
            Kind::Byte | Kind::Short | Kind::Integer | Kind::Long => {
                if value.fract() != 0.0 {
                    Err(reader.mismatch(member, "a number with a fraction"))
                } else if value.abs() > MAX_EXACT_INTEGER {
                    Err(reader.out_of_range(member))
                } else {
                    ValueVisitor { reader, member, destination }.integer(value as i64)
                }
            }
            _ => match destination.fill(reader.trace)?.0 {
                Slot::Unit => Ok(()),
                Slot::Float(_) if value.is_finite() && (value as f32).is_infinite() => {
                    Err(reader.out_of_range(member))
                }
                Slot::Float(slot) => {
                    *slot = value as f32;
                    Ok(())
                }
                Slot::Double(slot) => {
                    *slot = value;
                    Ok(())
                }
                _ => Err(reader.mismatch(member, "a number")),
            },
        }
    }
}

impl<'de, F: Format> Visitor<'de> for ValueVisitor<'_, '_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(describe(self.member.target.kind))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.destination.fill_null(self.reader.trace)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        match self.destination.fill(self.reader.trace)?.0 {
            Slot::Unit => {}
            Slot::Boolean(slot) => *slot = value,
            _ => return Err(self.reader.mismatch(self.member, "a boolean")),
        }
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.integer(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        match i64::try_from(value) {
            Ok(value) => self.integer(value),
            Err(_) => self.real(value as f64),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.real(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        let slot = self.destination.fill(self.reader.trace)?.0;
        self.reader.text(self.member, slot, value)
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<(), E> {
        match self.destination.fill(self.reader.trace)?.0 {
            Slot::Unit => {}
            Slot::Blob(slot) => *slot = value.to_vec().into(),
            _ => return Err(self.reader.mismatch(self.member, "a blob")),
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        match self.destination.fill(self.reader.trace)?.0 {
            Slot::List(list) => self.reader.list(self.member.target, list, items),
            Slot::Unit => {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(())
            }
            _ => Err(self.reader.mismatch(self.member, "a list")),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        match self.destination.fill(self.reader.trace)? {
            (Slot::Structure(structure), filter) => self.reader.structure(structure, filter, entries),
            (Slot::Map(map), _) => self.reader.map(self.member.target, map, entries),
            (Slot::Union(union), _) => self.reader.union(union, entries),
            (Slot::Unit, _) => {
                while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(())
            }
            _ => Err(self.reader.mismatch(self.member, "a map")),
        }
    }
}

/// Returns a kind with its article, for messages.
fn describe(kind: Kind) -> &'static str {
    match kind {
        Kind::Blob => "a blob",
        Kind::Boolean => "a boolean",
        Kind::String => "a string",
        Kind::Byte => "a byte",
        Kind::Short => "a short",
        Kind::Integer => "an integer",
        Kind::Long => "a long",
        Kind::Float => "a float",
        Kind::Double => "a double",
        Kind::BigInteger => "a big integer",
        Kind::BigDecimal => "a big decimal",
        Kind::Timestamp => "a timestamp",
        Kind::Document => "a document",
        Kind::List => "a list",
        Kind::Map => "a map",
        Kind::Structure => "a structure",
        Kind::Union => "a union",
    }
}
