//! Values of the [`default`](https://smithy.io/2.0/spec/type-refinement-traits.html#default-trait) trait.

use super::Literal;
use crate::model::{ShapeKind, SimpleKind, TimestampFormat};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::{Rfc2822, Rfc3339};

/// Converts a default value to a literal. Returns `None` for null, which means no default.
///
/// The model has already been checked: the value has the type of the target.
pub(super) fn literal(value: &Value, target: &ShapeKind, format: Option<TimestampFormat>) -> Option<Literal> {
    Some(match (target, value) {
        (_, Value::Null) => return None,
        (ShapeKind::Simple(SimpleKind::Document), document) => Literal::Document(document.clone()),
        (ShapeKind::Simple(SimpleKind::Timestamp), _) => timestamp(value, format)?,
        (ShapeKind::Simple(SimpleKind::BigInteger | SimpleKind::BigDecimal), Value::Number(number)) => {
            Literal::BigNumber(number.to_string())
        }
        (ShapeKind::Simple(SimpleKind::Float | SimpleKind::Double), number) => match number.as_f64()? {
            0.0 => Literal::Zero,
            number => Literal::Float(number),
        },
        (ShapeKind::Simple(SimpleKind::Blob), Value::String(text)) => blob(text),
        (ShapeKind::IntEnum(_), number) => Literal::IntEnum(i32::try_from(number.as_i64()?).ok()?),
        (ShapeKind::Enum(_), Value::String(text)) => Literal::String(text.clone()),
        (_, Value::Bool(true)) => Literal::True,
        (_, Value::String(text)) if !text.is_empty() => Literal::String(text.clone()),
        (_, Value::Number(number)) => match number.as_i64()? {
            0 => Literal::Zero,
            number => Literal::Integer(number),
        },
        (_, Value::Bool(false) | Value::String(_) | Value::Array(_) | Value::Object(_)) => Literal::Zero,
    })
}

/// Decodes the base64 default of a blob. Some published models have plain text instead, which is used as is.
fn blob(text: &str) -> Literal {
    match base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text) {
        Ok(bytes) if bytes.is_empty() => Literal::Zero,
        Ok(bytes) => Literal::Blob(bytes),
        Err(_) => Literal::Blob(text.as_bytes().to_vec()),
    }
}

fn timestamp(value: &Value, format: Option<TimestampFormat>) -> Option<Literal> {
    let Value::String(text) = value else {
        let seconds = value.as_f64()?;
        let whole = seconds.floor();
        return Some(Literal::Timestamp(whole as i64, ((seconds - whole) * 1e9) as u32));
    };
    let date = match format {
        Some(TimestampFormat::HttpDate) => OffsetDateTime::parse(text, &Rfc2822),
        _ => OffsetDateTime::parse(text, &Rfc3339),
    };
    let date = date.ok()?;
    Some(Literal::Timestamp(date.unix_timestamp(), date.nanosecond()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn converts_defaults_by_target_type() {
        let simple = |kind| ShapeKind::Simple(kind);
        let cases = [
            (simple(SimpleKind::Integer), json!(0), Some(Literal::Zero)),
            (simple(SimpleKind::Integer), json!(-7), Some(Literal::Integer(-7))),
            (simple(SimpleKind::Double), json!(1), Some(Literal::Float(1.0))),
            (simple(SimpleKind::Boolean), json!(true), Some(Literal::True)),
            (simple(SimpleKind::String), json!("hi"), Some(Literal::String("hi".into()))),
            (simple(SimpleKind::String), json!(null), None),
            (simple(SimpleKind::Blob), json!("aGk="), Some(Literal::Blob(b"hi".to_vec()))),
            (simple(SimpleKind::Document), json!([]), Some(Literal::Document(json!([])))),
            (simple(SimpleKind::Timestamp), json!(1.5), Some(Literal::Timestamp(1, 500_000_000))),
            (
                simple(SimpleKind::Timestamp),
                json!("1970-01-01T01:00:00+01:00"),
                Some(Literal::Timestamp(0, 0)),
            ),
            (ShapeKind::Enum(vec![]), json!("a"), Some(Literal::String("a".into()))),
            (ShapeKind::IntEnum(vec![]), json!(0), Some(Literal::IntEnum(0))),
        ];
        for (target, value, expected) in cases {
            assert_eq!(literal(&value, &target, None), expected, "{target:?} {value}");
        }
    }
}
