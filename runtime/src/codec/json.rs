//! JSON codec of [the AWS JSON protocols](https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#json-shape-serialization)
//! and of [rpcv2Json](https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2-json.html#shape-serialization).
//! The fields of [`Json`] are their differences.

use super::serde::{Exact, ExactOwned, Format, Reader, StructureWriter, Trace, ValueSeed, ValueWriter};
use super::{Members, ReadError, WriteError};
use crate::schema::{Kind, Member};
use crate::shape::{Structure, Value, View};
use crate::types::{Timestamp, TimestampFormat, non_finite};
use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;
use serde_core::de::{Deserialize, DeserializeSeed};
use serde_core::{Deserializer, Serialize, Serializer};
use serde_json::error::Category;
use serde_json::value::RawValue;

/// Initial buffer size in bytes; enough for a small body.
const INITIAL_CAPACITY: usize = 256;

/// The JSON codec.
#[derive(Clone, Copy, Debug)]
pub struct Json {
    /// True if [`jsonName`](https://smithy.io/2.0/spec/protocol-traits.html#jsonname-trait) is applied.
    pub json_names: bool,
    /// True if [`timestampFormat`](https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait)
    /// is applied. If false, all timestamps are epoch seconds.
    pub timestamp_formats: bool,
    /// True if big integers and big decimals are JSON strings instead of JSON numbers.
    pub big_numbers_as_text: bool,
}

impl Json {
    /// Serializes the selected members of a structure as a JSON object. Unset optional members are skipped.
    ///
    /// # Errors
    /// Returns an error if a value cannot be represented.
    pub fn write_structure(
        &self,
        structure: &dyn Structure,
        members: Members,
    ) -> Result<Vec<u8>, WriteError> {
        let trace = Trace::default();
        let filter = members.filter();
        let body = to_bytes(&StructureWriter { format: self, trace: &trace, structure, filter });
        body.map_err(|_| write_error(trace))
    }

    /// Serializes the value of a member.
    ///
    /// # Errors
    /// Returns an error if the value cannot be represented.
    pub fn write_value(&self, member: &'static Member, view: View<'_>) -> Result<Vec<u8>, WriteError> {
        let trace = Trace::default();
        let body = to_bytes(&ValueWriter { format: self, trace: &trace, member, view });
        body.map_err(|_| write_error(trace))
    }

    /// Deserializes a JSON object into the selected members of a structure. Unknown keys are ignored, and
    /// a null does not change its member.
    ///
    /// # Errors
    /// Returns an error if the body is malformed, has a duplicate key or does not match the schema.
    pub fn read_structure(
        &self,
        body: &[u8],
        structure: &mut dyn Structure,
        members: Members,
    ) -> Result<(), ReadError> {
        self.read(body, |reader| ValueSeed::structure(reader, structure, members.filter()))
    }

    /// Deserializes the value of a member.
    ///
    /// # Errors
    /// Returns an error if the body is malformed, has a duplicate key or does not match the schema.
    pub fn read_value(
        &self,
        body: &[u8],
        member: &'static Member,
        value: &mut dyn Value,
    ) -> Result<(), ReadError> {
        self.read(body, |reader| ValueSeed::value(reader, member, value))
    }

    fn read<'s>(
        &self,
        body: &[u8],
        seed: impl for<'r> FnOnce(Reader<'r, Self>) -> ValueSeed<'s, 'r, Self>,
    ) -> Result<(), ReadError> {
        // Checked for the whole body, because `serde_json` does not validate ignored strings.
        let text = std::str::from_utf8(body)
            .map_err(|error| ReadError::new(format!("invalid UTF-8 at byte {}", error.valid_up_to())))?;
        let trace = Trace::default();
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let result = seed(Reader { format: self, trace: &trace }).deserialize(&mut deserializer);
        result.and_then(|()| deserializer.end()).map_err(|error| read_error(trace, &error))
    }
}

fn to_bytes(value: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut body = Vec::with_capacity(INITIAL_CAPACITY);
    value.serialize(&mut serde_json::Serializer::new(&mut body))?;
    Ok(body)
}

fn write_error(trace: Trace) -> WriteError {
    let (path, message) = trace.into_parts();
    let error = WriteError::new(message.unwrap_or_else(|| "value cannot be represented in JSON".to_owned()));
    path.into_iter().fold(error, |error, segment| error.within(segment))
}

fn read_error(trace: Trace, error: &serde_json::Error) -> ReadError {
    let (path, message) = trace.into_parts();
    let message = message.unwrap_or_else(|| match error.classify() {
        // These messages contain the position, but never the input.
        Category::Syntax | Category::Eof => error.to_string(),
        Category::Data | Category::Io => {
            format!("unexpected JSON at line {} column {}", error.line(), error.column())
        }
    });
    path.into_iter().fold(ReadError::new(message), |error, segment| error.within(segment))
}

impl Format for Json {
    fn name(&self, member: &'static Member) -> &'static str {
        if self.json_names { member.json_name() } else { member.name }
    }

    fn timestamp_format(&self, member: &Member) -> TimestampFormat {
        let format = if self.timestamp_formats { member.timestamp_format() } else { None };
        format.unwrap_or(TimestampFormat::EpochSeconds)
    }

    fn write_blob<S: Serializer>(&self, blob: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&Base64Display::new(blob, &STANDARD))
    }

    fn write_non_finite<S: Serializer>(&self, number: f64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(non_finite::name(number))
    }

    fn write_exact<S: Serializer>(
        &self,
        value: Exact<'_>,
        member: &'static Member,
        trace: &Trace,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Exact::BigInteger(value) => self.write_big_number(value.as_str(), trace, serializer),
            Exact::BigDecimal(value) => self.write_big_number(value.as_str(), trace, serializer),
            Exact::Timestamp(value) => {
                let format = self.timestamp_format(member);
                if format == TimestampFormat::EpochSeconds && value.subsec_nanos() == 0 {
                    return serializer.serialize_i64(value.secs());
                }
                let text = value.format(format).map_err(|error| trace.fail_write(error.to_string()))?;
                match format {
                    TimestampFormat::EpochSeconds => write_number(&text, trace, serializer),
                    TimestampFormat::DateTime | TimestampFormat::HttpDate => serializer.serialize_str(&text),
                }
            }
        }
    }

    fn read_exact<'de, D: Deserializer<'de>>(
        &self,
        member: &'static Member,
        trace: &Trace,
        deserializer: D,
    ) -> Result<Option<ExactOwned>, D::Error> {
        let text = <&RawValue>::deserialize(deserializer)?.get();
        let unquoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        let text = match unquoted.filter(|_| self.big_numbers_as_text) {
            Some(unquoted) if member.target.kind != Kind::Timestamp => unquoted,
            _ => text,
        };
        let exact = match (member.target.kind, text) {
            (_, "null") => return Ok(None),
            (Kind::BigInteger, _) => text.parse().ok().map(ExactOwned::BigInteger),
            (Kind::BigDecimal, _) => text.parse().ok().map(ExactOwned::BigDecimal),
            _ => match Timestamp::parse(text, TimestampFormat::EpochSeconds) {
                Ok(timestamp) => Some(ExactOwned::Timestamp(timestamp)),
                Err(error) => return Err(trace.fail_read(error.to_string())),
            },
        };
        exact.map(Some).ok_or_else(|| {
            trace.fail_read(if member.target.kind == Kind::BigInteger {
                "expected a number without a fraction or exponent"
            } else {
                "expected a number"
            })
        })
    }
}

impl Json {
    fn write_big_number<S: Serializer>(
        &self,
        text: &str,
        trace: &Trace,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        if self.big_numbers_as_text {
            return serializer.serialize_str(text);
        }
        write_number(text, trace, serializer)
    }
}

/// Writes the text of a number unchanged, without a conversion to `f64`.
fn write_number<S: Serializer>(text: &str, trace: &Trace, serializer: S) -> Result<S::Ok, S::Error> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|_| trace.fail_write("not a number"))?;
    raw.serialize(serializer)
}

#[cfg(test)]
mod tests;
