//! Validation of
//! [default values](https://smithy.io/2.0/spec/type-refinement-traits.html#default-value-constraints).

use super::context::Context;
use crate::model::numbers::{integer_digits, is_float};
use crate::model::{Member, Shape, ShapeKind, SimpleKind, TimestampFormat, Traits};
use crate::shape_id::ShapeId;
use crate::{Diagnostic, Diagnostics};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const DEFAULT: &str = "smithy.api#default";

/// The limit of timestamps in seconds: the year 9999 is far below it.
const MAX_SECONDS: f64 = 1e15;

/// Cache of enum values, as JSON.
type EnumValues<'c> = BTreeMap<&'c ShapeId, BTreeSet<String>>;

pub(super) fn check(context: &Context<'_, '_>, diagnostics: &mut Diagnostics) {
    let mut values = EnumValues::new();
    for (structure, members) in context.structures() {
        for member in members {
            if let Some(target) = context.shape(&member.target) {
                check_default(context, &structure.id, Some(member), target, &mut values, diagnostics);
            }
        }
    }
    for shape in context.closure.shapes.values() {
        check_default(context, &shape.id, None, shape, &mut values, diagnostics);
    }
}

/// Checks the default value of a member, or of a shape if `member` is `None`.
fn check_default<'c>(
    context: &Context<'c, '_>,
    owner: &ShapeId,
    member: Option<&Member>,
    target: &'c Shape,
    values: &mut EnumValues<'c>,
    diagnostics: &mut Diagnostics,
) {
    let traits = member.map_or(&target.traits, |member| &member.traits);
    let Some(value) = &traits.default else { return };
    let Err(expected) = check_value(value, target, traits, values) else { return };
    let span = context.raw_model.trait_span(owner, member.map(|member| member.name.as_str()), DEFAULT);
    let value = traits.default_number.clone().unwrap_or_else(|| value.to_string());
    let value: String = value.chars().take(40).collect();
    let message = match member {
        Some(member) => format!("invalid default value {value} for member `{owner}${}`", member.name),
        None => format!("invalid default value {value} for shape `{owner}`"),
    };
    let diagnostic = Diagnostic::new(span, message).label(format!("expected {expected}"));
    let diagnostic = match member {
        Some(member) => diagnostic.help(format!("use a value of `{}`", member.target)),
        None => diagnostic,
    };
    diagnostics.push(diagnostic);
}

/// Checks that a value other than null is a default value of the target. Returns a description of such values
/// if not.
fn check_value<'c>(
    value: &Value,
    target: &'c Shape,
    traits: &Traits,
    values: &mut EnumValues<'c>,
) -> Result<(), String> {
    let (is_valid, expected) = match &target.kind {
        ShapeKind::Simple(kind) => return check_simple(value, *kind, target, traits),
        ShapeKind::List(_) => (value.as_array().is_some_and(Vec::is_empty), "an empty array"),
        ShapeKind::Map(..) => (value.as_object().is_some_and(serde_json::Map::is_empty), "an empty object"),
        ShapeKind::Structure(_) => (false, "no default value for a structure"),
        ShapeKind::Union(_) => (false, "no default value for a union"),
        ShapeKind::Enum(_) => (is_enum_value(value, target, values), "a value of the enum"),
        ShapeKind::IntEnum(_) => (is_enum_value(value, target, values), "a value of the intEnum"),
    };
    if is_valid { Ok(()) } else { Err(expected.to_owned()) }
}

/// Returns true if an enum or intEnum has the value.
fn is_enum_value<'c>(value: &Value, target: &'c Shape, values: &mut EnumValues<'c>) -> bool {
    let known = values.entry(&target.id).or_insert_with(|| match &target.kind {
        ShapeKind::Enum(values) => {
            values.iter().map(|known| Value::from(known.value.as_str()).to_string()).collect()
        }
        ShapeKind::IntEnum(values) => values.iter().map(|known| known.value.to_string()).collect(),
        _ => BTreeSet::new(),
    });
    known.contains(&value.to_string())
}

fn check_simple(value: &Value, kind: SimpleKind, target: &Shape, traits: &Traits) -> Result<(), String> {
    let number = traits.default_number.as_deref();
    let special = matches!(value.as_str(), Some("NaN" | "Infinity" | "-Infinity"));
    let (is_valid, expected) = match kind {
        SimpleKind::Blob => (value.as_str().is_some_and(is_base64), "a base64 string"),
        SimpleKind::Boolean => (value.is_boolean(), "a boolean"),
        SimpleKind::String => (value.is_string(), "a string"),
        SimpleKind::Byte => (is_integer(value, i64::from(i8::MAX)), "an 8-bit integer"),
        SimpleKind::Short => (is_integer(value, i64::from(i16::MAX)), "a 16-bit integer"),
        SimpleKind::Integer => (is_integer(value, i64::from(i32::MAX)), "a 32-bit integer"),
        SimpleKind::Long => (is_integer(value, i64::MAX), "a 64-bit integer"),
        SimpleKind::BigInteger => (number.is_some_and(|n| integer_digits(n).is_some()), "an integer"),
        SimpleKind::Float => (special || number.is_some_and(is_float), "a number in the range of a float"),
        SimpleKind::Double => (special || value.is_number(), "a number"),
        SimpleKind::BigDecimal => (value.is_number(), "a number"),
        SimpleKind::Timestamp => {
            let format = traits.timestamp_format.or(target.traits.timestamp_format);
            return check_timestamp(value, format);
        }
        SimpleKind::Document => {
            let is_scalar_or_empty = match value {
                Value::Array(items) => items.is_empty(),
                Value::Object(entries) => entries.is_empty(),
                _ => true,
            };
            (is_scalar_or_empty, "a scalar, an empty array or an empty object")
        }
    };
    if is_valid { Ok(()) } else { Err(expected.to_owned()) }
}

fn is_integer(value: &Value, max: i64) -> bool {
    value.as_i64().is_some_and(|n| n <= max && n >= -max - 1)
}

/// Returns true if the text has the form of padded base64.
fn is_base64(text: &str) -> bool {
    let unpadded = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - unpadded.len() <= 2
        && unpadded.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/')
}

/// Checks that a value is a number of seconds since the epoch, or a string in the timestamp's format.
fn check_timestamp(value: &Value, format: Option<TimestampFormat>) -> Result<(), String> {
    let (is_in_format, expected): (fn(&str) -> bool, _) = match format {
        None => (is_date_time, "seconds since 1970, or a date-time such as \"2020-01-31T00:00:00Z\""),
        Some(TimestampFormat::DateTime) => (is_date_time, "a date-time such as \"2020-01-31T00:00:00Z\""),
        Some(TimestampFormat::HttpDate) => (is_http_date, "a date such as \"Fri, 31 Jan 2020 00:00:00 GMT\""),
        Some(TimestampFormat::EpochSeconds) => (|_| false, "seconds since 1970"),
    };
    let is_valid = value.as_f64().is_some_and(|seconds| seconds.abs() < MAX_SECONDS)
        || value.as_str().is_some_and(is_in_format);
    if is_valid { Ok(()) } else { Err(expected.to_owned()) }
}

/// Returns true if the text has the form of an [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339) timestamp.
fn is_date_time(text: &str) -> bool {
    let Some((main, rest)) = text.split_at_checked("2020-01-31T00:00:00".len()) else { return false };
    let is_digit = |c: char| c.is_ascii_digit();
    let zone = match rest.strip_prefix('.') {
        Some(fraction) if fraction.starts_with(is_digit) => fraction.trim_start_matches(is_digit),
        Some(_) => return false,
        None => rest,
    };
    matches_digits(main, "0000-00-00T00:00:00")
        && (zone == "Z" || matches_digits(zone, "+00:00") || matches_digits(zone, "-00:00"))
}

fn is_http_date(text: &str) -> bool {
    let Some((day, rest)) = text.split_once(", ") else { return false };
    let rest: String = rest.chars().map(|c| if c.is_ascii_alphabetic() { 'a' } else { c }).collect();
    day.len() == 3 && matches_digits(&rest, "00 aaa 0000 00:00:00 aaa")
}

/// Returns true if the text matches the pattern, in which `0` matches any digit.
fn matches_digits(text: &str, pattern: &str) -> bool {
    let matches = |(t, p): (u8, u8)| if p == b'0' { t.is_ascii_digit() } else { t == p };
    text.len() == pattern.len() && text.bytes().zip(pattern.bytes()).all(matches)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{diagnostics, input};

    fn found(target: &str, value: &str) -> Vec<String> {
        let member = format!(r#""x": {{"target": "{target}", "traits": {{"smithy.api#default": {value}}}}}"#);
        let shapes = r#", "a#L": {"type": "list", "member": {"target": "smithy.api#String"}},
            "a#E": {"type": "enum", "members": {"A": {"target": "smithy.api#Unit"}}},
            "a#I": {"type": "intEnum", "members": {"A": {"target": "smithy.api#Unit",
                "traits": {"smithy.api#enumValue": 7}}}},
            "a#H": {"type": "timestamp", "traits": {"smithy.api#timestampFormat": "http-date"}}"#;
        diagnostics(&(input(&member) + shapes))
    }

    #[test]
    fn rejects_defaults_of_wrong_type() {
        assert_eq!(
            found("smithy.api#Integer", "\"1\""),
            ["2:114 «\"1\"» invalid default value \"1\" for member `a#In$x`"]
        );
        let valid = [
            ("smithy.api#Byte", "-128"),
            ("smithy.api#Long", "9223372036854775807"),
            ("smithy.api#Float", "1"),
            ("smithy.api#Blob", "\"aGk=\""),
            ("smithy.api#Document", "{}"),
            ("smithy.api#Timestamp", "0"),
            ("smithy.api#Timestamp", "\"2020-01-31T00:00:00.5+01:00\""),
            ("a#L", "[]"),
            ("a#E", "\"A\""),
            ("a#I", "7"),
            ("a#H", "\"Fri, 31 Jan 2020 00:00:00 GMT\""),
            ("smithy.api#Integer", "null"),
            ("smithy.api#BigInteger", "123456789012345678901234567890"),
            ("smithy.api#BigInteger", "1.5e3"),
            ("smithy.api#BigDecimal", "1e300"),
            ("smithy.api#Double", "1e308"),
            ("smithy.api#Boolean", "true"),
        ];
        for (target, value) in valid {
            assert_eq!(found(target, value), [""; 0], "{target} {value}");
        }
        let invalid = [
            ("smithy.api#Byte", "128"),
            ("smithy.api#Integer", "1.5"),
            ("smithy.api#Blob", "\"a\""),
            ("smithy.api#Document", "[1]"),
            ("smithy.api#Timestamp", "\"today\""),
            ("a#L", "[\"x\"]"),
            ("a#E", "\"B\""),
            ("a#I", "8"),
            ("a#H", "\"2020-01-31T00:00:00Z\""),
            ("a#In", "{}"),
            ("smithy.api#Boolean", "0"),
            ("smithy.api#String", "1"),
            ("smithy.api#BigInteger", "1.5"),
            ("smithy.api#Float", "3.5e38"),
            ("smithy.api#Double", "-1e309"),
            ("smithy.api#Document", "1e309"),
            ("smithy.api#Timestamp", "1e309"),
            ("smithy.api#Integer", "1e309"),
        ];
        for (target, value) in invalid {
            assert_eq!(found(target, value).len(), 1, "{target} {value}");
        }
    }

    #[test]
    fn recognizes_base64_and_timestamps() {
        assert!(
            is_base64("") && is_base64("YQ==") && !is_base64("=") && !is_base64("YQ=a") && !is_base64("====")
        );
        assert!(
            is_date_time("2020-01-31T00:00:00Z")
                && !is_date_time("2020-01-31T00:00:00")
                && !is_date_time("é")
        );
        assert!(!is_date_time("2020-01-31T00:00:00.Z") && !is_http_date("31 Jan 2020"));
    }
}
