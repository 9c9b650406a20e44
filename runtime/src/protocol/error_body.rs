//! What the body of a response says about the error that it reports, whatever the declared error holds.

use super::ErrorReport;
use bytes::Bytes;
use http::Response;
use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The report by the rules of
/// [the AWS JSON protocols](https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization):
/// the error's name from the header, then `code`, then `__type`; its message from the body.
pub(super) fn aws_report(response: &Response<Bytes>) -> ErrorReport {
    let header = response.headers().get("x-amzn-errortype").and_then(|value| value.to_str().ok());
    let body = ErrorBody::of_json(response.body());
    ErrorReport::new([header, body.code(), body.r#type()], body.message())
}

impl ErrorReport {
    /// A report of the first code that names a shape.
    pub(super) fn new<const N: usize>(codes: [Option<&str>; N], message: Option<&str>) -> Self {
        let name = codes.into_iter().flatten().find_map(shape_name).map(str::to_owned);
        Self { code: name.clone(), shape: name, message: message.map(str::to_owned) }
    }
}

/// Longer names are none.
const MAX_NAME: usize = 128;

/// Cuts `namespace#Name:http://…` to `Name`. What cannot be a name is no code: a body that is not the
/// service's, such as one that echoes the request, may hold anything there.
fn shape_name(code: &str) -> Option<&str> {
    let code = code.split(':').next().unwrap_or(code);
    let name = code.split_once('#').map_or(code, |(_, name)| name).trim_ascii();
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b"_.-".contains(&b);
    ((1..=MAX_NAME).contains(&name.len()) && name.bytes().all(is_name)).then_some(name)
}

const NAMES: [&str; 5] = ["code", "__type", "message", "Message", "errorMessage"];

/// Strings of the body's object, by [`NAMES`]. What cannot be read is not there, and stands as U+FFFD where it is
/// within a string; what came before a body was cut short counts.
#[derive(Default)]
pub(super) struct ErrorBody([Option<String>; NAMES.len()]);

impl ErrorBody {
    pub(super) fn of_json(body: &[u8]) -> Self {
        let mut fields = Self::default();
        // As text, which outputs are read from too: one parser is compiled, not two.
        let text = String::from_utf8_lossy(body);
        // Whatever ends the reading, the fields found so far are what can be known.
        let _ = (&mut fields).deserialize(&mut serde_json::Deserializer::from_str(&text));
        fields
    }

    #[cfg(feature = "cbor")]
    pub(super) fn of_cbor(body: &[u8]) -> Self {
        let mut fields = Self::default();
        // As above.
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
        while let Some(field) = map.next_key_seed(FieldName)? {
            let text = map.next_value_seed(Text)?;
            if let (Some(index), Some(text)) = (field, text) {
                self.0[index] = Some(text);
            }
        }
        Ok(())
    }
}

/// The index of a key in [`NAMES`].
struct FieldName;

impl<'de> DeserializeSeed<'de> for FieldName {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for FieldName {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(NAMES.iter().position(|name| *name == key))
    }
}

/// A string; anything else is passed over.
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
