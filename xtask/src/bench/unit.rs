//! What figures count, and how they are written for people.

use serde::{Deserialize, Serialize};

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Unit {
    Seconds,
    Bytes,
    BytesPerSecond,
    PerSecond,
    Count,
}

impl Unit {
    /// A figure with its unit, in three or four digits, or in all for what is counted.
    pub(crate) fn show(self, figure: f64) -> String {
        match self {
            Self::Seconds => scaled(figure, &[(1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")]),
            Self::Bytes => scaled(figure, &[(1e6, "MB"), (1e3, "kB"), (1.0, "B")]),
            Self::BytesPerSecond => scaled(figure, &[(1e6, "MB/s"), (1e3, "kB/s"), (1.0, "B/s")]),
            Self::PerSecond => format!("{}/s", grouped(figure)),
            Self::Count => grouped(figure),
        }
    }

    /// Whether more of it is better.
    pub(crate) fn is_better_high(self) -> bool {
        matches!(self, Self::BytesPerSecond | Self::PerSecond)
    }
}

/// In the first of the units that is not greater than the figure, else the last.
fn scaled(figure: f64, units: &[(f64, &str)]) -> String {
    let fits = units.iter().find(|(size, _)| figure.abs() >= *size).or(units.last());
    let Some((size, name)) = fits else { return figure.to_string() };
    let value = figure / size;
    let digits = if value.abs() < 10.0 { 2 } else { usize::from(value.abs() < 100.0) };
    format!("{value:.digits$} {name}")
}

/// A whole number with commas between its thousands.
fn grouped(figure: f64) -> String {
    let digits = format!("{:.0}", figure.abs());
    let mut text = String::new();
    for (setup, digit) in digits.chars().enumerate() {
        if setup > 0 && (digits.len() - setup).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if figure <= -0.5 { format!("-{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short_and_have_their_unit() {
        assert_eq!(Unit::Seconds.show(211.04), "211 s");
        assert_eq!(Unit::Seconds.show(0.0123), "12.3 ms");
        assert_eq!(Unit::Seconds.show(3.669e-6), "3.67 µs");
        assert_eq!(Unit::Seconds.show(0.0), "0.00 ns");
        assert_eq!(Unit::Bytes.show(2_800_000.0), "2.80 MB");
        assert_eq!(Unit::BytesPerSecond.show(512_000_000.0), "512 MB/s");
        assert_eq!(Unit::PerSecond.show(10_500.4), "10,500/s");
        assert_eq!(Unit::Count.show(199_900.0), "199,900");
        assert_eq!(Unit::Count.show(59.0), "59");
        assert_eq!(Unit::Count.show(-1234.0), "-1,234");
    }
}
