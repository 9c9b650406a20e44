//! [Default values](https://smithy.io/2.0/spec/type-refinement-traits.html#default-value-constraints) against
//! the types that they are values of.

use super::Context;
use crate::model::{Member, Shape, ShapeId, ShapeKind, SimpleKind, TimestampFormat, Traits};
use crate::{Diagnostic, Diagnostics};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const DEFAULT: &str = "smithy.api#default";

/// The values of the enums that were looked at, as they stand in JSON.
type Values<'c> = BTreeMap<&'c ShapeId, BTreeSet<String>>;

pub(super) fn check(context: &Context<'_, '_>, diagnostics: &mut Diagnostics) {
    let mut values = Values::new();
    for (structure, members) in context.structures() {
        for member in members {
            if let Some(target) = context.shape(&member.target) {
                default(context, &structure.id, Some(member), target, &mut values, diagnostics);
            }
        }
    }
    for shape in context.closure.shapes.values() {
        default(context, &shape.id, None, shape, &mut values, diagnostics);
    }
}

/// Checks the default of a member, or of a shape itself.
fn default<'c>(
    context: &Context<'c, '_>,
    owner: &ShapeId,
    member: Option<&Member>,
    target: &'c Shape,
    values: &mut Values<'c>,
    diagnostics: &mut Diagnostics,
) {
    let traits = member.map_or(&target.traits, |member| &member.traits);
    let Some(value) = &traits.default else { return };
    let Err(wanted) = fits(value, target, traits, values) else { return };
    let span = context.drafts.place(owner, member.map(|member| member.name.as_str()), DEFAULT);
    let shown: String = value.to_string().chars().take(40).collect();
    let message = match member {
        Some(member) => format!("`{owner}${}` cannot default to {shown}", member.name),
        None => format!("`{owner}` cannot default to {shown}"),
    };
    let diagnostic = Diagnostic::new(span, message).label(format!("expected {wanted}"));
    let diagnostic = match member {
        Some(member) => diagnostic.help(format!("the member targets `{}`", member.target)),
        None => diagnostic,
    };
    diagnostics.push(diagnostic);
}

/// Whether a value that is not null is one of the target's; if not, what would be.
fn fits<'c>(
    value: &Value,
    target: &'c Shape,
    traits: &Traits,
    values: &mut Values<'c>,
) -> Result<(), String> {
    let (fits, wanted) = match &target.kind {
        ShapeKind::Simple(kind) => return fits_simple(value, *kind, target, traits),
        ShapeKind::List(_) => (value.as_array().is_some_and(Vec::is_empty), "an empty array"),
        ShapeKind::Map(..) => (value.as_object().is_some_and(serde_json::Map::is_empty), "an empty object"),
        ShapeKind::Structure(_) => (false, "no default: a structure can have none"),
        ShapeKind::Union(_) => (false, "no default: a union can have none"),
        ShapeKind::Enum(_) => (is_value(value, target, values), "a value of the enum"),
        ShapeKind::IntEnum(_) => (is_value(value, target, values), "a value of the intEnum"),
    };
    if fits { Ok(()) } else { Err(wanted.to_owned()) }
}

/// Whether an enum or intEnum has the value.
fn is_value<'c>(value: &Value, target: &'c Shape, values: &mut Values<'c>) -> bool {
    let known = values.entry(&target.id).or_insert_with(|| match &target.kind {
        ShapeKind::Enum(values) => {
            values.iter().map(|known| Value::from(known.value.as_str()).to_string()).collect()
        }
        ShapeKind::IntEnum(values) => values.iter().map(|known| known.value.to_string()).collect(),
        _ => BTreeSet::new(),
    });
    known.contains(&value.to_string())
}

fn fits_simple(value: &Value, kind: SimpleKind, target: &Shape, traits: &Traits) -> Result<(), String> {
    let (fits, wanted) = match kind {
        SimpleKind::Blob => (value.as_str().is_some_and(is_base64), "a string in base64"),
        SimpleKind::Boolean => (value.is_boolean(), "a boolean"),
        SimpleKind::String => (value.is_string(), "a string"),
        SimpleKind::Byte => (is_integer(value, i64::from(i8::MAX)), "an integer of 8 bits"),
        SimpleKind::Short => (is_integer(value, i64::from(i16::MAX)), "an integer of 16 bits"),
        SimpleKind::Integer => (is_integer(value, i64::from(i32::MAX)), "an integer of 32 bits"),
        SimpleKind::Long => (is_integer(value, i64::MAX), "an integer of 64 bits"),
        SimpleKind::BigInteger => (is_whole(value), "an integer"),
        SimpleKind::Float | SimpleKind::Double => {
            let special = matches!(value.as_str(), Some("NaN" | "Infinity" | "-Infinity"));
            (special || value.is_number(), "a number")
        }
        SimpleKind::BigDecimal => (value.is_number(), "a number"),
        SimpleKind::Timestamp => {
            let format = traits.timestamp_format.or(target.traits.timestamp_format);
            return fits_timestamp(value, format);
        }
        SimpleKind::Document => {
            let empty = match value {
                Value::Array(items) => items.is_empty(),
                Value::Object(entries) => entries.is_empty(),
                _ => true,
            };
            (empty, "a simple value, an empty array or an empty object")
        }
    };
    if fits { Ok(()) } else { Err(wanted.to_owned()) }
}

fn is_integer(value: &Value, max: i64) -> bool {
    value.as_i64().is_some_and(|n| n <= max && n >= -max - 1)
}

fn is_whole(value: &Value) -> bool {
    value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|n| n.fract() == 0.0)
}

/// Characters of base64 in groups of four, the last group padded.
fn is_base64(text: &str) -> bool {
    let unpadded = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - unpadded.len() <= 2
        && unpadded.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/')
}

/// Seconds since the epoch, or text in the format of the timestamp.
fn fits_timestamp(value: &Value, format: Option<TimestampFormat>) -> Result<(), String> {
    let (text_fits, wanted): (fn(&str) -> bool, _) = match format {
        None => (is_date_time, "seconds since 1970, or a date-time such as \"2020-01-31T00:00:00Z\""),
        Some(TimestampFormat::DateTime) => (is_date_time, "a date-time such as \"2020-01-31T00:00:00Z\""),
        Some(TimestampFormat::HttpDate) => (is_http_date, "a date such as \"Fri, 31 Jan 2020 00:00:00 GMT\""),
        Some(TimestampFormat::EpochSeconds) => (|_| false, "seconds since 1970"),
    };
    let fits = value.is_number() || value.as_str().is_some_and(text_fits);
    if fits { Ok(()) } else { Err(wanted.to_owned()) }
}

/// Whether text has the form of an [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339) time.
fn is_date_time(text: &str) -> bool {
    let Some((main, rest)) = text.split_at_checked("2020-01-31T00:00:00".len()) else { return false };
    let is_digit = |c: char| c.is_ascii_digit();
    let zone = match rest.strip_prefix('.') {
        Some(fraction) if fraction.starts_with(is_digit) => fraction.trim_start_matches(is_digit),
        Some(_) => return false,
        None => rest,
    };
    matches_form(main, "0000-00-00T00:00:00")
        && (zone == "Z" || matches_form(zone, "+00:00") || matches_form(zone, "-00:00"))
}

fn is_http_date(text: &str) -> bool {
    let Some((day, rest)) = text.split_once(", ") else { return false };
    let rest: String = rest.chars().map(|c| if c.is_ascii_alphabetic() { 'a' } else { c }).collect();
    day.len() == 3 && matches_form(&rest, "00 aaa 0000 00:00:00 aaa")
}

/// Whether text is as the form, in which `0` stands for any digit.
fn matches_form(text: &str, form: &str) -> bool {
    text.len() == form.len()
        && text.bytes().zip(form.bytes()).all(|(t, f)| if f == b'0' { t.is_ascii_digit() } else { t == f })
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
    fn a_default_must_be_a_value_of_the_target() {
        assert_eq!(found("smithy.api#Integer", "\"1\""), ["2:114 «\"1\"» `a#In$x` cannot default to \"1\""]);
        let good = [
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
            ("smithy.api#Boolean", "true"),
        ];
        for (target, value) in good {
            assert!(found(target, value).is_empty(), "{target} {value}");
        }
        let bad = [
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
        ];
        for (target, value) in bad {
            assert_eq!(found(target, value).len(), 1, "{target} {value}");
        }
    }

    #[test]
    fn base64_and_times_are_told_from_other_text() {
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
