//! The interface of data formats.

use super::document::DocumentSeed;
use super::scalar::Scalar;
use super::trace::Trace;
use crate::codec::ErrorBody;
use crate::schema::{Kind, Member, NameKind};
use crate::types::{BigDecimal, BigInteger, Document, Timestamp, TimestampFormat};
use serde_core::de::DeserializeSeed;
use serde_core::{Deserializer, Serialize, Serializer};
use std::fmt;

/// The format-specific parts of a codec. Its implementations are [`Codec`](crate::codec::Codec)s.
pub(in crate::codec) trait Format: fmt::Debug + Send + Sync {
    /// The name of the format, for messages.
    const NAME: &'static str;

    /// See [`Codec::media_type`](crate::codec::Codec::media_type).
    fn media_type(&self) -> &'static str;

    /// Serializes a document. Returns `None` if a value cannot be represented.
    fn to_bytes(&self, document: &impl Serialize) -> Option<Vec<u8>>;

    /// Deserializes a document.
    ///
    /// # Errors
    /// Returns a message, which does not contain a value.
    fn read_bytes(
        &self,
        body: &[u8],
        seed: impl for<'de> DeserializeSeed<'de, Value = ()>,
    ) -> Result<(), String>;

    /// Returns a body that can be read in place of one that cannot, if there is one.
    fn repair(&self, _: &[u8]) -> Option<Vec<u8>> {
        None
    }

    /// See [`Codec::read_error_body`](crate::codec::Codec::read_error_body).
    fn read_error_body(&self, body: &[u8]) -> ErrorBody;

    /// Returns the kind of names that members have in the format.
    fn name_kind(&self) -> NameKind;

    /// Returns the member's name on the wire.
    fn name(&self, member: &'static Member) -> &'static str {
        member.wire_name(self.name_kind())
    }

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
    ) -> Result<Option<Scalar<'static>>, D::Error>;

    /// Reads a document value.
    fn read_document<'de, D: Deserializer<'de>>(
        &self,
        seed: DocumentSeed<'_>,
        deserializer: D,
    ) -> Result<Document, D::Error> {
        seed.deserialize(deserializer)
    }
}

/// A value to write that `serde`'s data model cannot represent exactly.
pub(in crate::codec) enum Exact<'a> {
    BigInteger(&'a BigInteger),
    BigDecimal(&'a BigDecimal),
    Timestamp(Timestamp),
}
