//! Deserialization of documents within a memory budget.

use super::budget;
use super::trace::Trace;
use crate::types::Document;
use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Map;
use std::fmt;
use std::mem::size_of;

/// Seed that reads a document value of any type.
#[derive(Clone, Copy)]
pub(in crate::codec) struct DocumentSeed<'r> {
    trace: &'r Trace,
}

impl<'r> DocumentSeed<'r> {
    pub(super) fn new(trace: &'r Trace) -> Self {
        Self { trace }
    }
}

impl<'de> DeserializeSeed<'de> for DocumentSeed<'_> {
    type Value = Document;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for DocumentSeed<'_> {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a document")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Document, E> {
        Ok(Document::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Document, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Document, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Document, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Document, E> {
        Ok(Document::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Document, E> {
        Ok(Document::String(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Document, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            self.trace.take_memory(budget::item(list.len(), size_of::<Document>()))?;
            list.push(item);
        }
        Ok(Document::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Document, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            self.trace.take_memory(budget::entry(map.len(), size_of::<Document>()))?;
            map.insert(key, entries.next_value_seed(self)?);
        }
        Ok(Document::Object(map))
    }
}
