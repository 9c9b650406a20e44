//! Numbers of any size.
//!
//! They are kept as the text they are written with, so that nothing is lost between the wire and the
//! caller. There is no arithmetic: parse the text with the library of your choice.

use std::fmt;
use std::str::FromStr;

/// An integer of any size, shape [`bigInteger`](https://smithy.io/2.0/spec/simple-types.html#biginteger).
///
/// Two are equal where their texts are.
///
/// ```
/// use farrier_runtime::types::BigInteger;
///
/// let number: BigInteger = "123456789012345678901234567890".parse()?;
/// assert_eq!(number.as_str(), "123456789012345678901234567890");
/// # Ok::<(), farrier_runtime::types::NotANumber>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BigInteger(String);

/// A decimal of any size, shape [`bigDecimal`](https://smithy.io/2.0/spec/simple-types.html#bigdecimal).
///
/// Two are equal where their texts are: `1.0` and `1.00` differ, as they do in precision.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BigDecimal(String);

/// A text is not a number in the grammar of
/// [JSON](https://www.rfc-editor.org/rfc/rfc8259#section-6), or a value has no such text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a number in JSON's grammar")
    }
}

impl std::error::Error for NotANumber {}

macro_rules! big_number {
    ($name:ident, $is_valid:ident, $($integer:ty),*) => {
        impl $name {
            /// The number as JSON writes it.
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
            type Err = NotANumber;

            fn from_str(text: &str) -> Result<Self, NotANumber> {
                if $is_valid(text) { Ok(Self(text.to_owned())) } else { Err(NotANumber) }
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

/// The shortest decimal that reads as the same `f64`. NaN and infinities are errors.
impl TryFrom<f64> for BigDecimal {
    type Error = NotANumber;

    fn try_from(value: f64) -> Result<Self, NotANumber> {
        if value.is_finite() { Ok(Self(format!("{value:?}"))) } else { Err(NotANumber) }
    }
}

/// An optional minus and digits, without leading zeros.
fn is_json_integer(text: &str) -> bool {
    is_json_number(text) && text.bytes().all(|b| b == b'-' || b.is_ascii_digit())
}

/// The grammar of [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259#section-6).
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
    fn numbers_keep_their_text() {
        for text in ["0", "-0", "7", "-12", "123456789012345678901234567890"] {
            assert_eq!(text.parse::<BigInteger>().unwrap().to_string(), text);
            assert_eq!(text.parse::<BigDecimal>().unwrap().as_str(), text);
        }
        for text in ["0.10", "-1.5e+300", "1E5", "1e-5", "3.14159265358979323846264338327950288"] {
            assert_eq!(text.parse::<BigDecimal>().unwrap().to_string(), text);
            assert_eq!(text.parse::<BigInteger>(), Err(NotANumber));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in
            ["", "-", "+1", "01", "-01", ".5", "5.", "1e", "1e+", "0x10", "NaN", "Infinity", " 1", "1_0"]
        {
            assert_eq!(text.parse::<BigInteger>(), Err(NotANumber), "{text}");
            assert_eq!(text.parse::<BigDecimal>(), Err(NotANumber), "{text}");
        }
    }

    #[test]
    fn rust_numbers_convert() {
        assert_eq!(BigInteger::from(u64::MAX).as_str(), "18446744073709551615");
        assert_eq!(BigDecimal::from(-3).as_str(), "-3");
        assert_eq!(BigDecimal::try_from(0.1).unwrap().as_str(), "0.1");
        assert!(is_json_number(BigDecimal::try_from(1e300).unwrap().as_str()));
        assert_eq!(BigDecimal::try_from(f64::NAN), Err(NotANumber));
        assert_eq!(BigInteger::default(), BigInteger::from(0));
        assert_eq!(format!("{:?}", BigInteger::from(5)), "5");
    }
}
