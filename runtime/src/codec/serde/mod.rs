//! Schema-driven serialization and deserialization of shape values through `serde`.
//!
//! The differences between data formats are in [`Format`].

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

/// The format-specific parts of a codec.
pub(super) trait Format {
    /// Returns the member's name on the wire.
    fn name(&self, member: &'static Member) -> &'static str;

    /// Returns the format of a member's timestamps.
    fn timestamp_format(&self, member: &Member) -> TimestampFormat;

    /// Returns true if blobs, NaN and the infinities may be encoded as strings.
    fn has_text_forms(&self) -> bool {
        true
    }

    /// Writes a blob.
    fn write_blob<S: Serializer>(&self, blob: &[u8], serializer: S) -> Result<S::Ok, S::Error>;

    /// Writes a NaN or an infinity.
    fn write_non_finite<S: Serializer>(&self, number: f64, serializer: S) -> Result<S::Ok, S::Error>;

    /// Writes a value that `serde`'s data model cannot represent exactly.
    fn write_exact<S: Serializer>(
        &self,
        value: Exact<'_>,
        member: &'static Member,
        trace: &Trace,
        serializer: S,
    ) -> Result<S::Ok, S::Error>;

    /// Returns true if values of a member are read by [`Format::read_exact`].
    fn is_exact(&self, member: &Member) -> bool {
        match member.target.kind {
            Kind::BigInteger | Kind::BigDecimal => true,
            Kind::Timestamp => self.timestamp_format(member) == TimestampFormat::EpochSeconds,
            _ => false,
        }
    }

    /// Reads a value that `serde`'s data model cannot represent exactly. Returns `None` for null.
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

/// A value to write that `serde`'s data model cannot represent exactly.
pub(super) enum Exact<'a> {
    BigInteger(&'a BigInteger),
    BigDecimal(&'a BigDecimal),
    Timestamp(Timestamp),
}

/// A value read that `serde`'s data model cannot represent exactly.
pub(super) enum ExactOwned {
    BigInteger(BigInteger),
    BigDecimal(BigDecimal),
    Timestamp(Timestamp),
}

/// Selects the members of a structure that are in its document, and sets how keys are matched to them.
#[derive(Clone, Copy)]
pub(super) struct MemberFilter {
    /// Returns true if a member is skipped.
    pub(super) skip: fn(&Member) -> bool,
    /// True if the key of the member `message` is matched case-insensitively, as in errors.
    pub(super) ignore_message_case: bool,
}

impl MemberFilter {
    /// Selects all members and matches their keys exactly.
    pub(super) const ALL: Self = Self { skip: |_| false, ignore_message_case: false };
}
