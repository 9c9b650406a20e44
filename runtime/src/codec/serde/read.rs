//! Deserialization of shape values from any self-describing `serde` deserializer.
//!
//! Values are read with `deserialize_any`: with a more specific method, the deserializer would report a
//! mismatch itself, and its message would contain the value.
//!
//! The last value of a duplicate key is used, as most parsers do. The members of a required structure that it
//! does not contain keep their values.

use super::destination::{Destination, UnionState};
use super::format::Format;
use super::key::{MemberKey, Variant, VariantKey};
use super::reader::{Reader, describe};
use super::scalar::{Rejection, Scalar};
use crate::codec::members::MemberFilter;
use crate::schema::{Kind, Member, Schema};
use crate::shape::{Aggregate, List, Map, Structure, Union, Value};
use crate::types::{Document, UnknownVariant};
use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Member for the top-level structure, which is not the target of a member.
static ROOT: Member = Member::new("", &crate::schema::UNIT, &[]);

/// Seed that reads the value of a member into a destination. It is also the visitor of the value, which may
/// have any type.
pub(super) struct ValueSeed<'s, 'r, F> {
    reader: Reader<'r, F>,
    member: &'static Member,
    destination: Destination<'s>,
}

impl<'s, 'r, F: Format> ValueSeed<'s, 'r, F> {
    /// Creates a seed that reads the value of a member.
    pub(super) fn value(reader: Reader<'r, F>, member: &'static Member, value: &'s mut dyn Value) -> Self {
        Self { reader, member, destination: Destination::Value(value) }
    }

    /// Creates a seed that reads the selected members of a top-level structure.
    pub(super) fn structure(
        reader: Reader<'r, F>,
        structure: &'s mut dyn Structure,
        filter: MemberFilter,
    ) -> Self {
        Self { reader, member: &ROOT, destination: Destination::Structure(structure, filter) }
    }

    #[inline(always)]
    fn store<E: Error>(self, scalar: Scalar<'_>) -> Result<(), E> {
        let Self { reader, member, destination } = self;
        let (slot, _) = destination.fill(reader.trace)?;
        reader.store(member, slot, scalar)
    }

    /// Stores a document. A null is a document value, except in a sparse list or map.
    fn store_document<E: Error>(self, document: Document) -> Result<(), E> {
        let Self { reader, member, destination } = self;
        let destination = match document.is_null() {
            true => destination.fill_null_document(reader.trace)?,
            false => Some(destination),
        };
        match destination {
            Some(destination) => Self { reader, member, destination }.store(Scalar::Document(document)),
            None => Ok(()),
        }
    }
}

impl<'de, F: Format> DeserializeSeed<'de> for ValueSeed<'_, '_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Self { reader, member, .. } = self;
        if member.target.kind == Kind::Document {
            let document = reader.format.read_document(reader.document_seed(), deserializer)?;
            return self.store_document(document);
        }
        if !reader.format.is_exact(member) {
            return deserializer.deserialize_any(self);
        }
        match reader.format.read_exact(member, reader.trace, deserializer)? {
            Some(scalar) => self.store(scalar),
            None => self.destination.fill_null(reader.trace),
        }
    }
}

impl<'de, F: Format> Visitor<'de> for ValueSeed<'_, '_, F> {
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
        self.store(Scalar::Boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.store(Scalar::Integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.store(i64::try_from(value).map_or(Scalar::Real(value as f64), Scalar::Integer))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.store(Scalar::Real(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        let Self { reader, member, destination } = self;
        let (slot, _) = destination.fill(reader.trace)?;
        reader.store_text(member, slot, value)
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<(), E> {
        self.store(Scalar::Blob(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Self { reader, member, destination } = self;
        match destination.fill(reader.trace)?.0.into_aggregate() {
            Some(Aggregate::List(list)) => reader.list(member.target, list, items),
            Some(Aggregate::Unit) => {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(())
            }
            Some(Aggregate::Map(_) | Aggregate::Structure(_) | Aggregate::Union(_)) | None => {
                Err(reader.reject(member, Rejection::Mismatch("a list")))
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self { reader, member, destination } = self;
        let (slot, filter) = destination.fill(reader.trace)?;
        match slot.into_aggregate() {
            Some(Aggregate::Structure(structure)) => reader.structure(structure, filter, entries),
            Some(Aggregate::Map(map)) => reader.map(member.target, map, entries),
            Some(Aggregate::Union(union)) => reader.union(union, entries),
            Some(Aggregate::Unit) => {
                while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(())
            }
            Some(Aggregate::List(_)) | None => Err(reader.reject(member, Rejection::Mismatch("a map"))),
        }
    }
}

/// Seed that reads the value of an unknown union member.
struct VariantDocument<'r, F> {
    reader: Reader<'r, F>,
}

impl<'de, F: Format> DeserializeSeed<'de> for VariantDocument<'_, F> {
    type Value = Document;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        self.reader.format.read_document(self.reader.document_seed(), deserializer)
    }
}

impl<F: Format> Reader<'_, F> {
    fn structure<'de, A: MapAccess<'de>>(
        self,
        structure: &mut dyn Structure,
        filter: MemberFilter,
        mut map: A,
    ) -> Result<(), A::Error> {
        let schema = structure.schema();
        let mut next = 0;
        while let Some(found) = map.next_key_seed(MemberKey { format: self.format, schema, next, filter })? {
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
            let seed = ValueSeed {
                reader: self,
                member,
                destination: Destination::Item { list: &mut *list, index, sparse },
            };
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
            let destination = Destination::Entry { map: &mut *map, key, index, sparse };
            entries
                .next_value_seed(ValueSeed { reader: self, member, destination })
                .map_err(|error| self.trace.within(error, format!("[{index}]")))?;
            index += 1;
        }
        Ok(())
    }

    /// Reads a [union](https://smithy.io/2.0/spec/aggregate-types.html#union), which has exactly one member
    /// set. Ignores nulls, and `__type`, which some services add.
    fn union<'de, A: MapAccess<'de>>(self, union: &mut dyn Union, mut map: A) -> Result<(), A::Error> {
        let schema = union.schema();
        let mut state = UnionState::None;
        while let Some(key) = map.next_key_seed(VariantKey { format: self.format, schema })? {
            match key {
                Variant::Known(index, member) => {
                    let destination = Destination::Variant { union: &mut *union, index, state: &mut state };
                    map.next_value_seed(ValueSeed { reader: self, member, destination })
                        .map_err(|error| self.trace.within(error, member.name))?;
                }
                Variant::Unknown(name) if name == "__type" => {
                    map.next_value::<IgnoredAny>()?;
                }
                Variant::Unknown(name) => {
                    let document = map.next_value_seed(VariantDocument { reader: self })?;
                    if !document.is_null() {
                        state.set_unknown(self.trace)?;
                        union.set_unknown(UnknownVariant::new(name, document));
                    }
                }
            }
        }
        match state {
            UnionState::None => return Err(self.trace.fail_read("union has no member set")),
            UnionState::NullDocument(index) => {
                union.activate(index);
            }
            UnionState::Known(_) | UnionState::Unknown => {}
        }
        Ok(())
    }

    fn element<E: Error>(self, schema: &'static Schema) -> Result<&'static Member, E> {
        schema.element().ok_or_else(|| self.trace.fail_read("schema of the list or map has no members"))
    }
}
