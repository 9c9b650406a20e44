//! What a response in JSON says about the error that it reports, by the rules of
//! [the AWS JSON protocols](https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization).

use super::ErrorReport;
use bytes::Bytes;
use http::Response;
use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The error's code, from the header, then `code`, then `__type`; its message, from the body. What cannot
/// be read is not there; what came before a body was cut short counts.
pub(super) fn report(response: &Response<Bytes>) -> ErrorReport {
    let header = response.headers().get("x-amzn-errortype").and_then(|value| value.to_str().ok());
    let mut fields = Fields::default();
    // Whatever ends the reading, the fields found so far are what can be known.
    let _ = (&mut fields).deserialize(&mut serde_json::Deserializer::from_slice(response.body()));
    let [code, r#type, message, capital_message, error_message] = fields.0;
    let code = [header, code.as_deref(), r#type.as_deref()].into_iter().flatten().find_map(shape_name);
    let messages = [message, capital_message, error_message];
    ErrorReport {
        code: code.map(str::to_owned),
        message: messages.into_iter().flatten().find(|message| !message.is_empty()),
    }
}

/// Cuts `namespace#Name:http://…` to `Name`.
fn shape_name(code: &str) -> Option<&str> {
    let code = code.split(':').next().unwrap_or(code);
    let name = code.split_once('#').map_or(code, |(_, name)| name).trim_ascii();
    (!name.is_empty()).then_some(name)
}

const NAMES: [&str; 5] = ["code", "__type", "message", "Message", "errorMessage"];

/// Strings of the body's object, by [`NAMES`].
#[derive(Default)]
struct Fields([Option<String>; NAMES.len()]);

impl<'de> DeserializeSeed<'de> for &mut Fields {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Fields {
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
