//! Gregorian dates and times for the timestamp formats. Implemented here because a date library would add
//! five crates and 3 s to each build. The calculations use the 400-year cycle (era) of the calendar.

use crate::system;
use std::time::SystemTime;

/// One more than the number of words in the longest form of an HTTP date.
const MAX_WORDS: usize = 7;
const SECONDS_PER_DAY: i64 = 86_400;
const DAYS_PER_ERA: i64 = 146_097;
/// Days from March 1 of year 0, the start of the first era, to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;
/// The current year if there is no clock: years of two digits are from 1970 to 2069.
const YEAR_WITHOUT_CLOCK: i64 = 2019;
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
/// The full names of the weekdays, of which only [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7)'s
/// obsolete form makes use.
const WEEKDAY_NAMES: [&str; 7] =
    ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A date and time in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DateTime {
    year: i64,
    month: i64,
    day: i64,
    second_of_day: i64,
}

impl DateTime {
    /// Creates a date from seconds since 1970-01-01T00:00:00Z. Returns `None` before year 0 and after year
    /// 9999.
    pub(super) fn from_epoch_seconds(seconds: i64) -> Option<Self> {
        let days = seconds.div_euclid(SECONDS_PER_DAY).checked_add(DAYS_TO_1970)?;
        let (era, day_of_era) = (days.div_euclid(DAYS_PER_ERA), days.rem_euclid(DAYS_PER_ERA));
        let leap_days = day_of_era / 1_460 - day_of_era / 36_524 + day_of_era / (DAYS_PER_ERA - 1);
        let year_of_era = (day_of_era - leap_days) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        // From March on, month lengths repeat the pattern 31, 30, 31, 30, 31 (153 days).
        let month_from_march = (5 * day_of_year + 2) / 153;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let date = Self {
            year: era * 400 + year_of_era + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * month_from_march + 2) / 5 + 1,
            second_of_day: seconds.rem_euclid(SECONDS_PER_DAY),
        };
        (0..=9999).contains(&date.year).then_some(date)
    }

    /// Returns the seconds since 1970-01-01T00:00:00Z.
    pub(super) fn epoch_seconds(self) -> i64 {
        days_since_1970(self.year, self.month, self.day) * SECONDS_PER_DAY + self.second_of_day
    }

    /// Creates a date and time, or returns `None` if it does not exist. A leap second is the first second of
    /// the next minute.
    fn new([year, month, day]: [i64; 3], [hour, minute, second]: [i64; 3]) -> Option<Self> {
        let exists = (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day)
            && (0..24).contains(&hour)
            && (0..60).contains(&minute)
            && (0..=60).contains(&second);
        exists.then_some(Self { year, month, day, second_of_day: hour * 3_600 + minute * 60 + second })
    }

    fn time_of_day(self) -> [i64; 3] {
        [self.second_of_day / 3_600, self.second_of_day / 60 % 60, self.second_of_day % 60]
    }

    /// Formats the date as [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339#section-5.6) in UTC, with a
    /// fraction unless `nanos` is zero.
    pub(super) fn to_rfc3339(self, nanos: u32) -> String {
        let Self { year, month, day, .. } = self;
        let [hour, minute, second] = self.time_of_day();
        let whole = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
        match nanos {
            0 => whole + "Z",
            nanos => format!("{whole}.{}Z", format!("{nanos:09}").trim_end_matches('0')),
        }
    }

    /// Formats the date as an [IMF-fixdate](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7).
    pub(super) fn to_imf_fixdate(self) -> String {
        let Self { year, month, day, .. } = self;
        let [hour, minute, second] = self.time_of_day();
        let weekday = self.epoch_seconds().div_euclid(SECONDS_PER_DAY).rem_euclid(7);
        let name = |names: &[&'static str], index: i64| {
            usize::try_from(index).ok().and_then(|index| names.get(index).copied()).unwrap_or_default()
        };
        let (weekday, month) = (name(&WEEKDAYS, weekday), name(&MONTHS, month - 1));
        format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
    }

    /// Parses an RFC 3339 date to epoch seconds and nanoseconds.
    pub(super) fn parse_rfc3339(text: &str) -> Option<(i64, u32)> {
        let (date, rest) = (text.get(..10)?, text.get(10..)?);
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let (time, rest) = (rest.get(..8)?, rest.get(8..)?);
        let [year, month, day] = parts(date, '-', [4, 2, 2])?;
        let whole = Self::new([year, month, day], parts(time, ':', [2, 2, 2])?)?;
        let (nanos, zone) = match rest.strip_prefix('.') {
            Some(rest) => {
                let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                (nanos(rest.get(..digits)?)?, rest.get(digits..)?)
            }
            None => (0, rest),
        };
        Some((whole.epoch_seconds() - offset(zone)?, nanos))
    }

    /// Parses a date in one of the three forms of
    /// [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7), with or without fractional seconds, to
    /// epoch seconds and nanoseconds.
    pub(super) fn parse_http_date(text: &str) -> Option<(i64, u32)> {
        let words: Vec<&str> = text.split(' ').take(MAX_WORDS).collect();
        let (date, time) = match words[..] {
            // IMF-fixdate: Sun, 06 Nov 1994 08:49:37 GMT
            [weekday, day, month, year, time, "GMT"] if is_weekday(weekday.strip_suffix(',')?) => {
                ([number(year, 4)?, self::month(month)?, number(day, 2)?], time)
            }
            // rfc850-date: Sunday, 06-Nov-94 08:49:37 GMT
            [weekday, date, time, "GMT"] => {
                let mut parts = date.split('-');
                let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
                if parts.next().is_some() || !WEEKDAY_NAMES.contains(&weekday.strip_suffix(',')?) {
                    return None;
                }
                ([full_year(number(year, 2)?, current_year()), self::month(month)?, number(day, 2)?], time)
            }
            // asctime-date: Sun Nov  6 08:49:37 1994, with two digits or one and another space for the day
            [weekday, month, "", day, time, year] if is_weekday(weekday) => {
                ([number(year, 4)?, self::month(month)?, number(day, 1)?], time)
            }
            [weekday, month, day, time, year] if is_weekday(weekday) => {
                ([number(year, 4)?, self::month(month)?, number(day, 2)?], time)
            }
            _ => return None,
        };
        let (time, fraction) = match time.split_once('.') {
            Some((time, fraction)) => (time, nanos(fraction)?),
            None => (time, 0),
        };
        Some((Self::new(date, parts(time, ':', [2, 2, 2])?)?.epoch_seconds(), fraction))
    }
}

fn is_weekday(text: &str) -> bool {
    WEEKDAYS.contains(&text)
}

/// Returns the number of a month, from 1.
fn month(name: &str) -> Option<i64> {
    let index = MONTHS.iter().position(|month| *month == name)?;
    Some(i64::try_from(index).ok()? + 1)
}

/// Returns the year with these last two digits that is at most 50 years after the current one, and the latest of
/// those.
fn full_year(digits: i64, current: i64) -> i64 {
    let last = current + 50;
    last - (last - digits).rem_euclid(100)
}

fn current_year() -> i64 {
    let seconds = system::time().and_then(|now| now.duration_since(SystemTime::UNIX_EPOCH).ok());
    let date = seconds
        .and_then(|elapsed| i64::try_from(elapsed.as_secs()).ok())
        .and_then(DateTime::from_epoch_seconds);
    date.map_or(YEAR_WITHOUT_CLOCK, |date| date.year)
}

fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    era * DAYS_PER_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - DAYS_TO_1970
}

fn days_in(year: i64, month: i64) -> i64 {
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    days_since_1970(next_year, next_month, 1) - days_since_1970(year, month, 1)
}

/// Parses three numbers with the given numbers of digits.
fn parts(text: &str, separator: char, digits: [usize; 3]) -> Option<[i64; 3]> {
    let mut parts = text.split(separator);
    let mut next = |digits| number(parts.next()?, digits);
    let numbers = [next(digits[0])?, next(digits[1])?, next(digits[2])?];
    parts.next().is_none().then_some(numbers)
}

fn number(text: &str, digits: usize) -> Option<i64> {
    let is_number = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// Parses the digits after a decimal point. Digits beyond nanoseconds are truncated.
fn nanos(fraction: &str) -> Option<u32> {
    if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
    Some(digits.fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0')))
}

/// Parses the offset of a time zone in seconds east of UTC.
fn offset(zone: &str) -> Option<i64> {
    if matches!(zone, "Z" | "z") {
        return Some(0);
    }
    let (sign, rest) = match zone.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_ten_thousand_years_round_trips() {
        let mut expected = (0, 1, 1);
        let first = days_since_1970(0, 1, 1);
        for day in first..=days_since_1970(9999, 12, 31) {
            let date = DateTime::from_epoch_seconds(day * SECONDS_PER_DAY + 86_399).unwrap();
            assert_eq!((date.year, date.month, date.day), expected);
            assert_eq!(date.epoch_seconds(), day * SECONDS_PER_DAY + 86_399);
            let is_leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
            let last = match date.month {
                2 => 28 + i64::from(is_leap),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            expected = match expected {
                (year, 12, 31) => (year + 1, 1, 1),
                (year, month, day) if day == last => (year, month + 1, 1),
                (year, month, day) => (year, month, day + 1),
            };
        }
        assert_eq!(expected, (10_000, 1, 1));
    }

    #[test]
    fn rejects_invalid_dates() {
        for bad in [
            "",
            "2019-12-16",
            "2019-12-16T23:48:18",
            "2019-02-29T00:00:00Z",
            "2019-13-01T00:00:00Z",
            "2019-12-00T00:00:00Z",
            "2019-12-16T24:00:00Z",
            "2019-12-16T23:60:00Z",
            "2019-12-16T23:48:61Z",
            "2019-12-16T23:48:18.Z",
            "2019-12-16T23:48:18+1:00",
            "2019-12-16T23:48:18+24:00",
            "2019-12-16T23:48:18Zulu",
            "+019-12-16T23:48:18Z",
            "2019-12-16é23:48:18Z",
            "2019-12-1éT23:48:18Z",
        ] {
            assert_eq!(DateTime::parse_rfc3339(bad), None, "{bad}");
        }
        for bad in [
            "Mon, 16 Dec 2019 23:48:18",
            "Mon, 16 Dec 2019 23:48:18 CET",
            "Mon, 16 Dec 2019 23:48:18 GMT GMT",
            "Xxx, 16 Dec 2019 23:48:18 GMT",
            "Mon, 16 Foo 2019 23:48:18 GMT",
            "Mon, 16 Dec 19 23:48:18 GMT",
            "Mon, 16-Dec-19 23:48:18 GMT",
            "Monday, 16-Dec-2019 23:48:18 GMT",
            "Monday, 16-Dec-19-1 23:48:18 GMT",
            "Mon, Dec 16 23:48:18 2019",
            "Mon Dec 6 23:48:18 2019",
            "Mon Dec  16 23:48:18 2019",
            "Mon Dec 16 23:48:18 2019 GMT GMT GMT GMT",
        ] {
            assert_eq!(DateTime::parse_http_date(bad), None, "{bad}");
        }
    }

    #[test]
    fn parses_the_three_forms_of_http_dates() {
        let expected = Some((1_554_788_648, 0));
        for text in [
            "Tue, 09 Apr 2019 05:44:08 GMT",
            "Tuesday, 09-Apr-19 05:44:08 GMT",
            "Tue Apr  9 05:44:08 2019",
            "Tue Apr 09 05:44:08 2019",
        ] {
            assert_eq!(DateTime::parse_http_date(text), expected, "{text}");
        }
        assert_eq!(DateTime::parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), Some((784_111_777, 0)));
    }

    #[test]
    fn without_a_clock_a_year_of_two_digits_is_from_1970_to_2069() {
        for (digits, year) in [(70, 1970), (99, 1999), (0, 2000), (69, 2069)] {
            assert_eq!(full_year(digits, YEAR_WITHOUT_CLOCK), year);
        }
    }

    #[test]
    fn a_year_of_two_digits_is_at_most_fifty_years_ahead() {
        let years = [(0, 2000), (19, 2019), (26, 2026), (76, 2076), (77, 1977), (99, 1999)];
        for (digits, year) in years {
            assert_eq!(full_year(digits, 2026), year);
        }
        assert_eq!([full_year(49, 1999), full_year(50, 1999)], [2049, 1950]);
    }

    #[test]
    fn a_leap_second_is_the_first_of_the_next_minute() {
        let [leap, next] = ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"].map(DateTime::parse_rfc3339);
        assert_eq!(leap, next);
    }
}
