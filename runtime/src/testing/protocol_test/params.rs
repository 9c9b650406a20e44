//! Conversion of the `params` of a case to values. `params` is JSON with the member names of the model. Blobs
//! are strings and timestamps are seconds since the Unix epoch.

use crate::schema::Schema;
use crate::shape::{Slot, Structure, Union};
use crate::types::{Document, Timestamp, TimestampFormat, non_finite};
use serde_core::de::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::str::FromStr;

/// Sets the members of a structure. Empty `params` set none.
pub(super) fn fill(structure: &mut dyn Structure, params: &str) -> Result<(), String> {
    if params.is_empty() { Ok(()) } else { fill_structure(structure, params) }
}

fn fill_slot(slot: Slot<'_>, text: &str) -> Result<(), String> {
    match slot {
        Slot::Unit => {}
        Slot::Blob(slot) => *slot = read::<String>(text, "a string")?.into(),
        Slot::Body(slot) => *slot = read::<String>(text, "a string")?.into(),
        Slot::Boolean(slot) => *slot = parse(text, "a boolean")?,
        Slot::String(slot) => *slot = read(text, "a string")?,
        Slot::Enum(slot) => slot.set(read(text, "a string")?),
        Slot::Byte(slot) => *slot = parse(text, "a byte")?,
        Slot::Short(slot) => *slot = parse(text, "a short")?,
        Slot::Integer(slot) => *slot = parse(text, "an integer")?,
        Slot::IntEnum(slot) => slot.set(parse(text, "an integer")?),
        Slot::Long(slot) => *slot = parse(text, "a long")?,
        Slot::Float(slot) => *slot = parse_float(text, |number| number as f32)?,
        Slot::Double(slot) => *slot = parse_float(text, |number| number)?,
        Slot::BigInteger(slot) => *slot = parse(unquoted(text), "an integer")?,
        Slot::BigDecimal(slot) => *slot = parse(unquoted(text), "a number")?,
        Slot::Timestamp(slot) => {
            *slot =
                Timestamp::parse(text, TimestampFormat::EpochSeconds).map_err(|error| error.to_string())?;
        }
        Slot::Document(slot) => *slot = read::<Document>(text, "a document")?,
        Slot::List(list) => {
            list.clear();
            for (index, item) in read::<Vec<&RawValue>>(text, "a list")?.into_iter().enumerate() {
                let new = list.push();
                if !is_null(item) {
                    in_path(&index.to_string(), fill_slot(new.slot(), item.get()))?;
                }
            }
        }
        Slot::Map(map) => {
            map.clear();
            for (key, value) in read::<BTreeMap<String, &RawValue>>(text, "a map")? {
                let new = map.insert(key.clone());
                if !is_null(value) {
                    in_path(&key, fill_slot(new.slot(), value.get()))?;
                }
            }
        }
        Slot::Structure(structure) => fill_structure(structure, text)?,
        Slot::Union(union) => fill_union(union, text)?,
    }
    Ok(())
}

fn fill_structure(structure: &mut dyn Structure, text: &str) -> Result<(), String> {
    let schema = structure.schema();
    for (name, value) in read::<BTreeMap<String, &RawValue>>(text, "a structure")? {
        let index = member(schema, &name)?;
        let Some(member) = structure.member_mut(index).filter(|_| !is_null(value)) else { continue };
        in_path(&name, fill_slot(member.slot(), value.get()))?;
    }
    Ok(())
}

fn fill_union(union: &mut dyn Union, text: &str) -> Result<(), String> {
    let schema = union.schema();
    for (name, value) in read::<BTreeMap<String, &RawValue>>(text, "a union")? {
        if let Some(slot) = union.activate(member(schema, &name)?) {
            in_path(&name, fill_slot(slot, value.get()))?;
        }
    }
    Ok(())
}

fn member(schema: &Schema, name: &str) -> Result<usize, String> {
    let index = schema.members.iter().position(|member| member.name == name);
    index.ok_or_else(|| format!("`{}` has no member `{name}`", schema.id))
}

/// Adds a path segment to an error.
fn in_path(segment: &str, result: Result<(), String>) -> Result<(), String> {
    result.map_err(|error| format!("{segment}: {error}"))
}

fn is_null(value: &RawValue) -> bool {
    value.get() == "null"
}

fn read<'t, T: Deserialize<'t>>(text: &'t str, expected: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|_| format!("expected {expected}, found {text}"))
}

fn parse<T: FromStr>(text: &str, expected: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("expected {expected}, found {text}"))
}

/// Parses a number, or the name of a number that JSON does not support, such as `"NaN"`.
fn parse_float<T: FromStr>(text: &str, convert: fn(f64) -> T) -> Result<T, String> {
    match non_finite::value(unquoted(text)) {
        Some(number) => Ok(convert(number)),
        None => parse(text, "a number"),
    }
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}
