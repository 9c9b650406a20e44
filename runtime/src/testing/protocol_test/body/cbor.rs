//! Comparison of CBOR by value: the order of map entries, the encoding of lengths and the size of numbers are
//! ignored.

use crate::codec::cbor::from_half;
use cbor4ii::core::dec::{self, Decode, Error, Read};
use cbor4ii::core::utils::SliceReader;
use cbor4ii::core::{Value, major, marker, types};

/// Returns true if both bodies are a single CBOR item and the items are equal.
pub(super) fn same(expected: &[u8], got: &[u8]) -> bool {
    read(expected).zip(read(got)).is_some_and(|(expected, got)| same_value(&expected, &got))
}

fn read(body: &[u8]) -> Option<Value> {
    let mut reader = SliceReader::new(body);
    let Item(value) = Item::decode(&mut reader).ok()?;
    let is_whole = reader.fill(1).is_ok_and(|rest| rest.as_ref().is_empty());
    is_whole.then_some(value)
}

/// A value that may contain half-precision floats, which [`Value`] does not decode.
struct Item(Value);

impl<'de> Decode<'de> for Item {
    fn decode<R: Read<'de>>(reader: &mut R) -> Result<Self, Error<R::Error>> {
        if !reader.step_in() {
            // Fails with the error for the recursion limit.
            return Value::decode(reader).map(Self);
        }
        let value = read_value(reader);
        reader.step_out();
        value.map(Self)
    }
}

fn read_value<'de, R: Read<'de>>(reader: &mut R) -> Result<Value, Error<R::Error>> {
    let first = reader.fill(1).ok().and_then(|bytes| bytes.as_ref().first().copied());
    match first.map(|byte| (dec::if_major(byte), byte)) {
        Some((major::ARRAY, _)) => Vec::<Item>::decode(reader)
            .map(|items| Value::Array(items.into_iter().map(|item| item.0).collect())),
        Some((major::MAP, _)) => {
            let types::Map(entries) = types::Map::<Vec<(Item, Item)>>::decode(reader)?;
            Ok(Value::Map(entries.into_iter().map(|(key, value)| (key.0, value.0)).collect()))
        }
        Some((major::TAG, _)) => {
            types::Tag::<Item>::decode(reader).map(|types::Tag(tag, item)| Value::Tag(tag, item.0.into()))
        }
        Some((_, marker::F16)) => {
            types::F16::decode(reader).map(|types::F16(bits)| Value::Float(from_half(bits)))
        }
        _ => Value::decode(reader),
    }
}

fn same_value(expected: &Value, got: &Value) -> bool {
    match (expected, got) {
        (Value::Float(a), Value::Float(b)) => a == b || a.is_nan() && b.is_nan(),
        (Value::Float(float), Value::Integer(integer)) | (Value::Integer(integer), Value::Float(float)) => {
            *float == *integer as f64
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_value(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            let has = |(key, value): &(Value, Value)| {
                b.iter().any(|(other, got)| same_value(key, other) && same_value(value, got))
            };
            a.len() == b.len() && a.iter().all(has)
        }
        (Value::Tag(a, inner), Value::Tag(b, other)) => a == b && same_value(inner, other),
        _ => expected == got,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignores_order_length_encoding_and_number_size() {
        let definite = b"\xa2\x61a\x01\x61b\x80";
        let indefinite = b"\xbf\x61b\x9f\xff\x61a\x18\x01\xff";
        assert!(same(definite, indefinite));
        assert!(same(b"\xc1\x01", b"\xc1\xfb\x3f\xf0\x00\x00\x00\x00\x00\x00"));
        assert!(same(b"\xfa\x7f\xc0\x00\x00", b"\xfb\x7f\xf8\x00\x00\x00\x00\x00\x00"));
        assert!(same(b"\xa1\x61a\x81\xc1\xf9\x3e\x00", b"\xbf\x61a\x9f\xc1\xfa\x3f\xc0\x00\x00\xff\xff"));
    }

    #[test]
    fn detects_differences() {
        let body = b"\xa2\x61a\x01\x61b\x81\x02";
        for other in [
            &b"\xa2\x61a\x02\x61b\x81\x02"[..],
            b"\xa2\x61a\x01\x61c\x81\x02",
            b"\xa2\x61a\x01\x61b\x81\x03",
            b"\xa2\x61a\x01\x61b\x82\x02\x02",
            b"\xa1\x61a\x01",
            b"\xa3\x61a\x01\x61b\x81\x02\x61c\x01",
            b"\xa2\x61a\xc1\x01\x61b\x81\x02",
            b"\xa2\x61a\x61\x31\x61b\x81\x02",
            b"\xa2\x61a\x01\x61b\x81\x02\x00",
            b"\xa2\x61a\x01\x61b",
            b"\xa2\x61a\xf9\x3e\x00\x61b\x81\x02",
        ] {
            assert!(!same(body, other), "{other:02x?}");
        }
        assert!(!same(b"\x41a", b"\x61a"), "byte strings do not equal text strings");
        assert!(!same(&[0x81; 100_000], &[0x81; 99_999]), "nesting is limited");
    }
}
