//! Deserialization of shape values from any self-describing `serde` deserializer.
//!
//! Values are read with `deserialize_any`: with a more specific method, the deserializer would report a
//! mismatch itself, and its message would contain the value.
//!
//! A duplicate key is an error, because parsers differ in which of its values they use.

use super::destination::{DUPLICATE_KEY, Destination, UnionState};
use super::key::{MemberKey, Variant, VariantKey};
use super::visit::ValueVisitor;
use super::{ExactOwned, Format, MemberFilter, Trace};
use crate::schema::{Kind, Member, Schema};
use crate::shape::{List, Map, Slot, Structure, Union, Value};
use crate::types::{Document, UnknownVariant};
use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess};

/// Member for the top-level structure, which is not the target of a member.
static ROOT: Member = Member::new("", &crate::schema::UNIT, &[]);

/// Context shared by all steps of one deserialization.
pub(in crate::codec) struct Reader<'r, F> {
    pub(in crate::codec) format: &'r F,
    pub(in crate::codec) trace: &'r Trace,
}

/// Set of the member indices of a structure that have been read.
#[derive(Default)]
struct SeenMembers {
    /// Bits of the indices below 64.
    first: u64,
    rest: Vec<usize>,
}

impl SeenMembers {
    /// Adds a member. Returns false if it has been read before.
    fn insert(&mut self, index: usize) -> bool {
        if index < 64 {
            let is_new = self.first & 1 << index == 0;
            self.first |= 1 << index;
            return is_new;
        }
        let is_new = !self.rest.contains(&index);
        self.rest.push(index);
        is_new
    }
}

impl<F> Clone for Reader<'_, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Reader<'_, F> {}

/// Seed that reads the value of a member into a destination.
pub(in crate::codec) struct ValueSeed<'s, 'r, F> {
    reader: Reader<'r, F>,
    member: &'static Member,
    destination: Destination<'s>,
}

impl<'s, 'r, F: Format> ValueSeed<'s, 'r, F> {
    /// Creates a seed that reads the value of a member.
    pub(in crate::codec) fn value(
        reader: Reader<'r, F>,
        member: &'static Member,
        value: &'s mut dyn Value,
    ) -> Self {
        Self { reader, member, destination: Destination::Value(value) }
    }

    /// Creates a seed that reads the selected members of a top-level structure.
    pub(in crate::codec) fn structure(
        reader: Reader<'r, F>,
        structure: &'s mut dyn Structure,
        filter: MemberFilter,
    ) -> Self {
        Self { reader, member: &ROOT, destination: Destination::Structure(structure, filter) }
    }
}

impl<'de, F: Format> DeserializeSeed<'de> for ValueSeed<'_, '_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Self { reader, member, destination } = self;
        if member.target.kind == Kind::Document {
            let document = reader.format.read_document(deserializer)?;
            return destination.fill_document(document, reader.trace);
        }
        if !reader.format.is_exact(member) {
            return deserializer.deserialize_any(ValueVisitor { reader, member, destination });
        }
        let Some(exact) = reader.format.read_exact(member, reader.trace, deserializer)? else {
            return destination.fill_null(reader.trace);
        };
        match (destination.fill(reader.trace)?.0, exact) {
            (Slot::BigInteger(slot), ExactOwned::BigInteger(value)) => *slot = value,
            (Slot::BigDecimal(slot), ExactOwned::BigDecimal(value)) => *slot = value,
            (Slot::Timestamp(slot), ExactOwned::Timestamp(value)) => *slot = value,
            (Slot::Unit, _) => {}
            _ => return Err(reader.trace.fail_read("type of the member does not match its schema")),
        }
        Ok(())
    }
}

/// Seed that reads a document.
struct DocumentSeed<'r, F> {
    format: &'r F,
}

impl<'de, F: Format> DeserializeSeed<'de> for DocumentSeed<'_, F> {
    type Value = Document;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        self.format.read_document(deserializer)
    }
}

impl<F: Format> Reader<'_, F> {
    pub(super) fn structure<'de, A: MapAccess<'de>>(
        self,
        structure: &mut dyn Structure,
        filter: MemberFilter,
        mut map: A,
    ) -> Result<(), A::Error> {
        let schema = structure.schema();
        let (mut next, mut seen) = (0, SeenMembers::default());
        while let Some(found) = map.next_key_seed(MemberKey { format: self.format, schema, next, filter })? {
            let Some((index, member)) = found else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            next = index + 1;
            if !seen.insert(index) && !filter.ignore_message_case {
                return Err(self.trace.within(self.trace.fail_read(DUPLICATE_KEY), member.name));
            }
            let Some(value) = structure.member_mut(index) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            map.next_value_seed(ValueSeed::value(self, member, value))
                .map_err(|error| self.trace.within(error, member.name))?;
        }
        Ok(())
    }

    pub(super) fn list<'de, A: SeqAccess<'de>>(
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
                destination: Destination::Item { list: &mut *list, sparse },
            };
            let item = items.next_element_seed(seed);
            if item.map_err(|error| self.trace.within(error, format!("[{index}]")))?.is_none() {
                return Ok(());
            }
            index += 1;
        }
    }

    pub(super) fn map<'de, A: MapAccess<'de>>(
        self,
        schema: &'static Schema,
        map: &mut dyn Map,
        mut entries: A,
    ) -> Result<(), A::Error> {
        let (member, sparse) = (self.element(schema)?, schema.is_sparse());
        map.clear();
        let mut index = 0usize;
        while let Some(key) = entries.next_key::<String>()? {
            let destination = Destination::Entry { map: &mut *map, key, sparse };
            entries
                .next_value_seed(ValueSeed { reader: self, member, destination })
                .map_err(|error| self.trace.within(error, format!("[{index}]")))?;
            index += 1;
        }
        Ok(())
    }

    /// Reads a [union](https://smithy.io/2.0/spec/aggregate-types.html#union), which has exactly one member
    /// set. Ignores nulls, and `__type`, which some services add.
    pub(super) fn union<'de, A: MapAccess<'de>>(
        self,
        union: &mut dyn Union,
        mut map: A,
    ) -> Result<(), A::Error> {
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
                    let document = map.next_value_seed(DocumentSeed { format: self.format })?;
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
