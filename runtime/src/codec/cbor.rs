//! CBOR codec of [rpcv2Cbor](https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2-cbor.html#shape-serialization).
//!
//! `cbor4ii` encodes and decodes single items. The `serde` serializer and deserializer on top of it are
//! custom, because those of `ciborium`, `cbor4ii` and `minicbor-serde` each lack at least one of: tags (for
//! timestamps and big numbers), half-precision floats without the `half` crate and its macros, ignoring
//! unknown tags at any position, and a configurable nesting limit.

mod big_number;
mod de;
mod error;
mod ser;

use super::serde::{Exact, ExactOwned, Format, Reader, StructureWriter, Trace, ValueSeed};
use super::{Members, ReadError, WriteError};
use crate::schema::{Kind, Member};
use crate::shape::Structure;
use crate::types::{Document, TimestampFormat};
use de::Raw;
use serde_core::de::{Deserialize, DeserializeSeed};
use serde_core::{Deserializer, Serialize, Serializer};

pub(crate) use de::CborDeserializer;
#[cfg(feature = "protocol-tests")]
pub(crate) use de::from_half;

/// The CBOR codec.
#[derive(Clone, Copy, Debug)]
pub struct Cbor;

impl Cbor {
    /// Serializes the selected members of a structure as a CBOR map. Unset optional members are skipped.
    ///
    /// # Errors
    /// Returns an error if a value cannot be represented.
    pub fn write_structure(
        &self,
        structure: &dyn Structure,
        members: Members,
    ) -> Result<Vec<u8>, WriteError> {
        let trace = Trace::default();
        let writer = StructureWriter { format: self, trace: &trace, structure, filter: members.filter() };
        let mut body = ser::CborSerializer::default();
        match writer.serialize(&mut body) {
            Ok(()) => Ok(body.into_bytes()),
            Err(_) => {
                let (path, message) = trace.into_parts();
                let message = message.unwrap_or_else(|| "value cannot be represented in CBOR".to_owned());
                Err(path.into_iter().fold(WriteError::new(message), |error, segment| error.within(segment)))
            }
        }
    }

    /// Deserializes a CBOR map into the selected members of a structure. Unknown keys are ignored, and a
    /// null does not change its member.
    ///
    /// # Errors
    /// Returns an error if the body is malformed, has a duplicate key or does not match the schema.
    pub fn read_structure(
        &self,
        body: &[u8],
        structure: &mut dyn Structure,
        members: Members,
    ) -> Result<(), ReadError> {
        let trace = Trace::default();
        let reader = Reader { format: self, trace: &trace };
        let mut deserializer = CborDeserializer::new(body);
        let result = ValueSeed::structure(reader, structure, members.filter()).deserialize(&mut deserializer);
        result.and_then(|()| deserializer.end()).map_err(|error| {
            let (path, message) = trace.into_parts();
            let message = message.unwrap_or_else(|| format!("{error} at byte {}", deserializer.position()));
            path.into_iter().fold(ReadError::new(message), |error, segment| error.within(segment))
        })
    }
}

impl Format for Cbor {
    fn name(&self, member: &'static Member) -> &'static str {
        member.name
    }

    /// Returns epoch seconds: rpcv2Cbor ignores
    /// [`timestampFormat`](https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait).
    fn timestamp_format(&self, _: &Member) -> TimestampFormat {
        TimestampFormat::EpochSeconds
    }

    fn has_text_forms(&self) -> bool {
        false
    }

    fn write_blob<S: Serializer>(&self, blob: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(blob)
    }

    fn write_non_finite<S: Serializer>(&self, number: f64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(number)
    }

    fn write_exact<S: Serializer>(
        &self,
        value: Exact<'_>,
        _: &'static Member,
        trace: &Trace,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Exact::BigInteger(value) => match big_number::parse_integer(value.as_str()) {
                Some(number) => number.serialize(serializer),
                None => Err(trace.fail_write("number has too many digits")),
            },
            Exact::BigDecimal(value) => match big_number::parse_decimal(value.as_str()) {
                Some(fraction) => fraction.serialize(serializer),
                None => Err(trace.fail_write("number has too many digits")),
            },
            Exact::Timestamp(value) if value.subsec_nanos() == 0 => {
                ser::Tagged(ser::EPOCH, value.secs()).serialize(serializer)
            }
            Exact::Timestamp(value) => {
                let text = value.format(TimestampFormat::EpochSeconds).unwrap_or_default();
                // The text is the shortest decimal form of the nearest double, so the value round-trips.
                let seconds: f64 = text.parse().map_err(|_| trace.fail_write("timestamp out of range"))?;
                ser::Tagged(ser::EPOCH, seconds).serialize(serializer)
            }
        }
    }

    fn read_exact<'de, D: Deserializer<'de>>(
        &self,
        member: &'static Member,
        trace: &Trace,
        deserializer: D,
    ) -> Result<Option<ExactOwned>, D::Error> {
        let mut input = CborDeserializer::new(Raw::deserialize(deserializer)?.0);
        if input.is_null() {
            return Ok(None);
        }
        let (exact, expected) = match member.target.kind {
            Kind::BigInteger => (
                big_number::read_integer(&mut input).map(ExactOwned::BigInteger),
                "expected an integer of at most 1024 bytes",
            ),
            Kind::BigDecimal => (
                big_number::read_decimal(&mut input).map(ExactOwned::BigDecimal),
                "expected a number of at most 1024 bytes",
            ),
            _ => (
                input.timestamp().map(ExactOwned::Timestamp),
                "expected an epoch timestamp with tag 1, within range",
            ),
        };
        exact.map(Some).ok_or_else(|| trace.fail_read(expected))
    }

    /// Blobs become base64 strings, because a document has no binary type.
    fn read_document<'de, D: Deserializer<'de>>(&self, deserializer: D) -> Result<Document, D::Error> {
        let mut input = CborDeserializer::new(Raw::deserialize(deserializer)?.0).with_blobs_as_text();
        Document::deserialize(&mut input).map_err(serde_core::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
