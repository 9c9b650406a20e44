//! Numbers of arbitrary size.
//!
//! They hold the text of the number, so that no precision is lost. There is no arithmetic: parse the text
//! with a library for big numbers.

use std::fmt;
use std::str::FromStr;

/// An integer of arbitrary size, shape
/// [`bigInteger`](https://smithy.io/2.0/spec/simple-types.html#biginteger).
///
/// Two values are equal if their texts are.
///
/// ```
/// use farrier_runtime::types::BigInteger;
///
/// let number: BigInteger = "123456789012345678901234567890".parse()?;
/// assert_eq!(number.as_str(), "123456789012345678901234567890");
/// # Ok::<(), farrier_runtime::types::InvalidNumber>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BigInteger(String);

/// A decimal of arbitrary size, shape
/// [`bigDecimal`](https://smithy.io/2.0/spec/simple-types.html#bigdecimal).
///
/// Two values are equal if their texts are: `1.0` and `1.00` differ, as they do in precision.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BigDecimal(String);

/// The error of a text that is not a number in the
/// [JSON grammar](https://www.rfc-editor.org/rfc/rfc8259#section-6), or of a NaN or infinity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidNumber;

impl fmt::Display for InvalidNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid number: expected a JSON number")
    }
}

impl std::error::Error for InvalidNumber {}

macro_rules! big_number {
    ($name:ident, $is_valid:ident, $($integer:ty),*) => {
        impl $name {
            /// Returns the number in JSON syntax.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        /// Zero.
        impl Default for $name {
            fn default() -> Self {
                Self("0".to_owned())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidNumber;

            fn from_str(text: &str) -> Result<Self, InvalidNumber> {
                if $is_valid(text) { Ok(Self(text.to_owned())) } else { Err(InvalidNumber) }
            }
        }

        $(impl From<$integer> for $name {
            fn from(value: $integer) -> Self {
                Self(value.to_string())
            }
        })*
    };
}

big_number!(BigInteger, is_json_integer, i32, i64, i128, u32, u64, u128);
big_number!(BigDecimal, is_json_number, i32, i64, i128, u32, u64, u128);

impl From<BigInteger> for BigDecimal {
    fn from(value: BigInteger) -> Self {
        Self(value.0)
    }
}

/// Converts to the shortest decimal that parses as the same `f64`. NaN and infinities are errors.
impl TryFrom<f64> for BigDecimal {
    type Error = InvalidNumber;

    fn try_from(value: f64) -> Result<Self, InvalidNumber> {
        if value.is_finite() { Ok(Self(format!("{value:?}"))) } else { Err(InvalidNumber) }
    }
}

/// Returns true for an optional minus sign and digits without leading zeros.
fn is_json_integer(text: &str) -> bool {
    is_json_number(text) && text.bytes().all(|b| b == b'-' || b.is_ascii_digit())
}

/// Returns true for a number of [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259#section-6).
pub(super) fn is_json_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    is_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(|exponent| is_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preserves_the_text() {
        for text in ["0", "-0", "7", "-12", "123456789012345678901234567890"] {
            assert_eq!(text.parse::<BigInteger>().unwrap().to_string(), text);
            assert_eq!(text.parse::<BigDecimal>().unwrap().as_str(), text);
        }
        for text in ["0.10", "-1.5e+300", "1E5", "1e-5", "3.14159265358979323846264338327950288"] {
            assert_eq!(text.parse::<BigDecimal>().unwrap().to_string(), text);
            assert_eq!(text.parse::<BigInteger>(), Err(InvalidNumber));
        }
    }

    #[test]
    fn rejects_other_texts() {
        for text in
            ["", "-", "+1", "01", "-01", ".5", "5.", "1e", "1e+", "0x10", "NaN", "Infinity", " 1", "1_0"]
        {
            assert_eq!(text.parse::<BigInteger>(), Err(InvalidNumber), "{text}");
            assert_eq!(text.parse::<BigDecimal>(), Err(InvalidNumber), "{text}");
        }
    }

    #[test]
    fn converts_rust_numbers() {
        assert_eq!(BigInteger::from(u64::MAX).as_str(), "18446744073709551615");
        assert_eq!(BigDecimal::from(-3).as_str(), "-3");
        assert_eq!(BigDecimal::try_from(0.1).unwrap().as_str(), "0.1");
        assert!(is_json_number(BigDecimal::try_from(1e300).unwrap().as_str()));
        assert_eq!(BigDecimal::try_from(f64::NAN), Err(InvalidNumber));
        assert_eq!(BigInteger::default(), BigInteger::from(0));
        assert_eq!(format!("{:?}", BigInteger::from(5)), "5");
    }
}
