//! Values of the [`default`](https://smithy.io/2.0/spec/type-refinement-traits.html#default-trait) trait.

use super::types::RustType;
use super::value::{Path, Value};
use crate::model::numbers::integer_digits;
use crate::model::{ShapeKind, SimpleKind, TimestampFormat};
use serde_json::Value as Json;
use time::OffsetDateTime;
use time::format_description::well_known::{Rfc2822, Rfc3339};

/// Converts a default value to an expression of type `ty`, the type of the target. Returns `None` for null,
/// which means no default. `number` is the text of a number.
///
/// The model has already been checked: the value has the type of the target.
pub(super) fn value(
    default: &Json,
    number: Option<&str>,
    target: &ShapeKind,
    ty: &RustType,
    format: Option<TimestampFormat>,
) -> Option<Value> {
    Some(match (target, default) {
        (_, Json::Null) => return None,
        (ShapeKind::Simple(SimpleKind::Document), document) => self::document(document),
        (ShapeKind::Simple(SimpleKind::Timestamp), _) => timestamp(default, format)?,
        (ShapeKind::Simple(SimpleKind::BigInteger), _) => big_number("BigInteger", integer_digits(number?)?),
        (ShapeKind::Simple(SimpleKind::BigDecimal), _) => big_number("BigDecimal", number?.to_owned()),
        (ShapeKind::Simple(SimpleKind::Float | SimpleKind::Double), number) => {
            Value::Float(number.as_f64().map(|number| if number == 0.0 { 0.0 } else { number })?)
        }
        (ShapeKind::Simple(SimpleKind::Blob), Json::String(text)) => blob(text, ty),
        (ShapeKind::IntEnum(_), number) => {
            Value::Int(i32::try_from(number.as_i64()?).ok()?.into()).method("into", [])
        }
        (ShapeKind::Enum(_), Json::String(text)) => Value::str(text).method("into", []),
        (_, Json::Bool(true)) => Value::Bool(true),
        (_, Json::String(text)) if !text.is_empty() => Value::str(text).method("into", []),
        (_, Json::Number(number)) => Value::Int(number.as_i64()?),
        (_, Json::Bool(false) | Json::String(_) | Json::Array(_) | Json::Object(_)) => zero(ty),
    })
}

/// Returns the zero value of a type: `0`, `false`, an empty string, list, map or blob.
fn zero(ty: &RustType) -> Value {
    match ty {
        RustType::Std("bool") => Value::Bool(false),
        RustType::Std("String") => Value::of("String", "new", []),
        RustType::Vec(_) => Value::of("Vec", "new", []),
        RustType::Map(..) => Value::of("BTreeMap", "new", []),
        RustType::Runtime("Body") => Value::of("Body", "default", []),
        RustType::Runtime(name) => Value::of(name, "new", []),
        _ => Value::Int(0),
    }
}

/// Parses the number when the value is created: big numbers have no literals.
fn big_number(ty: &'static str, number: String) -> Value {
    let default = Value::Closure(Box::new(Value::of(ty, "default", [])));
    Value::Str(number).method("parse", []).method("unwrap_or_else", [default])
}

/// Decodes the base64 default of a blob. Some published models have plain text instead, which is used as is.
fn blob(text: &str, ty: &RustType) -> Value {
    let bytes = match base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text) {
        Ok(bytes) if bytes.is_empty() => return zero(ty),
        Ok(bytes) => bytes,
        Err(_) => text.as_bytes().to_vec(),
    };
    let name = if *ty == RustType::Runtime("Body") { "Body" } else { "Bytes" };
    Value::of(name, "from", [Value::Bytes(bytes).method("as_slice", [])])
}

fn timestamp(value: &Json, format: Option<TimestampFormat>) -> Option<Value> {
    let (seconds, nanos) = match value {
        Json::String(text) => {
            let date = match format {
                Some(TimestampFormat::HttpDate) => OffsetDateTime::parse(text, &Rfc2822),
                _ => OffsetDateTime::parse(text, &Rfc3339),
            };
            let date = date.ok()?;
            (date.unix_timestamp(), date.nanosecond())
        }
        _ => {
            let seconds = value.as_f64()?;
            let whole = seconds.floor();
            (whole as i64, ((seconds - whole) * 1e9) as u32)
        }
    };
    Some(Value::of("Timestamp", "from_secs_and_nanos", [Value::Int(seconds), Value::Int(nanos.into())]))
}

/// Converts the default of a document: null, a boolean, string or number, or an empty list or map.
fn document(value: &Json) -> Value {
    let variant = |name, value| Value::of("Document", name, [value]);
    let empty = || Value::call("Default::default", []);
    match value {
        Json::Null => Value::Path(Path::Of("Document", "Null")),
        Json::Bool(value) => variant("Bool", Value::Bool(*value)),
        Json::String(value) => variant("String", Value::str(value).method("into", [])),
        Json::Array(_) => variant("Array", empty()),
        Json::Object(_) => variant("Object", empty()),
        Json::Number(number) => variant(
            "from",
            match number.as_i64() {
                Some(value) => Value::I64(value),
                None => Value::F64(number.as_f64().unwrap_or_default()),
            },
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn converts_defaults_by_target_type() {
        let simple = |kind| ShapeKind::Simple(kind);
        let (int, text, blob) = (RustType::Std("i32"), RustType::Std("String"), RustType::Runtime("Bytes"));
        let (date, any) = (RustType::Runtime("Timestamp"), RustType::Runtime("Document"));
        let into = |value: Value| Some(value.method("into", []));
        let new = |ty, function, arguments| Some(Value::Call(Path::Of(ty, function), arguments));
        let bytes = || Value::Bytes(b"hi".to_vec()).method("as_slice", []);
        let time = |seconds, nanos| {
            new("Timestamp", "from_secs_and_nanos", vec![Value::Int(seconds), Value::Int(nanos)])
        };
        let empty = Value::call("Default::default", []);
        let cases = [
            (simple(SimpleKind::Integer), &int, json!(0), Some(Value::Int(0))),
            (simple(SimpleKind::Integer), &int, json!(-7), Some(Value::Int(-7))),
            (simple(SimpleKind::Double), &RustType::Std("f64"), json!(1), Some(Value::Float(1.0))),
            (simple(SimpleKind::Boolean), &RustType::Std("bool"), json!(true), Some(Value::Bool(true))),
            (simple(SimpleKind::String), &text, json!("hi"), into(Value::str("hi"))),
            (simple(SimpleKind::String), &text, json!(""), new("String", "new", vec![])),
            (simple(SimpleKind::String), &text, json!(null), None),
            (simple(SimpleKind::Blob), &blob, json!("aGk="), new("Bytes", "from", vec![bytes()])),
            (simple(SimpleKind::Blob), &blob, json!(""), new("Bytes", "new", vec![])),
            (simple(SimpleKind::Document), &any, json!([]), new("Document", "Array", vec![empty])),
            (simple(SimpleKind::Timestamp), &date, json!(1.5), time(1, 500_000_000)),
            (simple(SimpleKind::Timestamp), &date, json!("1970-01-01T01:00:00+01:00"), time(0, 0)),
            (ShapeKind::Enum(vec![]), &RustType::Unit, json!("a"), into(Value::str("a"))),
            (ShapeKind::IntEnum(vec![]), &RustType::Unit, json!(0), into(Value::Int(0))),
            (ShapeKind::IntEnum(vec![]), &RustType::Unit, json!(-1), into(Value::Int(-1))),
        ];
        for (target, ty, default, expected) in cases {
            assert_eq!(value(&default, None, &target, ty, None), expected, "{target:?} {default}");
        }
    }

    #[test]
    fn big_numbers_keep_their_digits() {
        let number = |kind, ty, text: &str| {
            let ty = RustType::Runtime(ty);
            value(&json!(0), Some(text), &ShapeKind::Simple(kind), &ty, None)
        };
        let (integer, decimal) = ("123456789012345678901234567890", "1.234567890123456789012345");
        let found = number(SimpleKind::BigInteger, "BigInteger", integer);
        assert_eq!(found, Some(big_number("BigInteger", integer.to_owned())));
        let found = number(SimpleKind::BigDecimal, "BigDecimal", decimal);
        assert_eq!(found, Some(big_number("BigDecimal", decimal.to_owned())));
    }
}
