//! The ratio of our figure to the peer's, with its spread.

use crate::sample::Sample;
use serde::Serialize;

/// The minimum and maximum number of decimals of a ratio.
const DECIMALS: (usize, usize) = (2, 9);

/// The relative gap up to which two spreads still agree: valgrind's counts vary slightly between runs.
const TOLERANCE: f64 = 0.001;

/// Our figure divided by the peer's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Ratio {
    /// The ratio of the medians.
    pub(crate) medians: f64,
    /// Our minimum divided by the peer's maximum.
    pub(crate) min: f64,
    /// Our maximum divided by the peer's minimum.
    pub(crate) max: f64,
}

impl Ratio {
    /// Returns `None` if the peer's median is zero.
    pub(crate) fn of(ours: &Sample, peer: &Sample) -> Option<Self> {
        let ratio = Self {
            medians: ours.median() / peer.median(),
            min: ours.min() / peer.max(),
            max: ours.max() / peer.min(),
        };
        (peer.median() != 0.0).then_some(ratio)
    }

    /// Returns enough decimals for two significant digits and for distinct ends of the spread.
    pub(crate) fn decimals(&self) -> usize {
        let digits = fewest_decimals(|decimals| significant_digits(&format!("{:.decimals$}", self.min)) >= 2);
        if self.has_spread() { digits.max(distinguishing_decimals(self.min, self.max)) } else { digits }
    }

    /// Formats the ratio of the medians.
    pub(crate) fn format(&self, decimals: usize) -> String {
        format!("{:.decimals$} ×", self.medians)
    }

    /// Formats the spread. Empty if neither side varies.
    pub(crate) fn format_spread(&self, decimals: usize) -> String {
        if self.has_spread() {
            format!("{:.decimals$}–{:.decimals$} ×", self.min, self.max)
        } else {
            String::new()
        }
    }

    /// Returns true if the spreads overlap within the tolerance.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        let reaches = |end: f64, start: f64| start <= end * (1.0 + TOLERANCE);
        reaches(self.max, other.min) && reaches(other.max, self.min)
    }

    fn has_spread(&self) -> bool {
        self.min != self.max
    }
}

/// Returns the fewest decimals with which two figures are formatted differently.
pub(crate) fn distinguishing_decimals(one: f64, other: f64) -> usize {
    fewest_decimals(|decimals| format!("{one:.decimals$}") != format!("{other:.decimals$}"))
}

/// Returns the fewest decimals that are enough, or the minimum if none are, as for zero.
fn fewest_decimals(enough: impl Fn(usize) -> bool) -> usize {
    let (fewest, most) = DECIMALS;
    (fewest..=most).find(|decimals| enough(*decimals)).unwrap_or(fewest)
}

/// Counts the significant digits of a formatted number.
fn significant_digits(number: &str) -> usize {
    number.trim_start_matches(['0', '.']).chars().filter(char::is_ascii_digit).count()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The ratio of these figures.
    pub(crate) fn ratio(ours: &[f64], peer: &[f64]) -> Ratio {
        let sample = |figures: &[f64]| Sample::new(figures.iter().copied()).unwrap();
        Ratio::of(&sample(ours), &sample(peer)).unwrap()
    }

    fn formatted(ratio: Ratio) -> (String, String) {
        (ratio.format(ratio.decimals()), ratio.format_spread(ratio.decimals()))
    }

    #[test]
    fn spread_is_from_lowest_to_highest_possible_ratio() {
        let ratio = ratio(&[60.0, 62.0, 66.0], &[200.0, 205.0, 220.0]);
        assert_eq!(ratio.medians, 62.0 / 205.0);
        assert_eq!((ratio.min, ratio.max), (60.0 / 220.0, 66.0 / 200.0));
        assert_eq!(formatted(ratio), ("0.30 ×".to_owned(), "0.27–0.33 ×".to_owned()));
    }

    #[test]
    fn constant_figures_have_no_spread() {
        assert_eq!(formatted(ratio(&[5.68], &[100.0])), ("0.057 ×".to_owned(), String::new()));
        assert_eq!(formatted(ratio(&[10.0, 10.0], &[100.0])), ("0.10 ×".to_owned(), String::new()));
        assert_eq!(formatted(ratio(&[10.0, 10.0], &[100.0, 50.0])).1, "0.10–0.20 ×");
    }

    #[test]
    fn ends_of_a_spread_are_formatted_differently() {
        assert_eq!(
            formatted(ratio(&[5.64, 5.7, 5.81], &[100.0])),
            ("0.057 ×".to_owned(), "0.056–0.058 ×".to_owned())
        );
        assert_eq!(
            formatted(ratio(&[50.6, 50.9, 51.3], &[100.0])),
            ("0.509 ×".to_owned(), "0.506–0.513 ×".to_owned())
        );
        assert_eq!(
            formatted(ratio(&[218.0, 221.0, 224.0], &[100.0])),
            ("2.21 ×".to_owned(), "2.18–2.24 ×".to_owned())
        );
    }

    #[test]
    fn overlapping_spreads_agree_and_disjoint_ones_do_not() {
        let wide = ratio(&[30.0, 33.0], &[100.0]);
        for agreeing in [[32.0, 36.0], [28.0, 31.0], [31.0, 32.0], [20.0, 40.0], [33.0, 36.0]] {
            assert!(wide.agrees(&ratio(&agreeing, &[100.0])), "{agreeing:?}");
        }
        for disjoint in [[34.0, 36.0], [28.0, 29.0]] {
            assert!(!wide.agrees(&ratio(&disjoint, &[100.0])), "{disjoint:?}");
        }
    }

    #[test]
    fn counts_agree_within_the_tolerance() {
        let count = ratio(&[1000.0], &[1000.0]);
        assert!(count.agrees(&ratio(&[1000.9], &[1000.0])) && ratio(&[1000.9], &[1000.0]).agrees(&count));
        assert!(!count.agrees(&ratio(&[1002.0], &[1000.0])) && !ratio(&[1002.0], &[1000.0]).agrees(&count));
    }

    #[test]
    fn zero_is_formatted_with_the_fewest_decimals() {
        assert_eq!(Ratio::of(&Sample::new([1.0]).unwrap(), &Sample::new([0.0]).unwrap()), None);
        assert_eq!(formatted(ratio(&[0.0], &[1.0])).0, "0.00 ×");
        assert_eq!(formatted(ratio(&[1.0], &[0.0, 1.0, 1.0])).1, "1.00–inf ×");
    }
}
