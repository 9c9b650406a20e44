//! CBOR, by [rpcv2Cbor's rules](https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2-cbor.html#shape-serialization).
//!
//! `cbor4ii` reads and writes the items; the `serde` deserializer and serializer over it are our own, since
//! none of those that come with a CBOR crate (`ciborium`, `cbor4ii`, `minicbor-serde`) gives all of: tags,
//! which make timestamps and big numbers, half-precision floats without the `half` crate and its macros,
//! unknown tags passed over anywhere, and a bound on nesting that is ours to set.

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
    /// The bytes of a map with a choice of a structure's members. Optional members that are not there are
    /// left out.
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
                let message = message.unwrap_or_else(|| "the value has no form in CBOR".to_owned());
                Err(path.into_iter().fold(WriteError::new(message), |error, segment| error.within(segment)))
            }
        }
    }

    /// Fills a choice of a structure's members from a map. Other keys are passed over, and nulls leave their
    /// members as they are.
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

    /// [`timestampFormat`](https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait) does not
    /// count.
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
            Exact::BigInteger(value) => match big_number::from_integer(value.as_str()) {
                Some(number) => number.serialize(serializer),
                None => Err(trace.refuse("a number of too many digits")),
            },
            Exact::BigDecimal(value) => match big_number::from_decimal(value.as_str()) {
                Some(fraction) => fraction.serialize(serializer),
                None => Err(trace.refuse("a number of too many digits")),
            },
            Exact::Timestamp(value) if value.subsec_nanos() == 0 => {
                ser::Tagged(ser::EPOCH, value.secs()).serialize(serializer)
            }
            Exact::Timestamp(value) => {
                let text = value.format(TimestampFormat::EpochSeconds).unwrap_or_default();
                // The double that is nearest, of which the text is the shortest: reading it gives the same.
                let seconds: f64 = text.parse().map_err(|_| trace.refuse("a timestamp out of range"))?;
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
                "expected a timestamp: a number of seconds that is in range, with tag 1",
            ),
        };
        exact.map(Some).ok_or_else(|| trace.fail(expected))
    }

    /// As a document cannot hold them otherwise, blobs in it are base64.
    fn read_document<'de, D: Deserializer<'de>>(&self, deserializer: D) -> Result<Document, D::Error> {
        let mut input = CborDeserializer::new(Raw::deserialize(deserializer)?.0).with_blobs_as_text();
        Document::deserialize(&mut input).map_err(serde_core::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
