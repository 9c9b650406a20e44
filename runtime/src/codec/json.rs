//! JSON codec of [the AWS JSON protocols](https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#json-shape-serialization)
//! and of [rpcv2Json](https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2-json.html#shape-serialization).
//! The fields of [`Json`] are their differences.

mod surrogates;

use super::ErrorBody;
use super::serde::{Exact, Format, Scalar, Trace, read_error_body};
use crate::schema::{Kind, Member, NameKind};
use crate::types::{Timestamp, TimestampFormat, non_finite};
use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;
use serde_core::de::{Deserialize, DeserializeSeed};
use serde_core::{Deserializer, Serialize, Serializer};
use serde_json::error::Category;
use serde_json::value::RawValue;
use std::borrow::Cow;
use surrogates::replace_lone_surrogates;

/// Initial buffer size in bytes; enough for a small body.
const INITIAL_CAPACITY: usize = 256;

/// The JSON codec.
#[derive(Clone, Copy, Debug)]
pub struct Json {
    /// The media type of documents.
    pub media_type: &'static str,
    /// The names of members: [`NameKind::Json`] or [`NameKind::Member`].
    pub name_kind: NameKind,
    /// True if [`timestampFormat`](https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait)
    /// is applied. If false, all timestamps are epoch seconds.
    pub timestamp_formats: bool,
    /// True if big integers and big decimals are JSON strings instead of JSON numbers.
    pub big_numbers_as_text: bool,
}

impl Format for Json {
    const NAME: &'static str = "JSON";

    fn media_type(&self) -> &'static str {
        self.media_type
    }

    fn to_bytes(&self, document: &impl Serialize) -> Option<Vec<u8>> {
        let mut body = Vec::with_capacity(INITIAL_CAPACITY);
        document.serialize(&mut serde_json::Serializer::new(&mut body)).ok()?;
        Some(body)
    }

    fn read_bytes(
        &self,
        body: &[u8],
        seed: impl for<'de> DeserializeSeed<'de, Value = ()>,
    ) -> Result<(), String> {
        // Checked for the whole body, because `serde_json` does not validate ignored strings.
        let text = std::str::from_utf8(body)
            .map_err(|error| format!("invalid UTF-8 at byte {}", error.valid_up_to()))?;
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let result = seed.deserialize(&mut deserializer);
        result.and_then(|()| deserializer.end()).map_err(|error| describe(&error))
    }

    /// Replaces lone surrogates, if there are any, with U+FFFD.
    #[cold]
    fn repair(&self, body: &[u8]) -> Option<Vec<u8>> {
        match replace_lone_surrogates(std::str::from_utf8(body).ok()?) {
            Cow::Borrowed(_) => None,
            Cow::Owned(text) => Some(text.into_bytes()),
        }
    }

    /// Replaces invalid UTF-8 and lone surrogates with U+FFFD.
    fn read_error_body(&self, body: &[u8]) -> ErrorBody {
        // From `&str`, as in `read_bytes`, so that only one `serde_json` parser is compiled.
        let text = String::from_utf8_lossy(body);
        read_error_body(&mut serde_json::Deserializer::from_str(&replace_lone_surrogates(&text)))
    }

    fn name_kind(&self) -> NameKind {
        self.name_kind
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
    ) -> Result<Option<Scalar<'static>>, D::Error> {
        let text = <&RawValue>::deserialize(deserializer)?.get();
        let unquoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        let text = match unquoted.filter(|_| self.big_numbers_as_text) {
            Some(unquoted) if member.target.kind != Kind::Timestamp => unquoted,
            _ => text,
        };
        let exact = match (member.target.kind, text) {
            (_, "null") => return Ok(None),
            (Kind::BigInteger, _) => text.parse().ok().map(Scalar::BigInteger),
            (Kind::BigDecimal, _) => text.parse().ok().map(Scalar::BigDecimal),
            _ => match Timestamp::parse(text, TimestampFormat::EpochSeconds) {
                Ok(timestamp) => Some(Scalar::Timestamp(timestamp)),
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

/// Returns a message for an error, without the input.
fn describe(error: &serde_json::Error) -> String {
    match error.classify() {
        // These messages contain the position, but never the input.
        Category::Syntax | Category::Eof => error.to_string(),
        Category::Data | Category::Io => {
            format!("unexpected JSON at line {} column {}", error.line(), error.column())
        }
    }
}

/// Writes the text of a number unchanged, without a conversion to `f64`.
fn write_number<S: Serializer>(text: &str, trace: &Trace, serializer: S) -> Result<S::Ok, S::Error> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|_| trace.fail_write("not a number"))?;
    raw.serialize(serializer)
}

#[cfg(test)]
mod tests;
