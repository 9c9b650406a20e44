//! Schema-driven serialization and deserialization of shape values through `serde`.
//!
//! The differences between data formats are in [`Format`]. Formats that are no `serde` data formats, such as
//! XML, implement [`Codec`] themselves.

mod budget;
mod destination;
mod document;
mod error_body;
mod format;
mod key;
mod read;
mod reader;
mod scalar;
mod store;
mod text;
mod trace;
mod write;

#[cfg(feature = "cbor")]
pub(super) use document::DocumentSeed;
pub(super) use error_body::read_error_body;
pub(super) use format::{Exact, Format};
pub(super) use scalar::Scalar;
pub(super) use trace::Trace;

use super::{Codec, ErrorBody, Members, ReadError, Source, WriteError};
use crate::schema::Member;
use crate::shape::{Structure, Value, View};
use read::ValueSeed;
use reader::Reader;
use write::{StructureWriter, ValueWriter};

/// Reads a body, or what the format reads in its place. The second read overwrites what the first one stored.
fn read_or_repair(
    format: &impl Format,
    source: Source<'_>,
    mut read: impl FnMut(&[u8]) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    read(source.bytes()).or_else(|error| match format.repair(source.bytes()) {
        Some(repaired) => read(&repaired),
        None => Err(error),
    })
}

impl<F: Format> Codec for F {
    fn media_type(&self) -> &'static str {
        Format::media_type(self)
    }

    fn write_structure(&self, structure: &dyn Structure, members: Members) -> Result<Vec<u8>, WriteError> {
        let (trace, filter) = (Trace::default(), members.filter());
        let bytes = self.to_bytes(&StructureWriter { format: self, trace: &trace, structure, filter });
        bytes.ok_or_else(|| trace.into_write_error(F::NAME))
    }

    fn read_structure(
        &self,
        source: Source<'_>,
        structure: &mut dyn Structure,
        members: Members,
    ) -> Result<(), ReadError> {
        read_or_repair(self, source, |bytes| {
            let trace = Trace::with_budget(source.memory_budget());
            let reader = Reader { format: self, trace: &trace };
            let read = self.read_bytes(bytes, ValueSeed::structure(reader, structure, members.filter()));
            read.map_err(|message| trace.into_read_error(message))
        })
    }

    fn write_member(&self, member: &'static Member, view: View<'_>) -> Result<Vec<u8>, WriteError> {
        let trace = Trace::default();
        let bytes = self.to_bytes(&ValueWriter { format: self, trace: &trace, member, view });
        bytes.ok_or_else(|| trace.into_write_error(F::NAME))
    }

    fn read_member(
        &self,
        source: Source<'_>,
        member: &'static Member,
        value: &mut dyn Value,
    ) -> Result<(), ReadError> {
        read_or_repair(self, source, |bytes| {
            let trace = Trace::with_budget(source.memory_budget());
            let reader = Reader { format: self, trace: &trace };
            let read = self.read_bytes(bytes, ValueSeed::value(reader, member, value));
            read.map_err(|message| trace.into_read_error(message))
        })
    }

    fn read_error_body(&self, body: &[u8]) -> ErrorBody {
        Format::read_error_body(self, body)
    }
}
