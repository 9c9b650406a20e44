//! Timestamps.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;

use super::calendar;
use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

const NANOS_PER_SECOND: u32 = 1_000_000_000;
const NANOS_PER_MILLISECOND: u32 = 1_000_000;

/// A point in time, shape [`timestamp`](https://smithy.io/2.0/spec/simple-types.html#timestamp): seconds and
/// nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// Converts from and to [`SystemTime`]; with the features `jiff` and `chrono` of this crate, also `jiff::Timestamp` and
/// `chrono::DateTime`. Setters take any of them.
///
/// ```
/// use farrier_runtime::types::Timestamp;
///
/// let then: Timestamp = "2015-02-01T00:00:00.5+01:00".parse()?;
/// assert_eq!(then, Timestamp::from_secs_and_nanos(1_422_745_200, 500_000_000));
/// assert_eq!(then.to_string(), "2015-01-31T23:00:00.5Z");
/// # Ok::<(), farrier_runtime::types::TimestampError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

/// The [format of a timestamp](https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as the specification names it")]
pub enum TimestampFormat {
    DateTime,
    HttpDate,
    EpochSeconds,
}

/// An error of parsing or formatting a timestamp. It contains no part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampError {
    /// The text does not match the format.
    Malformed(TimestampFormat),
    /// The timestamp is outside the range of the format. Dates range from year 0 to year 9999.
    OutOfRange,
}

impl Timestamp {
    /// Creates a timestamp from seconds since 1970-01-01T00:00:00Z, which may be negative.
    pub const fn from_secs(seconds: i64) -> Self {
        Self { seconds, nanos: 0 }
    }

    /// Creates a timestamp from seconds since 1970-01-01T00:00:00Z, which may be negative, plus nanoseconds.
    /// A billion nanoseconds or more carry over to the seconds; the result saturates at the maximum.
    pub const fn from_secs_and_nanos(seconds: i64, nanos: u32) -> Self {
        match seconds.checked_add((nanos / NANOS_PER_SECOND) as i64) {
            Some(seconds) => Self { seconds, nanos: nanos % NANOS_PER_SECOND },
            None => Self { seconds: i64::MAX, nanos: NANOS_PER_SECOND - 1 },
        }
    }

    /// Returns the current system time.
    #[cfg(any(feature = "async", feature = "blocking"))]
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Returns the whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub const fn secs(self) -> i64 {
        self.seconds
    }

    /// Returns the nanoseconds since the last whole second, less than a billion.
    pub const fn subsec_nanos(self) -> u32 {
        self.nanos
    }

    /// Parses a timestamp. Dates may have fractional seconds, date-times an offset, and epoch seconds a
    /// fraction and an exponent. Digits beyond nanoseconds are truncated.
    ///
    /// HTTP dates may have any of the three forms of
    /// [RFC 9110, section 5.6.7](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7). A year of two digits is
    /// at most 50 years after the current year; without the features `async` and `blocking`, it is from 1970 to 2069.
    ///
    /// # Errors
    /// Returns an error if the text does not match the format, or if the timestamp is out of range.
    pub fn parse(text: &str, format: TimestampFormat) -> Result<Self, TimestampError> {
        let parsed = match format {
            TimestampFormat::DateTime => calendar::DateTime::parse_rfc3339(text),
            TimestampFormat::HttpDate => calendar::DateTime::parse_http_date(text),
            TimestampFormat::EpochSeconds => return parse_epoch_seconds(text),
        };
        let (seconds, nanos) = parsed.ok_or(TimestampError::Malformed(format))?;
        Ok(Self { seconds, nanos })
    }

    /// Formats a timestamp for a message: date-times in UTC and epoch seconds as a JSON number, both with
    /// milliseconds unless they are zero; HTTP dates in whole seconds, as their grammar has no fraction. Rounds
    /// down. The formats of
    /// [`timestampFormat`](https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait) have at most
    /// milliseconds; [`Display`](fmt::Display) writes all digits.
    ///
    /// # Errors
    /// Returns an error if the timestamp is outside the range of the format.
    pub fn format(self, format: TimestampFormat) -> Result<String, TimestampError> {
        let nanos = self.nanos - self.nanos % NANOS_PER_MILLISECOND;
        let timestamp = Self { nanos, ..self };
        match format {
            TimestampFormat::DateTime => timestamp.format_date_time(),
            TimestampFormat::HttpDate => Ok(self.date()?.to_imf_fixdate()),
            TimestampFormat::EpochSeconds => Ok(timestamp.format_epoch_seconds()),
        }
    }

    fn date(self) -> Result<calendar::DateTime, TimestampError> {
        calendar::DateTime::from_epoch_seconds(self.seconds).ok_or(TimestampError::OutOfRange)
    }

    fn format_date_time(self) -> Result<String, TimestampError> {
        Ok(self.date()?.to_rfc3339(self.nanos))
    }

    fn format_epoch_seconds(self) -> String {
        if self.nanos == 0 {
            return self.seconds.to_string();
        }
        let total = i128::from(self.seconds) * i128::from(NANOS_PER_SECOND) + i128::from(self.nanos);
        let sign = if total < 0 { "-" } else { "" };
        let (whole, fraction) = (
            total.unsigned_abs() / NANOS_PER_SECOND as u128,
            total.unsigned_abs() % NANOS_PER_SECOND as u128,
        );
        format!("{sign}{whole}.{}", format!("{fraction:09}").trim_end_matches('0'))
    }
}

/// Parses a JSON number in decimal, as an `f64` would lose nanoseconds.
fn parse_epoch_seconds(text: &str) -> Result<Timestamp, TimestampError> {
    if !super::big_number::is_json_number(text) {
        return Err(TimestampError::Malformed(TimestampFormat::EpochSeconds));
    }
    if let Ok(seconds) = text.parse() {
        return Ok(Timestamp::from_secs(seconds));
    }
    let (negative, magnitude) = match text.strip_prefix('-') {
        Some(magnitude) => (true, magnitude),
        None => (false, text),
    };
    let (mantissa, exponent) = magnitude.split_once(['e', 'E']).unwrap_or((magnitude, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole.as_bytes(), fraction.as_bytes()].concat();
    if digits.iter().all(|digit| *digit == b'0') {
        return Ok(Timestamp::default());
    }
    // An exponent beyond an i64 is out of range for any text that fits in memory.
    let exponent = exponent.parse::<i64>().map_err(|_| TimestampError::OutOfRange)?;
    let point = exponent.saturating_add(i64::try_from(whole.len()).unwrap_or(i64::MAX));
    let nanos = nanos_of(&digits, point).ok_or(TimestampError::OutOfRange)?;
    from_nanos(if negative { -nanos } else { nanos })
}

/// Returns the number in billionths. `point` is the number of digits before the decimal point.
fn nanos_of(digits: &[u8], point: i64) -> Option<i128> {
    let leading_zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    let wanted = usize::try_from(point.saturating_add(9)).unwrap_or(0);
    // An i64 has at most 19 digits; nine more are for the fraction.
    if wanted.saturating_sub(leading_zeros) > 28 {
        return None;
    }
    digits
        .iter()
        .copied()
        .chain(std::iter::repeat(b'0'))
        .skip(leading_zeros.min(wanted))
        .take(wanted.saturating_sub(leading_zeros))
        .try_fold(0i128, |total, digit| total.checked_mul(10)?.checked_add(i128::from(digit - b'0')))
}

fn from_nanos(total: i128) -> Result<Timestamp, TimestampError> {
    let second = i128::from(NANOS_PER_SECOND);
    let seconds = i64::try_from(total.div_euclid(second)).map_err(|_| TimestampError::OutOfRange)?;
    let nanos = u32::try_from(total.rem_euclid(second)).map_err(|_| TimestampError::OutOfRange)?;
    Ok(Timestamp { seconds, nanos })
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let nanos = |duration: Duration| {
            i128::from(duration.as_secs()) * i128::from(NANOS_PER_SECOND)
                + i128::from(duration.subsec_nanos())
        };
        let total = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => nanos(after),
            Err(before) => -nanos(before.duration()),
        };
        let last = if total < 0 { i64::MIN } else { i64::MAX };
        from_nanos(total).unwrap_or(Self::from_secs(last))
    }
}

impl TryFrom<Timestamp> for SystemTime {
    type Error = TimestampError;

    /// Converts the timestamp.
    ///
    /// # Errors
    /// Returns an error if `SystemTime` cannot represent the timestamp.
    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampError> {
        let seconds = Duration::from_secs(timestamp.seconds.unsigned_abs());
        let whole = if timestamp.seconds < 0 {
            Self::UNIX_EPOCH.checked_sub(seconds)
        } else {
            Self::UNIX_EPOCH.checked_add(seconds)
        };
        whole
            .and_then(|whole| whole.checked_add(Duration::from_nanos(timestamp.nanos.into())))
            .ok_or(TimestampError::OutOfRange)
    }
}

/// Writes a date-time with all digits of the fraction, or epoch seconds before year 0 and after year 9999.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.format_date_time() {
            Ok(text) => f.pad(&text),
            Err(_) => f.pad(&self.format_epoch_seconds()),
        }
    }
}

/// Formats the timestamp as [`Display`](fmt::Display) does.
impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Parses a date-time.
impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        Self::parse(text, TimestampFormat::DateTime)
    }
}

impl fmt::Display for TimestampFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DateTime => "date-time",
            Self::HttpDate => "http-date",
            Self::EpochSeconds => "epoch-seconds",
        })
    }
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(format) => write!(f, "invalid timestamp: expected format {format}"),
            Self::OutOfRange => f.write_str("timestamp out of range for its format"),
        }
    }
}

impl std::error::Error for TimestampError {}

#[cfg(test)]
mod tests {
    use super::TimestampFormat::{DateTime, EpochSeconds, HttpDate};
    use super::*;

    fn at(seconds: i64, nanos: u32) -> Timestamp {
        Timestamp::from_secs_and_nanos(seconds, nanos)
    }

    #[test]
    fn parses_date_times_with_offsets_and_fractions() {
        for (text, expected) in [
            ("2019-12-16T23:48:18Z", at(1_576_540_098, 0)),
            ("2019-12-16T22:48:18-01:00", at(1_576_540_098, 0)),
            ("2019-12-17T00:48:18+01:00", at(1_576_540_098, 0)),
            ("2000-01-02T20:34:56.123Z", at(946_845_296, 123_000_000)),
            ("1969-12-31T23:59:59.5Z", at(-1, 500_000_000)),
            ("2000-01-02T20:34:56.123456789Z", at(946_845_296, 123_456_789)),
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn formats_date_times_in_utc_with_a_trimmed_fraction() {
        for (timestamp, expected) in [
            (at(1_576_540_098, 0), "2019-12-16T23:48:18Z"),
            (at(946_845_296, 120_000_000), "2000-01-02T20:34:56.12Z"),
            (at(-1, 500_000_000), "1969-12-31T23:59:59.5Z"),
        ] {
            assert_eq!(timestamp.format(DateTime).unwrap(), expected);
            assert_eq!(timestamp.to_string(), expected);
        }
    }

    #[test]
    fn messages_have_milliseconds_and_display_has_all_digits() {
        let timestamp = at(946_845_296, 123_999_999);
        assert_eq!(timestamp.format(DateTime).unwrap(), "2000-01-02T20:34:56.123Z");
        assert_eq!(timestamp.format(EpochSeconds).unwrap(), "946845296.123");
        assert_eq!(timestamp.to_string(), "2000-01-02T20:34:56.123999999Z");
        assert_eq!(at(946_845_296, 999_999).format(DateTime).unwrap(), "2000-01-02T20:34:56Z");
        assert_eq!(at(-1, 999_999_999).format(EpochSeconds).unwrap(), "-0.001");
    }

    #[test]
    fn parses_http_dates_with_fractions_and_formats_them_without() {
        let text = "Mon, 16 Dec 2019 23:48:18 GMT";
        assert_eq!(Timestamp::parse(text, HttpDate), Ok(at(1_576_540_098, 0)));
        assert_eq!(at(1_576_540_098, 999_999_999).format(HttpDate).unwrap(), text);
        assert_eq!(
            Timestamp::parse("Sun, 02 Jan 2000 20:34:56.456 GMT", HttpDate),
            Ok(at(946_845_296, 456_000_000))
        );
        assert_eq!(at(-62_167_219_200, 0).format(HttpDate).unwrap(), "Sat, 01 Jan 0000 00:00:00 GMT");
        for bad in [
            "Sun, 02 Jan 2000 20:34:56. GMT",
            "Sun, 02 Jan 2000 20:34:56.x GMT",
            "Sun, 02 Jan +123 20:34:56 GMT",
            "Sun, 30 Feb 1800 20:34:56 GMT",
            "",
            ".",
            ". ",
        ] {
            assert_eq!(Timestamp::parse(bad, HttpDate), Err(TimestampError::Malformed(HttpDate)), "{bad}");
        }
    }

    #[test]
    fn http_dates_before_1970_round_trip() {
        for seconds in [-62_167_219_200, -11_644_473_600, -5_333_126_400, -2_208_988_801, -2_208_988_800] {
            let text = at(seconds, 0).format(HttpDate).unwrap();
            assert_eq!(Timestamp::parse(&text, HttpDate), Ok(at(seconds, 0)), "{text}");
        }
        let text = "Sat, 01 Mar 1600 00:00:00.25 GMT";
        assert!(matches!(Timestamp::parse(text, HttpDate), Ok(date) if date.subsec_nanos() == 250_000_000));
    }

    #[test]
    fn parses_epoch_seconds_exactly() {
        for (text, expected) in [
            ("1515531081", at(1_515_531_081, 0)),
            ("1515531081.123456789", at(1_515_531_081, 123_456_789)),
            ("1515531081.1234567899", at(1_515_531_081, 123_456_789)),
            ("-1.5", at(-2, 500_000_000)),
            ("-0", at(0, 0)),
            ("0e999999999999999999999", at(0, 0)),
            ("1.5e3", at(1500, 0)),
            ("15155310811234E-4", at(1_515_531_081, 123_400_000)),
            ("1e-400", at(0, 0)),
            ("0.000000001", at(0, 1)),
            ("0.00000000123e2", at(0, 123)),
            ("1e18", at(1_000_000_000_000_000_000, 0)),
            ("0.0000000000000000000000000000000001e35", at(10, 0)),
            ("9223372036854775807.999999999", at(i64::MAX, 999_999_999)),
            ("-9223372036854775808", at(i64::MIN, 0)),
        ] {
            assert_eq!(Timestamp::parse(text, EpochSeconds), Ok(expected), "{text}");
        }
        for bad in ["", "-", "+1", "1.", ".5", "01", "1e", "NaN", "1 ", "0x1", "--1", "1e5.5"] {
            let result = Timestamp::parse(bad, EpochSeconds);
            assert_eq!(result, Err(TimestampError::Malformed(EpochSeconds)), "{bad}");
        }
        for far in
            ["9223372036854775808", "1e19", "1e400", "1e99999999999999999999", "-9223372036854775808.1"]
        {
            assert_eq!(Timestamp::parse(far, EpochSeconds), Err(TimestampError::OutOfRange), "{far}");
        }
    }

    #[test]
    fn formats_epoch_seconds() {
        for (timestamp, expected) in [
            (at(1_515_531_081, 0), "1515531081"),
            (at(1_515_531_081, 123_000_000), "1515531081.123"),
            (at(1_515_531_081, 100_000_000), "1515531081.1"),
            (at(-2, 500_000_000), "-1.5"),
            (at(-1, 999_000_000), "-0.001"),
            (at(i64::MIN, 0), "-9223372036854775808"),
        ] {
            assert_eq!(timestamp.format(EpochSeconds).unwrap(), expected);
            assert_eq!(Timestamp::parse(expected, EpochSeconds), Ok(timestamp));
        }
    }

    #[test]
    fn rejects_dates_out_of_range() {
        for seconds in [i64::MIN, -62_167_219_201, 253_402_300_800, i64::MAX] {
            assert_eq!(at(seconds, 0).format(DateTime), Err(TimestampError::OutOfRange));
            assert_eq!(at(seconds, 0).format(HttpDate), Err(TimestampError::OutOfRange));
            assert_eq!(at(seconds, 0).to_string(), seconds.to_string());
        }
    }

    #[test]
    fn converts_to_and_from_system_time() {
        for timestamp in [at(0, 0), at(-2, 500_000_000), at(1_515_531_081, 123_456_789)] {
            assert_eq!(Timestamp::from(SystemTime::try_from(timestamp).unwrap()), timestamp);
        }
        assert!(Timestamp::now() > at(1_700_000_000, 0));
    }

    #[test]
    fn nanoseconds_carry_over() {
        assert_eq!(at(1, 2_500_000_000), at(3, 500_000_000));
        assert_eq!(at(i64::MAX, 4_000_000_000), at(i64::MAX, 999_999_999));
    }
}
