//! Comparison of JSON by value: the order of members is ignored, `1.0` equals `1`, integers of any size are
//! compared exactly.

use serde_core::de::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Returns true if both bodies are valid JSON with equal values.
pub(super) fn same(expected: &[u8], got: &[u8]) -> bool {
    let read = |body| serde_json::from_slice::<&RawValue>(body).ok();
    read(expected).zip(read(got)).is_some_and(|(expected, got)| same_value(expected.get(), got.get()))
}

fn same_value(expected: &str, got: &str) -> bool {
    match (expected.as_bytes().first(), got.as_bytes().first()) {
        (Some(b'{'), Some(b'{')) => both::<BTreeMap<String, &RawValue>>(expected, got, |expected, got| {
            let same = |(key, value): (&String, &&RawValue)| {
                got.get(key).is_some_and(|other| same_value(value.get(), other.get()))
            };
            expected.len() == got.len() && expected.iter().all(same)
        }),
        (Some(b'['), Some(b'[')) => both::<Vec<&RawValue>>(expected, got, |expected, got| {
            expected.len() == got.len()
                && expected.iter().zip(got).all(|(expected, got)| same_value(expected.get(), got.get()))
        }),
        (Some(b'"'), Some(b'"')) => both::<String>(expected, got, |expected, got| expected == got),
        _ => expected == got || same_float(expected, got),
    }
}

/// Returns true if both texts parse as `T` and the values are equal.
fn both<'t, T: Deserialize<'t>>(expected: &'t str, got: &'t str, same: impl Fn(&T, &T) -> bool) -> bool {
    let read = |text: &'t str| serde_json::from_str::<T>(text).ok();
    read(expected).zip(read(got)).is_some_and(|(expected, got)| same(&expected, &got))
}

/// Returns true if two numbers are equal and at least one of them is not an integer. A number with more
/// digits than a double can represent is a big decimal, and equals only the same text.
fn same_float(expected: &str, got: &str) -> bool {
    let is_integer = |text: &str| text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    let number = |text: &str| serde_json::from_str::<f64>(text).ok();
    !(is_integer(expected) && is_integer(got))
        && significant_digits(expected).max(significant_digits(got)) <= DOUBLE_DIGITS
        && number(expected).zip(number(got)).is_some_and(|(expected, got)| expected == got)
}

/// The number of significant digits that identifies any double.
const DOUBLE_DIGITS: usize = 17;

fn significant_digits(number: &str) -> usize {
    let mantissa = number.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn compares_json_by_value() {
        for (a, b, expected) in [
            (r#"{"a": 1, "b": [null, true]}"#, r#" {"b":[null,true],"a":1.0}"#, true),
            (r#"{"a": 1}"#, r#"{"a": 1, "b": null}"#, false),
            (r#"{"a": 1, "b": null}"#, r#"{"a": 1}"#, false),
            (r#"{"a": 1}"#, r#"{"b": 1}"#, false),
            (r#"[1, 2]"#, r#"[2, 1]"#, false),
            (r#"[1]"#, r#"[1, 1]"#, false),
            (r#""\u0041""#, r#""A""#, true),
            (r#""a""#, r#""b""#, false),
            (r#""1""#, r#"1"#, false),
            ("123456789012345678901234567890", "123456789012345678901234567891", false),
            ("1e3", "1000", true),
            ("1.5", "1.25", false),
            ("0.10", "1e-1", true),
            ("12345678901234567890.0625", "12345678901234567890.0625", true),
            ("12345678901234567890.0625", "12345678901234567890.0621", false),
            ("100000000000000000000.0", "1e20", true),
            ("true", "false", false),
            ("null", "{}", false),
            ("{", "{", false),
        ] {
            assert_eq!(same(a.as_bytes(), b.as_bytes()), expected, "{a} {b}");
        }
    }
}
