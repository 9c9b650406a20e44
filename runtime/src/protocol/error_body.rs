//! Error code and message of an error response, independent of the declared error.

use super::ErrorReport;
use bytes::Bytes;
use http::Response;
use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Creates the error report of
/// [the AWS JSON protocols](https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization).
/// The error's name is in the header, `code` or `__type`, in that order. The message is in the body.
pub(super) fn aws_report(response: &Response<Bytes>) -> ErrorReport {
    let header = response.headers().get("x-amzn-errortype").and_then(|value| value.to_str().ok());
    let body = ErrorBody::of_json(response.body());
    ErrorReport::new([header, body.code(), body.r#type()], body.message())
}

impl ErrorReport {
    /// Creates a report with the first code that is a valid shape name.
    pub(super) fn new<const N: usize>(codes: [Option<&str>; N], message: Option<&str>) -> Self {
        let name = codes.into_iter().flatten().find_map(shape_name).map(str::to_owned);
        Self { code: name.clone(), shape: name, message: message.map(str::to_owned) }
    }
}

/// Maximum length of a shape name. Longer values are ignored.
const MAX_NAME_LEN: usize = 128;

/// Returns `Name` of `namespace#Name:http://…`, if it is a valid name. A body that is not the service's, such
/// as one that echoes the request, may contain any value there.
fn shape_name(code: &str) -> Option<&str> {
    let code = code.split(':').next().unwrap_or(code);
    let name = code.split_once('#').map_or(code, |(_, name)| name).trim_ascii();
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b"_.-".contains(&b);
    ((1..=MAX_NAME_LEN).contains(&name.len()) && name.bytes().all(is_name)).then_some(name)
}

/// Keys of [`ErrorBody`].
const KEYS: [&str; 5] = ["code", "__type", "message", "Message", "errorMessage"];

/// The string values of the body's object for [`KEYS`]. Values of other types are ignored, invalid UTF-8 is
/// replaced with U+FFFD, and a truncated body is read as far as possible.
#[derive(Default)]
pub(super) struct ErrorBody([Option<String>; KEYS.len()]);

impl ErrorBody {
    pub(super) fn of_json(body: &[u8]) -> Self {
        let mut fields = Self::default();
        // From `&str`, as the JSON codec does, so that only one `serde_json` parser is compiled.
        let text = String::from_utf8_lossy(body);
        // On an error, the fields read so far are used.
        let _ = (&mut fields).deserialize(&mut serde_json::Deserializer::from_str(&text));
        fields
    }

    #[cfg(feature = "cbor")]
    pub(super) fn of_cbor(body: &[u8]) -> Self {
        let mut fields = Self::default();
        // On an error, the fields read so far are used.
        let _ = (&mut fields).deserialize(&mut crate::codec::cbor::CborDeserializer::new(body));
        fields
    }

    fn code(&self) -> Option<&str> {
        self.0[0].as_deref()
    }

    pub(super) fn r#type(&self) -> Option<&str> {
        self.0[1].as_deref()
    }

    pub(super) fn message(&self) -> Option<&str> {
        self.0[2..].iter().flatten().map(String::as_str).find(|message| !message.is_empty())
    }
}

impl<'de> DeserializeSeed<'de> for &mut ErrorBody {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut ErrorBody {
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
