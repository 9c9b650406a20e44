//! `serde` deserializer for CBOR. Tags are ignored, except in [`Raw`] values.

use super::error::CborError;
use crate::types::{Timestamp, TimestampFormat};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cbor4ii::core::dec::{self, Decode, Read, Reference};
use cbor4ii::core::{major, marker, types};
use serde_core::Deserializer;
use serde_core::de::{Deserialize, DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_core::forward_to_deserialize_any;
use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;

/// Maximum nesting depth of arrays and maps. Same as in `serde_json`.
const MAX_DEPTH: u8 = 128;

/// Newtype name that requests the encoded bytes of a value.
const RAW: &str = "farrier CBOR raw value";

#[derive(Clone)]
pub(crate) struct CborDeserializer<'de> {
    input: Input<'de>,
    len: usize,
    depth: u8,
    blobs_as_text: bool,
}

#[derive(Clone)]
struct Input<'de>(&'de [u8]);

impl<'de> Read<'de> for Input<'de> {
    type Error = Infallible;

    fn fill<'short>(&'short mut self, want: usize) -> Result<Reference<'de, 'short>, Infallible> {
        Ok(Reference::Long(&self.0[..want.min(self.0.len())]))
    }

    fn advance(&mut self, n: usize) {
        self.0 = self.0.get(n..).unwrap_or_default();
    }
}

impl<'de> CborDeserializer<'de> {
    pub(crate) fn new(body: &'de [u8]) -> Self {
        Self { input: Input(body), len: body.len(), depth: MAX_DEPTH, blobs_as_text: false }
    }

    /// Deserializes blobs as base64 strings.
    pub(super) fn with_blobs_as_text(self) -> Self {
        Self { blobs_as_text: true, ..self }
    }

    /// Returns the number of bytes read.
    pub(super) fn position(&self) -> usize {
        self.len - self.input.0.len()
    }

    /// Returns an error if there are unread bytes.
    pub(super) fn end(&self) -> Result<(), CborError> {
        if self.input.0.is_empty() { Ok(()) } else { Err(CborError::Trailing) }
    }

    pub(super) fn decode<T: Decode<'de>>(&mut self) -> Result<T, CborError> {
        T::decode(&mut self.input).map_err(|_| CborError::Malformed)
    }

    pub(super) fn peek(&self) -> Result<u8, CborError> {
        self.input.0.first().copied().ok_or(CborError::Malformed)
    }

    /// Returns true if the next value is null or `undefined`, which is read as null.
    pub(super) fn is_null(&self) -> bool {
        matches!(self.peek(), Ok(marker::NULL | marker::UNDEFINED))
    }

    /// Reads the next tag, if there is one.
    pub(super) fn tag(&mut self) -> Result<Option<u64>, CborError> {
        if dec::if_major(self.peek()?) != major::TAG {
            return Ok(None);
        }
        types::Tag::tag(&mut self.input).map(Some).map_err(|_| CborError::Malformed)
    }

    /// Reads all tags of the next value and returns the innermost one.
    pub(super) fn innermost_tag(&mut self) -> Result<Option<u64>, CborError> {
        let mut innermost = None;
        while let Some(tag) = self.tag()? {
            innermost = Some(tag);
        }
        Ok(innermost)
    }

    pub(super) fn array_len(&mut self) -> Result<Option<usize>, CborError> {
        types::Array::len(&mut self.input).map_err(|_| CborError::Malformed)
    }

    pub(super) fn float(&mut self) -> Result<f64, CborError> {
        match self.peek()? {
            marker::F16 => self.decode().map(|types::F16(bits)| from_half(bits)),
            marker::F32 => self.decode().map(f32::into),
            _ => self.decode(),
        }
    }

    /// Reads a number of seconds with the epoch tag.
    pub(super) fn timestamp(&mut self) -> Option<Timestamp> {
        if self.innermost_tag().ok()? != Some(super::ser::EPOCH) {
            return None;
        }
        match dec::if_major(self.peek().ok()?) {
            major::UNSIGNED | major::NEGATIVE => self.decode().ok().map(Timestamp::from_secs),
            _ => {
                // The shortest decimal form of the double is the value that the sender encoded.
                let text = self.float().ok()?.to_string();
                Timestamp::parse(&text, TimestampFormat::EpochSeconds).ok()
            }
        }
    }

    fn blob<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, CborError> {
        let types::Bytes(blob) = self.decode::<types::Bytes<Cow<'de, [u8]>>>()?;
        match blob {
            blob if self.blobs_as_text => visitor.visit_string(STANDARD.encode(blob)),
            Cow::Borrowed(blob) => visitor.visit_borrowed_bytes(blob),
            Cow::Owned(blob) => visitor.visit_byte_buf(blob),
        }
    }

    fn negative<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, CborError> {
        let types::Negative(magnitude) = self.decode::<types::Negative<u64>>()?;
        match i64::try_from(magnitude) {
            Ok(magnitude) => visitor.visit_i64(-1 - magnitude),
            Err(_) => visitor.visit_f64(-1.0 - magnitude as f64),
        }
    }

    fn simple<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, CborError> {
        match self.peek()? {
            marker::FALSE | marker::TRUE => visitor.visit_bool(self.decode()?),
            marker::NULL | marker::UNDEFINED => {
                self.input.advance(1);
                visitor.visit_unit()
            }
            marker::F16 | marker::F32 | marker::F64 => visitor.visit_f64(self.float()?),
            _ => Err(CborError::Malformed),
        }
    }

    /// Reads the items of an array or the entries of a map.
    fn nested<T>(
        &mut self,
        len: Option<usize>,
        read: impl FnOnce(&mut Items<'_, 'de>) -> Result<T, CborError>,
    ) -> Result<T, CborError> {
        self.depth = self.depth.checked_sub(1).ok_or(CborError::TooDeep)?;
        let mut items = Items { deserializer: self, remaining: len };
        let value = read(&mut items)?;
        let is_complete = items.remaining == Some(0);
        self.depth += 1;
        if is_complete { Ok(value) } else { Err(CborError::Data) }
    }
}

impl<'de> Deserializer<'de> for &mut CborDeserializer<'de> {
    type Error = CborError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CborError> {
        self.innermost_tag()?;
        match dec::if_major(self.peek()?) {
            major::UNSIGNED => visitor.visit_u64(self.decode()?),
            major::NEGATIVE => self.negative(visitor),
            major::BYTES => self.blob(visitor),
            major::STRING => match self.decode()? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            major::ARRAY => {
                let len = self.array_len()?;
                self.nested(len, |items| visitor.visit_seq(items))
            }
            major::MAP => {
                let len = types::Map::len(&mut self.input).map_err(|_| CborError::Malformed)?;
                self.nested(len, |items| visitor.visit_map(items))
            }
            _ => self.simple(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CborError> {
        if self.is_null() {
            self.input.advance(1);
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, CborError> {
        if name != RAW {
            return visitor.visit_newtype_struct(self);
        }
        let before = self.input.0;
        IgnoredAny::deserialize(&mut *self)?;
        visitor.visit_borrowed_bytes(&before[..before.len() - self.input.0.len()])
    }

    /// Accepts unassigned simple values, which are well-formed.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CborError> {
        self.innermost_tag()?;
        match self.peek()? {
            0xe0..=0xf3 | 0xf8 => {
                self.decode::<types::Simple>()?;
                visitor.visit_unit()
            }
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct enum identifier
    }
}

/// Access to array items or map entries.
struct Items<'a, 'de> {
    deserializer: &'a mut CborDeserializer<'de>,
    /// Number of unread items; `None` until the break of an indefinite length is read.
    remaining: Option<usize>,
}

impl Items<'_, '_> {
    /// Returns true if there is another item.
    fn next(&mut self) -> Result<bool, CborError> {
        let more = match &mut self.remaining {
            Some(remaining) => remaining.checked_sub(1).map(|less| *remaining = less).is_some(),
            None => !dec::is_break(&mut self.deserializer.input).map_err(|_| CborError::Malformed)?,
        };
        if !more {
            self.remaining = Some(0);
        }
        Ok(more)
    }
}

impl<'de> SeqAccess<'de> for &mut Items<'_, 'de> {
    type Error = CborError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, CborError> {
        if self.next()? { seed.deserialize(&mut *self.deserializer).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for &mut Items<'_, 'de> {
    type Error = CborError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, CborError> {
        if self.next()? { seed.deserialize(&mut *self.deserializer).map(Some) } else { Ok(None) }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, CborError> {
        seed.deserialize(&mut *self.deserializer)
    }
}

/// The encoded bytes of a well-formed value, including its tags.
pub(super) struct Raw<'de>(pub(super) &'de [u8]);

impl<'de> Deserialize<'de> for Raw<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW, RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Raw<'de>, E> {
        Ok(Raw(bytes))
    }
}

/// Converts the bits of a half-precision float
/// ([RFC 8949, appendix D](https://www.rfc-editor.org/rfc/rfc8949#section-appendix.d)).
pub(crate) fn from_half(bits: u16) -> f64 {
    let (exponent, mantissa) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    let magnitude = match exponent {
        0 => mantissa * 2f64.powi(-24),
        0x1f if mantissa == 0.0 => f64::INFINITY,
        0x1f => f64::NAN,
        _ => (mantissa + 1024.0) * 2f64.powi(exponent - 25),
    };
    if bits & 0x8000 == 0 { magnitude } else { -magnitude }
}
