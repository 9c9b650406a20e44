//! Numbers of any size and precision, as text in JSON syntax.

/// The maximum number of digits that an exponent may add to an integer.
const MAX_EXPONENT: i64 = 1_000;

/// Returns an integer without fraction and exponent: `1200` for `1.2e3`. Returns `None` if the number is no integer or
/// its exponent is beyond 1,000.
pub(crate) fn integer_digits(number: &str) -> Option<String> {
    let (sign, unsigned) = number.strip_prefix('-').map_or(("", number), |unsigned| ("-", unsigned));
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = format!("{whole}{}", fraction.trim_end_matches('0'));
    let exponent: i64 = exponent.parse().ok()?;
    let fraction_digits = i64::try_from(digits.len() - whole.len()).ok()?;
    let zeros = exponent.checked_sub(fraction_digits)?;
    if !(-MAX_EXPONENT..=MAX_EXPONENT).contains(&exponent) {
        return None;
    }
    match usize::try_from(zeros) {
        Ok(zeros) => digits.extend(std::iter::repeat_n('0', zeros)),
        Err(_) => {
            let removed = usize::try_from(-zeros).ok()?;
            let kept = digits.len().saturating_sub(removed);
            if digits.split_off(kept).bytes().any(|digit| digit != b'0') {
                return None;
            }
        }
    }
    let digits = digits.trim_start_matches('0');
    Some(if digits.is_empty() { "0".to_owned() } else { format!("{sign}{digits}") })
}

/// Returns true if an `f32` holds the number without becoming infinite.
pub(crate) fn is_float(number: &str) -> bool {
    number.parse::<f32>().is_ok_and(f32::is_finite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_may_have_fractions_and_exponents() {
        let cases = [
            ("0", "0"),
            ("-0.0", "0"),
            ("7", "7"),
            ("-123456789012345678901234567890", "-123456789012345678901234567890"),
            ("1.0", "1"),
            ("1.2e3", "1200"),
            ("120e-1", "12"),
            ("0.5E+1", "5"),
            ("100e-2", "1"),
        ];
        for (number, expected) in cases {
            assert_eq!(integer_digits(number).as_deref(), Some(expected), "{number}");
        }
        for number in ["1.5", "1e-1", "12e-3", "1e1001", "1e99999999999999999999", "-0.001"] {
            assert_eq!(integer_digits(number), None, "{number}");
        }
    }

    #[test]
    fn floats_are_finite() {
        assert!(is_float("3.4e38") && !is_float("3.5e38"));
    }
}
