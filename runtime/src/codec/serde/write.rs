//! Serialization of shape values with any `serde` serializer.

use super::format::{Exact, Format};
use super::trace::Trace;
use crate::codec::members::MemberFilter;
use crate::schema::{Member, Schema};
use crate::shape::{Active, List, Map, Structure, Value, View};
use serde_core::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

/// A structure to serialize, and the selection of its members.
pub(super) struct StructureWriter<'a, F> {
    pub(super) format: &'a F,
    pub(super) trace: &'a Trace,
    pub(super) structure: &'a dyn Structure,
    pub(super) filter: MemberFilter,
}

impl<F: Format> Serialize for StructureWriter<'_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (index, member) in self.structure.schema().members.iter().enumerate() {
            if (self.filter.skip)(member) {
                continue;
            }
            let Some(value) = self.structure.member(index) else { continue };
            let view = value.view();
            if !matches!(view, View::Absent) {
                let value = ValueWriter { format: self.format, trace: self.trace, member, view };
                map.serialize_entry(self.format.name(member), &value)
                    .map_err(|error| self.trace.within(error, member.name))?;
            }
        }
        map.end()
    }
}

/// A value to serialize, and the member that contains it.
pub(super) struct ValueWriter<'a, F> {
    pub(super) format: &'a F,
    pub(super) trace: &'a Trace,
    pub(super) member: &'static Member,
    pub(super) view: View<'a>,
}

impl<F: Format> Serialize for ValueWriter<'_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.view {
            View::Absent => serializer.serialize_unit(),
            View::Blob(value) => self.format.write_blob(value, serializer),
            View::Body(_) => Err(self.trace.fail_write("streaming blob cannot be part of a document")),
            View::Boolean(value) => serializer.serialize_bool(value),
            View::String(value) => serializer.serialize_str(value),
            View::Byte(value) => serializer.serialize_i8(value),
            View::Short(value) => serializer.serialize_i16(value),
            View::Integer(value) => serializer.serialize_i32(value),
            View::Long(value) => serializer.serialize_i64(value),
            View::Float(value) if value.is_finite() => serializer.serialize_f32(value),
            View::Float(value) => self.format.write_non_finite(value.into(), serializer),
            View::Double(value) if value.is_finite() => serializer.serialize_f64(value),
            View::Double(value) => self.format.write_non_finite(value, serializer),
            View::BigInteger(value) => self.exact(Exact::BigInteger(value), serializer),
            View::BigDecimal(value) => self.exact(Exact::BigDecimal(value), serializer),
            View::Timestamp(value) => self.exact(Exact::Timestamp(value), serializer),
            View::Document(value) => value.serialize(serializer),
            View::List(value) => self.list(value, serializer),
            View::Map(value) => self.map(value, serializer),
            View::Structure(structure) => {
                let Self { format, trace, .. } = *self;
                StructureWriter { format, trace, structure, filter: MemberFilter::ALL }.serialize(serializer)
            }
            View::Union(value) => self.union(value, serializer),
        }
    }
}

impl<'a, F: Format> ValueWriter<'a, F> {
    fn of(&self, member: &'static Member, value: &'a dyn Value) -> Self {
        Self { member, view: value.view(), ..*self }
    }

    fn exact<S: Serializer>(&self, value: Exact<'_>, serializer: S) -> Result<S::Ok, S::Error> {
        self.format.write_exact(value, self.member, self.trace, serializer)
    }

    /// Returns the member of a list, or the value member of a map.
    fn element<E: Error>(&self) -> Result<&'static Member, E> {
        let missing = || self.trace.fail_write("schema of the list or map has no members");
        self.member.target.element().ok_or_else(missing)
    }

    fn list<S: Serializer>(&self, list: &'a dyn List, serializer: S) -> Result<S::Ok, S::Error> {
        let element = self.element()?;
        let mut sequence = serializer.serialize_seq(Some(list.len()))?;
        for index in 0..list.len() {
            let Some(item) = list.item(index) else { continue };
            sequence
                .serialize_element(&self.of(element, item))
                .map_err(|error| self.trace.within(error, format!("[{index}]")))?;
        }
        sequence.end()
    }

    fn map<S: Serializer>(&self, map: &'a dyn Map, serializer: S) -> Result<S::Ok, S::Error> {
        let element = self.element()?;
        let mut entries = serializer.serialize_map(Some(map.len()))?;
        for (index, (key, value)) in map.entries().enumerate() {
            entries
                .serialize_entry(key, &self.of(element, value))
                .map_err(|error| self.trace.within(error, format!("[{index}]")))?;
        }
        entries.end()
    }

    fn union<S: Serializer>(&self, active: Active<'a>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match active {
            Active::Known { schema, index, value } => {
                let member = self.variant(schema, index)?;
                map.serialize_entry(self.format.name(member), &self.of(member, value))
                    .map_err(|error| self.trace.within(error, member.name))?;
            }
            Active::Unknown { variant, .. } if variant.is_unset() => {
                return Err(self.trace.fail_write("union has no member set"));
            }
            Active::Unknown { variant, .. } => map.serialize_entry(variant.name(), variant.value())?,
        }
        map.end()
    }

    fn variant<E: Error>(&self, schema: &'static Schema, index: usize) -> Result<&'static Member, E> {
        let missing = || self.trace.fail_write("schema of the union does not have the member that is set");
        schema.members.get(index).ok_or_else(missing)
    }
}
