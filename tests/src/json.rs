//! Values from and to JSON, as restJson1 writes it.

use farrier_runtime::codec::json::Json;
use farrier_runtime::codec::{Codec, Members, Source};
use farrier_runtime::schema::NameKind;
use farrier_runtime::shape::{Structure, Value};

/// The codec of restJson1.
pub(crate) const REST_JSON: Json = Json {
    media_type: "application/json",
    name_kind: NameKind::Json,
    timestamp_formats: true,
    big_numbers_as_text: false,
};

/// Reads a value from JSON.
///
/// # Panics
/// Panics if the text does not encode such a value.
pub fn read<T: Structure + Value>(json: &str) -> T {
    let mut value = T::default_value();
    REST_JSON.read_structure(Source::new(json.as_bytes()), &mut value, Members::All).unwrap();
    value
}

/// Writes a value as JSON.
///
/// # Panics
/// Panics if the value cannot be written.
pub fn to_json(value: &dyn Structure) -> String {
    String::from_utf8(REST_JSON.write_structure(value, Members::All).unwrap()).unwrap()
}
