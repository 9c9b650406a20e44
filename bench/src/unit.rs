//! Units of figures.

use serde::{Deserialize, Serialize};

/// The unit of a figure.
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
    /// Formats a figure with its unit: three or four digits, or all digits for counts.
    pub(crate) fn format(self, figure: f64) -> String {
        match self {
            Self::Seconds => scaled(figure, &[(1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")]),
            Self::Bytes => scaled(figure, &[(1e6, "MB"), (1e3, "kB"), (1.0, "B")]),
            Self::BytesPerSecond => scaled(figure, &[(1e6, "MB/s"), (1e3, "kB/s"), (1.0, "B/s")]),
            Self::PerSecond => format!("{}/s", grouped(figure)),
            Self::Count => grouped(figure),
        }
    }

    /// Returns true if higher figures are better.
    pub(crate) fn higher_is_better(self) -> bool {
        matches!(self, Self::BytesPerSecond | Self::PerSecond)
    }
}

/// Formats a figure in the first unit that is not larger than it, or the last unit.
fn scaled(figure: f64, units: &[(f64, &str)]) -> String {
    let fits = units.iter().find(|(size, _)| figure.abs() >= *size).or(units.last());
    let Some((size, name)) = fits else { return figure.to_string() };
    let value = figure / size;
    let digits = if value.abs() < 10.0 { 2 } else { usize::from(value.abs() < 100.0) };
    format!("{value:.digits$} {name}")
}

/// Formats a whole number with thousands separators.
fn grouped(figure: f64) -> String {
    let digits = format!("{:.0}", figure.abs());
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
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
    fn formats_figures_with_their_unit() {
        assert_eq!(Unit::Seconds.format(211.04), "211 s");
        assert_eq!(Unit::Seconds.format(0.0123), "12.3 ms");
        assert_eq!(Unit::Seconds.format(3.669e-6), "3.67 µs");
        assert_eq!(Unit::Seconds.format(0.0), "0.00 ns");
        assert_eq!(Unit::Bytes.format(2_800_000.0), "2.80 MB");
        assert_eq!(Unit::BytesPerSecond.format(512_000_000.0), "512 MB/s");
        assert_eq!(Unit::PerSecond.format(10_500.4), "10,500/s");
        assert_eq!(Unit::Count.format(199_900.0), "199,900");
        assert_eq!(Unit::Count.format(59.0), "59");
        assert_eq!(Unit::Count.format(-1234.0), "-1,234");
    }
}
