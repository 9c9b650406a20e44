//! `serde` serializer for CBOR. Supports the types that shapes and documents need.

use super::error::CborError;
use cbor4ii::core::enc::Encode;
use cbor4ii::core::types;
use cbor4ii::core::utils::BufWriter;
use serde_core::ser::{Impossible, Serialize, SerializeMap, SerializeSeq, SerializeTuple, Serializer};

/// Initial buffer size in bytes; enough for a small body.
const INITIAL_CAPACITY: usize = 256;

/// Tag of an epoch timestamp ([RFC 8949](https://www.rfc-editor.org/rfc/rfc8949#section-3.4.2)).
pub(super) const EPOCH: u64 = 1;
/// Tag of an unsigned big integer ([RFC 8949](https://www.rfc-editor.org/rfc/rfc8949#section-3.4.3)).
pub(super) const BIG_POSITIVE: u64 = 2;
/// Tag of a negative big integer ([RFC 8949](https://www.rfc-editor.org/rfc/rfc8949#section-3.4.3)).
pub(super) const BIG_NEGATIVE: u64 = 3;
/// Tag of a decimal fraction ([RFC 8949](https://www.rfc-editor.org/rfc/rfc8949#section-3.4.4)).
pub(super) const DECIMAL_FRACTION: u64 = 4;

/// Name passed to `serialize_newtype_variant` to encode its index as a CBOR tag.
const TAG: &str = "farrier CBOR tag";

/// A tag and the value it applies to.
pub(super) struct Tagged<T>(pub(super) u64, pub(super) T);

impl<T: Serialize> Serialize for Tagged<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_variant(TAG, self.0 as u32, "", &self.1)
    }
}

pub(super) struct CborSerializer(BufWriter);

impl Default for CborSerializer {
    fn default() -> Self {
        Self(BufWriter::new(Vec::with_capacity(INITIAL_CAPACITY)))
    }
}

impl CborSerializer {
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_inner()
    }

    fn encode(&mut self, value: impl Encode) -> Result<(), CborError> {
        value.encode(&mut self.0).map_err(|_| CborError::Data)
    }
}

macro_rules! encode {
    ($($name:ident: $type:ty),*) => {$(
        fn $name(self, value: $type) -> Result<(), CborError> {
            self.encode(value)
        }
    )*};
}

impl<'a> Serializer for &'a mut CborSerializer {
    type Ok = ();
    type Error = CborError;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Items<'a>;
    type SerializeMap = Items<'a>;
    type SerializeTupleStruct = Impossible<(), CborError>;
    type SerializeTupleVariant = Impossible<(), CborError>;
    type SerializeStruct = Impossible<(), CborError>;
    type SerializeStructVariant = Impossible<(), CborError>;

    encode! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_str: &str
    }

    /// Encodes a single-precision float if that is lossless.
    fn serialize_f64(self, value: f64) -> Result<(), CborError> {
        let single = value as f32;
        if value.is_nan() || f64::from(single) == value { self.encode(single) } else { self.encode(value) }
    }

    fn serialize_char(self, value: char) -> Result<(), CborError> {
        self.encode(value.encode_utf8(&mut [0; 4]) as &str)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), CborError> {
        self.encode(types::Bytes(value))
    }

    fn serialize_none(self) -> Result<(), CborError> {
        self.encode(types::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), CborError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), CborError> {
        self.encode(types::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), CborError> {
        self.encode(types::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<(), CborError> {
        self.encode(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), CborError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        tag: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), CborError> {
        if name != TAG {
            return Err(CborError::Data);
        }
        self.encode(types::Tag(tag.into(), types::Nothing))?;
        value.serialize(self)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Items<'a>, CborError> {
        match len {
            Some(len) => types::Array::bounded(len, &mut self.0),
            None => types::Array::unbounded(&mut self.0),
        }
        .map_err(|_| CborError::Data)?;
        Ok(Items { serializer: self, bounded: len.is_some() })
    }

    fn serialize_tuple(self, len: usize) -> Result<Items<'a>, CborError> {
        self.serialize_seq(Some(len))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Items<'a>, CborError> {
        match len {
            Some(len) => types::Map::bounded(len, &mut self.0),
            None => types::Map::unbounded(&mut self.0),
        }
        .map_err(|_| CborError::Data)?;
        Ok(Items { serializer: self, bounded: len.is_some() })
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, CborError> {
        Err(CborError::Data)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, CborError> {
        Err(CborError::Data)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, CborError> {
        Err(CborError::Data)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, CborError> {
        Err(CborError::Data)
    }
}

/// Serializer of array items or map entries. Ends indefinite-length arrays and maps with a break.
pub(super) struct Items<'a> {
    serializer: &'a mut CborSerializer,
    bounded: bool,
}

impl Items<'_> {
    fn finish(self) -> Result<(), CborError> {
        if self.bounded {
            return Ok(());
        }
        types::Array::end(&mut self.serializer.0).map_err(|_| CborError::Data)
    }
}

impl SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = CborError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CborError> {
        value.serialize(&mut *self.serializer)
    }

    fn end(self) -> Result<(), CborError> {
        self.finish()
    }
}

impl SerializeTuple for Items<'_> {
    type Ok = ();
    type Error = CborError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CborError> {
        value.serialize(&mut *self.serializer)
    }

    fn end(self) -> Result<(), CborError> {
        self.finish()
    }
}

impl SerializeMap for Items<'_> {
    type Ok = ();
    type Error = CborError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), CborError> {
        key.serialize(&mut *self.serializer)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CborError> {
        value.serialize(&mut *self.serializer)
    }

    fn end(self) -> Result<(), CborError> {
        self.finish()
    }
}
