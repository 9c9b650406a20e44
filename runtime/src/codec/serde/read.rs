//! Reads values of shapes from any self-describing `serde` deserializer.
//!
//! Values are asked for with `deserialize_any` throughout: asked for a type of its own, a deserializer
//! would report a mismatch itself, and name the value.
//!
//! Where a key comes twice, the later value counts: lists and maps are cleared first. Only a structure
//! that is not optional keeps the members that its second value does not mention.

use super::key::{MemberKey, Variant, VariantKey};
use super::place::{Chosen, Place};
use super::{Choice, ExactOwned, Format, Trace};
use crate::schema::{Kind, Member, Schema};
use crate::shape::{List, Map, Slot, Structure, Union, Value};
use crate::types::{Document, Timestamp, UnknownVariant, non_finite};
use base64::Engine;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_core::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use std::fmt;

/// Base64 of the standard alphabet, with or without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Integers up to this one are exact as an `f64`.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// Stands for the member that a structure outside any other does not have.
static TOP: Member = Member::new("", &crate::schema::UNIT, &[]);

/// What all steps of one reading share.
pub(in crate::codec) struct Reader<'r, F> {
    pub(in crate::codec) format: &'r F,
    pub(in crate::codec) trace: &'r Trace,
}

impl<F> Clone for Reader<'_, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Reader<'_, F> {}

/// A place to be filled, and the member that it belongs to.
pub(in crate::codec) struct ValueSeed<'s, 'r, F> {
    reader: Reader<'r, F>,
    member: &'static Member,
    place: Place<'s>,
}

impl<'s, 'r, F: Format> ValueSeed<'s, 'r, F> {
    /// Fills a value that belongs to a member.
    pub(in crate::codec) fn value(
        reader: Reader<'r, F>,
        member: &'static Member,
        value: &'s mut dyn Value,
    ) -> Self {
        Self { reader, member, place: Place::Value(value) }
    }

    /// Fills a choice of a structure's members.
    pub(in crate::codec) fn structure(
        reader: Reader<'r, F>,
        structure: &'s mut dyn Structure,
        choice: Choice,
    ) -> Self {
        Self { reader, member: &TOP, place: Place::Structure(structure, choice) }
    }
}

impl<'de, F: Format> DeserializeSeed<'de> for ValueSeed<'_, '_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Self { reader, member, place } = self;
        if member.target.kind == Kind::Document {
            let document = Document::deserialize(deserializer)?;
            return place.fill_document(document, reader.trace);
        }
        if !reader.format.is_exact(member) {
            return deserializer.deserialize_any(ValueVisitor { reader, member, place });
        }
        let Some(exact) = reader.format.read_exact(member, reader.trace, deserializer)? else {
            place.fill_null();
            return Ok(());
        };
        match (place.fill(reader.trace)?.0, exact) {
            (Slot::BigInteger(slot), ExactOwned::BigInteger(value)) => *slot = value,
            (Slot::BigDecimal(slot), ExactOwned::BigDecimal(value)) => *slot = value,
            (Slot::Timestamp(slot), ExactOwned::Timestamp(value)) => *slot = value,
            (Slot::Unit, _) => {}
            _ => return Err(reader.trace.fail("the member does not hold what its schema says")),
        }
        Ok(())
    }
}

impl<F: Format> Reader<'_, F> {
    /// An error that names kinds, never the value.
    fn mismatch<E: Error>(self, member: &Member, found: &str) -> E {
        self.trace.fail(format!("expected {}, found {found}", described(member.target.kind)))
    }

    fn out_of_range<E: Error>(self, member: &Member) -> E {
        self.trace.fail(format!("the number is out of the range of {}", described(member.target.kind)))
    }

    fn structure<'de, A: MapAccess<'de>>(
        self,
        structure: &mut dyn Structure,
        choice: Choice,
        mut map: A,
    ) -> Result<(), A::Error> {
        let schema = structure.schema();
        let mut next = 0;
        while let Some(found) = map.next_key_seed(MemberKey { format: self.format, schema, next, choice })? {
            let Some((index, member)) = found else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            next = index + 1;
            let Some(value) = structure.member_mut(index) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            map.next_value_seed(ValueSeed::value(self, member, value))
                .map_err(|error| self.trace.within(error, member.name))?;
        }
        Ok(())
    }

    fn list<'de, A: SeqAccess<'de>>(
        self,
        schema: &'static Schema,
        list: &mut dyn List,
        mut items: A,
    ) -> Result<(), A::Error> {
        let (member, sparse) = (self.element(schema)?, schema.is_sparse());
        list.clear();
        let mut index = 0usize;
        loop {
            let seed = ValueSeed { reader: self, member, place: Place::Item { list: &mut *list, sparse } };
            let item = items.next_element_seed(seed);
            if item.map_err(|error| self.trace.within(error, format!("[{index}]")))?.is_none() {
                return Ok(());
            }
            index += 1;
        }
    }

    fn map<'de, A: MapAccess<'de>>(
        self,
        schema: &'static Schema,
        map: &mut dyn Map,
        mut entries: A,
    ) -> Result<(), A::Error> {
        let (member, sparse) = (self.element(schema)?, schema.is_sparse());
        map.clear();
        let mut index = 0usize;
        while let Some(key) = entries.next_key::<String>()? {
            let place = Place::Entry { map: &mut *map, key, sparse };
            entries
                .next_value_seed(ValueSeed { reader: self, member, place })
                .map_err(|error| self.trace.within(error, format!("[{index}]")))?;
            index += 1;
        }
        Ok(())
    }

    /// [Unions](https://smithy.io/2.0/spec/aggregate-types.html#union): one member is set. Nulls and
    /// `__type`, which some services add, do not count.
    fn union<'de, A: MapAccess<'de>>(self, union: &mut dyn Union, mut map: A) -> Result<(), A::Error> {
        let schema = union.schema();
        let mut chosen = Chosen::None;
        while let Some(key) = map.next_key_seed(VariantKey { format: self.format, schema })? {
            match key {
                Variant::Known(index, member) => {
                    let place = Place::Variant { union: &mut *union, index, chosen: &mut chosen };
                    map.next_value_seed(ValueSeed { reader: self, member, place })
                        .map_err(|error| self.trace.within(error, member.name))?;
                }
                Variant::Unknown(name) if name == "__type" => {
                    map.next_value::<IgnoredAny>()?;
                }
                Variant::Unknown(name) => {
                    if let Some(value) = map.next_value::<Option<Document>>()? {
                        chosen.choose_unknown(self.trace)?;
                        union.set_unknown(UnknownVariant::new(name, value));
                    }
                }
            }
        }
        match chosen {
            Chosen::None => return Err(self.trace.fail("none of the union's members is set")),
            Chosen::NullDocument(index) => {
                union.activate(index);
            }
            Chosen::Known(_) | Chosen::Unknown => {}
        }
        Ok(())
    }

    fn element<E: Error>(self, schema: &'static Schema) -> Result<&'static Member, E> {
        schema.element().ok_or_else(|| self.trace.fail("the schema of a list or map has no members"))
    }

    fn text<E: Error>(self, member: &'static Member, slot: Slot<'_>, text: &str) -> Result<(), E> {
        match slot {
            Slot::Unit => {}
            // Strings are blank as a rule: a new one is cheaper than one that grows.
            Slot::String(slot) => *slot = text.to_owned(),
            Slot::Enum(slot) => slot.set(text.to_owned()),
            Slot::Blob(slot) => match BASE64.decode(text) {
                Ok(blob) => *slot = blob.into(),
                Err(_) => return Err(self.trace.fail("the text is not base64")),
            },
            Slot::Timestamp(slot) => match Timestamp::parse(text, self.format.timestamp_format(member)) {
                Ok(timestamp) => *slot = timestamp,
                Err(error) => return Err(self.trace.fail(error.to_string())),
            },
            Slot::Float(slot) => *slot = self.non_finite(member, text)? as f32,
            Slot::Double(slot) => *slot = self.non_finite(member, text)?,
            _ => return Err(self.mismatch(member, "a string")),
        }
        Ok(())
    }

    fn non_finite<E: Error>(self, member: &Member, text: &str) -> Result<f64, E> {
        non_finite::value(text).ok_or_else(|| self.mismatch(member, "a string"))
    }
}

struct ValueVisitor<'s, 'r, F> {
    reader: Reader<'r, F>,
    member: &'static Member,
    place: Place<'s>,
}

impl<F: Format> ValueVisitor<'_, '_, F> {
    fn integer<E: Error>(self, value: i64) -> Result<(), E> {
        let Self { reader, member, place } = self;
        let fits = match place.fill(reader.trace)?.0 {
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

    /// A number that is no `i64`. Whole numbers such as `1.0` and `1e3` are integers all the same, as long
    /// as an `f64` is sure to hold them.
    fn real<E: Error>(self, value: f64) -> Result<(), E> {
        let Self { reader, member, place } = self;
        match member.target.kind {
            Kind::Byte | Kind::Short | Kind::Integer | Kind::Long => {
                if value.fract() != 0.0 {
                    Err(reader.mismatch(member, "a number with a fraction"))
                } else if value.abs() > MAX_EXACT {
                    Err(reader.out_of_range(member))
                } else {
                    ValueVisitor { reader, member, place }.integer(value as i64)
                }
            }
            _ => match place.fill(reader.trace)?.0 {
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
        f.write_str(described(self.member.target.kind))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.place.fill_null();
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        match self.place.fill(self.reader.trace)?.0 {
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
        let slot = self.place.fill(self.reader.trace)?.0;
        self.reader.text(self.member, slot, value)
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<(), E> {
        match self.place.fill(self.reader.trace)?.0 {
            Slot::Unit => {}
            Slot::Blob(slot) => *slot = value.to_vec().into(),
            _ => return Err(self.reader.mismatch(self.member, "a blob")),
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        match self.place.fill(self.reader.trace)?.0 {
            Slot::List(list) => self.reader.list(self.member.target, list, items),
            Slot::Unit => {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(())
            }
            _ => Err(self.reader.mismatch(self.member, "a list")),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        match self.place.fill(self.reader.trace)? {
            (Slot::Structure(structure), choice) => self.reader.structure(structure, choice, entries),
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

/// A kind with its article, for messages.
fn described(kind: Kind) -> &'static str {
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
