//! Conversion of big integers and decimals between decimal text and CBOR.

use super::de::CborDeserializer;
use super::ser::{BIG_NEGATIVE, BIG_POSITIVE, DECIMAL_FRACTION, Tagged};
use crate::types::{BigDecimal, BigInteger};
use cbor4ii::core::{dec, major, marker, types};
use serde_core::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt::Write;

/// Maximum length of a big integer in bytes. Conversion time is quadratic in the length.
const MAX_BYTES: usize = 1024;

/// Maximum number of decimal digits of a big integer of [`MAX_BYTES`].
const MAX_DIGITS: usize = MAX_BYTES * 241 / 100;

/// An integer, encoded without a tag if it fits into 64 bits, as
/// [RFC 8949](https://www.rfc-editor.org/rfc/rfc8949#section-3.4.3) prefers.
pub(super) enum Integer {
    Positive(u64),
    Negative(i64),
    /// The tag and the content: `n`, or `-1 - n` for a negative `n`.
    Big(u64, Vec<u8>),
}

/// A mantissa times a power of ten.
pub(super) struct Fraction {
    exponent: i64,
    mantissa: Integer,
}

impl Serialize for Integer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Positive(value) => serializer.serialize_u64(*value),
            Self::Negative(value) => serializer.serialize_i64(*value),
            Self::Big(tag, bytes) => Tagged(*tag, Blob(bytes)).serialize(serializer),
        }
    }
}

struct Blob<'a>(&'a [u8]);

impl Serialize for Blob<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Tagged(DECIMAL_FRACTION, (self.exponent, &self.mantissa)).serialize(serializer)
    }
}

/// Parses decimal digits with an optional minus sign. Returns `None` if there are too many digits.
pub(super) fn parse_integer(text: &str) -> Option<Integer> {
    if let Ok(value) = text.parse() {
        return Some(Integer::Positive(value));
    }
    if let Ok(value) = text.parse() {
        return Some(Integer::Negative(value));
    }
    let (tag, digits) = match text.strip_prefix('-') {
        Some(digits) => (BIG_NEGATIVE, digits),
        None => (BIG_POSITIVE, text),
    };
    let digits = digits.trim_start_matches('0');
    if digits.len() > MAX_DIGITS {
        return None;
    }
    let mut limbs = limbs_of_digits(digits.as_bytes())?;
    if tag == BIG_NEGATIVE {
        subtract_one(&mut limbs);
    }
    let bytes: Vec<u8> = limbs.iter().rev().flat_map(|limb| limb.to_be_bytes()).collect();
    let leading_zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let bytes = bytes.get(leading_zeros..)?.to_vec();
    (bytes.len() <= MAX_BYTES).then_some(Integer::Big(tag, bytes))
}

/// Parses a number in JSON's grammar. Returns `None` if it has too many digits or its exponent is out of
/// range.
pub(super) fn parse_decimal(text: &str) -> Option<Fraction> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = exponent.parse::<i64>().ok()?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    Some(Fraction { exponent, mantissa: parse_integer(&[whole, fraction].concat())? })
}

/// Reads an integer of any size.
pub(super) fn read_integer(input: &mut CborDeserializer<'_>) -> Option<BigInteger> {
    let tag = input.innermost_tag().ok()?;
    match (dec::if_major(input.peek().ok()?), tag) {
        (major::UNSIGNED, _) => input.decode::<u64>().ok().map(BigInteger::from),
        (major::NEGATIVE, _) => {
            let types::Negative(magnitude) = input.decode::<types::Negative<u64>>().ok()?;
            Some(BigInteger::from(-1 - i128::from(magnitude)))
        }
        (major::BYTES, Some(tag @ (BIG_POSITIVE | BIG_NEGATIVE))) => {
            let types::Bytes(bytes) = input.decode::<types::Bytes<Cow<'_, [u8]>>>().ok()?;
            integer_of_bytes(&bytes, tag == BIG_NEGATIVE)
        }
        _ => None,
    }
}

/// Reads a decimal fraction, an integer or a finite float.
pub(super) fn read_decimal(input: &mut CborDeserializer<'_>) -> Option<BigDecimal> {
    match input.peek().ok()? {
        marker::F16 | marker::F32 | marker::F64 => return BigDecimal::try_from(input.float().ok()?).ok(),
        byte if dec::if_major(byte) != major::TAG => return read_integer(input).map(BigDecimal::from),
        _ => {}
    }
    let mut fraction = input.clone();
    if fraction.innermost_tag().ok()? != Some(DECIMAL_FRACTION) {
        return read_integer(input).map(BigDecimal::from);
    }
    let len = fraction.array_len().ok()?;
    let exponent = fraction.decode::<i64>().ok()?;
    let mantissa = read_integer(&mut fraction)?;
    let is_pair = match len {
        Some(len) => len == 2,
        None => fraction.peek() == Ok(marker::BREAK),
    };
    if is_pair { decimal(mantissa.as_str(), exponent) } else { None }
}

/// Formats `mantissa * 10^exponent` without an exponent if that adds few zeros.
fn decimal(mantissa: &str, exponent: i64) -> Option<BigDecimal> {
    const MAX_LEADING_ZEROS: usize = 6;
    let (sign, digits) = match mantissa.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", mantissa),
    };
    let decimals = usize::try_from(exponent.unsigned_abs()).ok()?;
    let text = if exponent == 0 {
        mantissa.to_owned()
    } else if exponent > 0 || decimals > digits.len() + MAX_LEADING_ZEROS {
        format!("{mantissa}e{exponent}")
    } else {
        let digits = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        format!("{sign}{whole}.{fraction}")
    };
    text.parse().ok()
}

fn integer_of_bytes(bytes: &[u8], negative: bool) -> Option<BigInteger> {
    let leading_zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let bytes = bytes.get(leading_zeros..).filter(|bytes| bytes.len() <= MAX_BYTES)?;
    let mut limbs: Vec<u32> = bytes.rchunks(4).map(limb_of_bytes).collect();
    if negative {
        add(&mut limbs, 1);
    }
    let text = if negative { "-" } else { "" }.to_owned() + &digits_of_limbs(limbs);
    text.parse().ok()
}

fn limb_of_bytes(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |limb, byte| limb << 8 | u32::from(*byte))
}

/// Number of decimal digits that always fit into a limb.
const GROUP_DIGITS: usize = 9;
const GROUP_BASE: u64 = 10u64.pow(9);

/// Returns the limbs of a number, least significant first.
fn limbs_of_digits(digits: &[u8]) -> Option<Vec<u32>> {
    let mut limbs = Vec::new();
    let (first, rest) = digits.split_at(digits.len() % GROUP_DIGITS);
    for group in std::iter::once(first).chain(rest.chunks(GROUP_DIGITS)) {
        let mut carry = std::str::from_utf8(group).ok()?.parse().unwrap_or(0u64);
        for limb in &mut limbs {
            carry += u64::from(*limb) * GROUP_BASE;
            *limb = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            limbs.push(carry as u32);
        }
    }
    Some(limbs)
}

fn digits_of_limbs(mut limbs: Vec<u32>) -> String {
    let mut groups = Vec::new();
    while !limbs.is_empty() {
        let mut remainder = 0;
        for limb in limbs.iter_mut().rev() {
            let value = remainder << 32 | u64::from(*limb);
            *limb = (value / GROUP_BASE) as u32;
            remainder = value % GROUP_BASE;
        }
        groups.push(remainder);
        while limbs.last() == Some(&0) {
            limbs.pop();
        }
    }
    let mut text = groups.pop().unwrap_or(0).to_string();
    for group in groups.iter().rev() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{group:0GROUP_DIGITS$}");
    }
    text
}

fn add(limbs: &mut Vec<u32>, value: u32) {
    let mut carry = value;
    for limb in limbs.iter_mut() {
        let (sum, overflow) = limb.overflowing_add(carry);
        *limb = sum;
        carry = overflow.into();
    }
    if carry > 0 {
        limbs.push(carry);
    }
}

/// Subtracts one from a number that is not zero.
fn subtract_one(limbs: &mut [u32]) {
    for limb in limbs {
        let (difference, underflow) = limb.overflowing_sub(1);
        *limb = difference;
        if !underflow {
            return;
        }
    }
}
