//! Deserialization of the parts of error documents that all errors share.

use crate::codec::ErrorBody;
use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Reads the fields of an error document. Values of other types than strings are ignored, and a truncated
/// document is read as far as possible.
pub(in crate::codec) fn read_error_body<'de, D: Deserializer<'de>>(deserializer: D) -> ErrorBody {
    let mut fields = Fields::default();
    // On an error, the fields read so far are used.
    let _ = deserializer.deserialize_map(&mut fields);
    let [r#type, code, other_code, messages @ ..] = fields.0;
    let first = |texts: [Option<String>; 3]| texts.into_iter().flatten().find(|text| !text.is_empty());
    ErrorBody { r#type, code: first([code, other_code, None]), message: first(messages) }
}

/// Keys of [`Fields`]: the type, then the code and the message, each in the first that is set and not empty.
const KEYS: [&str; 6] = ["__type", "code", "Code", "message", "Message", "errorMessage"];

/// The string values of the document for [`KEYS`].
#[derive(Default)]
struct Fields([Option<String>; KEYS.len()]);

impl<'de> Visitor<'de> for &mut Fields {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(field) = map.next_key_seed(KeyIndex)? {
            let text = map.next_value_seed(Text)?;
            if let (Some(index), Some(text)) = (field, text) {
                self.0[index] = Some(text);
            }
        }
        Ok(())
    }
}

/// Seed that reads a key and returns its index in [`KEYS`].
struct KeyIndex;

impl<'de> DeserializeSeed<'de> for KeyIndex {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyIndex {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(KEYS.iter().position(|name| *name == key))
    }
}

/// Seed that reads a string and ignores other values.
struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}
