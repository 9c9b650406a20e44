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

use super::ErrorBody;
use super::serde::{DocumentSeed, Exact, Format, Scalar, Trace, read_error_body};
use crate::schema::{Kind, Member, NameKind};
use crate::types::{Document, TimestampFormat};
use de::{CborDeserializer, Raw};
use serde_core::de::{Deserialize, DeserializeSeed};
use serde_core::{Deserializer, Serialize, Serializer};

#[cfg(feature = "protocol-tests")]
pub(crate) use de::from_half;

/// The CBOR codec.
#[derive(Clone, Copy, Debug)]
pub struct Cbor;

impl Format for Cbor {
    const NAME: &'static str = "CBOR";

    fn media_type(&self) -> &'static str {
        "application/cbor"
    }

    fn to_bytes(&self, document: &impl Serialize) -> Option<Vec<u8>> {
        let mut body = ser::CborSerializer::default();
        document.serialize(&mut body).ok()?;
        Some(body.into_bytes())
    }

    fn read_bytes(
        &self,
        body: &[u8],
        seed: impl for<'de> DeserializeSeed<'de, Value = ()>,
    ) -> Result<(), String> {
        let mut deserializer = CborDeserializer::new(body);
        let result = seed.deserialize(&mut deserializer);
        let result = result.and_then(|()| deserializer.end());
        result.map_err(|error| format!("{error} at byte {}", deserializer.position()))
    }

    fn read_error_body(&self, body: &[u8]) -> ErrorBody {
        read_error_body(&mut CborDeserializer::new(body))
    }

    fn name_kind(&self) -> NameKind {
        NameKind::Member
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
    ) -> Result<Option<Scalar<'static>>, D::Error> {
        let mut input = CborDeserializer::new(Raw::deserialize(deserializer)?.0);
        if input.is_null() {
            return Ok(None);
        }
        let (exact, expected) = match member.target.kind {
            Kind::BigInteger => (
                big_number::read_integer(&mut input).map(Scalar::BigInteger),
                "expected an integer of at most 1024 bytes",
            ),
            Kind::BigDecimal => (
                big_number::read_decimal(&mut input).map(Scalar::BigDecimal),
                "expected a number of at most 1024 bytes",
            ),
            _ => (
                input.timestamp().map(Scalar::Timestamp),
                "expected an epoch timestamp with tag 1, within range",
            ),
        };
        exact.map(Some).ok_or_else(|| trace.fail_read(expected))
    }

    /// Blobs become base64 strings, because a document has no binary type.
    fn read_document<'de, D: Deserializer<'de>>(
        &self,
        seed: DocumentSeed<'_>,
        deserializer: D,
    ) -> Result<Document, D::Error> {
        let mut input = CborDeserializer::new(Raw::deserialize(deserializer)?.0).with_blobs_as_text();
        seed.deserialize(&mut input).map_err(serde_core::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
