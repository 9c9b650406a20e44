//! Values of shapes through any `serde` data format, by schema.
//!
//! One recursion writes, one reads; what a format does its own way is in [`Format`].

mod destination;
mod key;
mod read;
mod trace;
mod visit;
mod write;

pub(super) use read::{Reader, ValueSeed};
pub(super) use trace::Trace;
pub(super) use write::{StructureWriter, ValueWriter};

use crate::schema::{Kind, Member};
use crate::types::{BigDecimal, BigInteger, Document, Timestamp, TimestampFormat};
use serde_core::{Deserialize, Deserializer, Serializer};

/// What one data format does differently from another.
pub(super) trait Format {
    /// The member's name on the wire.
    fn name(&self, member: &'static Member) -> &'static str;

    /// How a member's timestamps are written.
    fn timestamp_format(&self, member: &Member) -> TimestampFormat;

    /// Whether blobs, and numbers that are none, may come as strings.
    fn has_text_forms(&self) -> bool {
        true
    }

    /// Writes a blob.
    fn write_blob<S: Serializer>(&self, blob: &[u8], serializer: S) -> Result<S::Ok, S::Error>;

    /// Writes a NaN or an infinity.
    fn write_non_finite<S: Serializer>(&self, number: f64, serializer: S) -> Result<S::Ok, S::Error>;

    /// Writes a value that no type of `serde`'s data model holds exactly.
    fn write_exact<S: Serializer>(
        &self,
        value: Exact<'_>,
        member: &'static Member,
        trace: &Trace,
        serializer: S,
    ) -> Result<S::Ok, S::Error>;

    /// Whether values of a member are read by [`Format::read_exact`].
    fn is_exact(&self, member: &Member) -> bool {
        match member.target.kind {
            Kind::BigInteger | Kind::BigDecimal => true,
            Kind::Timestamp => self.timestamp_format(member) == TimestampFormat::EpochSeconds,
            _ => false,
        }
    }

    /// Reads a value that no type of `serde`'s data model holds exactly; nothing where it is null.
    fn read_exact<'de, D: Deserializer<'de>>(
        &self,
        member: &'static Member,
        trace: &Trace,
        deserializer: D,
    ) -> Result<Option<ExactOwned>, D::Error>;

    /// Reads a document.
    fn read_document<'de, D: Deserializer<'de>>(&self, deserializer: D) -> Result<Document, D::Error> {
        Document::deserialize(deserializer)
    }
}

/// A value to be written that no type of `serde`'s data model holds exactly.
pub(super) enum Exact<'a> {
    BigInteger(&'a BigInteger),
    BigDecimal(&'a BigDecimal),
    Timestamp(Timestamp),
}

/// A value that was read and that no type of `serde`'s data model holds exactly.
pub(super) enum ExactOwned {
    BigInteger(BigInteger),
    BigDecimal(BigDecimal),
    Timestamp(Timestamp),
}

/// Which members of a structure are not in its document, and how keys find the others.
#[derive(Clone, Copy)]
pub(super) struct MemberFilter {
    /// Whether a member is left out.
    pub(super) skip: fn(&Member) -> bool,
    /// Whether `message` is found whatever the case of its letters, as in errors.
    pub(super) any_case_message: bool,
}

impl MemberFilter {
    /// All members, found by their exact names.
    pub(super) const ALL: Self = Self { skip: |_| false, any_case_message: false };
}
