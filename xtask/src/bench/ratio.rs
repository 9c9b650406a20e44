//! How many times the other's figure ours is, and how sure that is.

use super::sample::Sample;
use serde::Serialize;

/// The decimals of a ratio that needs no more, and those beyond which nobody reads.
const DECIMALS: (usize, usize) = (2, 9);

/// The part by which spreads may miss each other and still agree: what valgrind counts is only nearly the same on
/// every run.
const SLACK: f64 = 0.001;

/// Ours divided by the other's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Ratio {
    /// Of the medians.
    pub(crate) medians: f64,
    /// The least of ours to the greatest of the other's.
    pub(crate) least: f64,
    /// The greatest of ours to the least of the other's.
    pub(crate) greatest: f64,
}

impl Ratio {
    /// `None` where the other's figure is nothing.
    pub(crate) fn of(ours: &Sample, other: &Sample) -> Option<Self> {
        let ratio = Self {
            medians: ours.median() / other.median(),
            least: ours.min() / other.max(),
            greatest: ours.max() / other.min(),
        };
        (other.median() != 0.0).then_some(ratio)
    }

    /// As many decimals as show two digits, and tell the ends of the spread apart.
    pub(crate) fn decimals(&self) -> usize {
        let least = decimals(|decimals| digits(&format!("{:.decimals$}", self.least)) >= 2);
        if self.has_spread() { least.max(telling_apart(self.least, self.greatest)) } else { least }
    }

    /// The ratio of the medians.
    pub(crate) fn show(&self, decimals: usize) -> String {
        format!("{:.decimals$} ×", self.medians)
    }

    /// From the least to the greatest; empty where neither side varies.
    pub(crate) fn show_spread(&self, decimals: usize) -> String {
        if self.has_spread() {
            format!("{:.decimals$}–{:.decimals$} ×", self.least, self.greatest)
        } else {
            String::new()
        }
    }

    /// Whether the spreads overlap. What does not vary is a spread of one point.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        let reaches = |end: f64, start: f64| start <= end * (1.0 + SLACK);
        reaches(self.greatest, other.least) && reaches(other.greatest, self.least)
    }

    fn has_spread(&self) -> bool {
        self.least != self.greatest
    }
}

/// The decimals with which two different figures do not look the same.
pub(crate) fn telling_apart(one: f64, other: f64) -> usize {
    decimals(|decimals| format!("{one:.decimals$}") != format!("{other:.decimals$}"))
}

/// The fewest decimals that are enough; where none are, as for zero, those of any ratio.
fn decimals(enough: impl Fn(usize) -> bool) -> usize {
    let (fewest, most) = DECIMALS;
    (fewest..=most).find(|decimals| enough(*decimals)).unwrap_or(fewest)
}

/// The digits that tell something: those from the first that is not zero.
fn digits(number: &str) -> usize {
    number.trim_start_matches(['0', '.']).chars().filter(char::is_ascii_digit).count()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The ratio of these figures.
    pub(crate) fn ratio(ours: &[f64], other: &[f64]) -> Ratio {
        let sample = |figures: &[f64]| Sample::new(figures.iter().copied()).unwrap();
        Ratio::of(&sample(ours), &sample(other)).unwrap()
    }

    fn shown(ratio: Ratio) -> (String, String) {
        (ratio.show(ratio.decimals()), ratio.show_spread(ratio.decimals()))
    }

    #[test]
    fn the_spread_goes_from_the_least_that_the_ratio_can_be_to_the_greatest() {
        let ratio = ratio(&[60.0, 62.0, 66.0], &[200.0, 205.0, 220.0]);
        assert_eq!(ratio.medians, 62.0 / 205.0);
        assert_eq!((ratio.least, ratio.greatest), (60.0 / 220.0, 66.0 / 200.0));
        assert_eq!(shown(ratio), ("0.30 ×".to_owned(), "0.27–0.33 ×".to_owned()));
    }

    #[test]
    fn what_does_not_vary_has_no_spread() {
        assert_eq!(shown(ratio(&[5.68], &[100.0])), ("0.057 ×".to_owned(), String::new()));
        assert_eq!(shown(ratio(&[10.0, 10.0], &[100.0])), ("0.10 ×".to_owned(), String::new()));
        assert_eq!(shown(ratio(&[10.0, 10.0], &[100.0, 50.0])).1, "0.10–0.20 ×");
    }

    #[test]
    fn a_spread_has_enough_digits_to_be_one() {
        assert_eq!(
            shown(ratio(&[5.64, 5.7, 5.81], &[100.0])),
            ("0.057 ×".to_owned(), "0.056–0.058 ×".to_owned())
        );
        assert_eq!(
            shown(ratio(&[50.6, 50.9, 51.3], &[100.0])),
            ("0.509 ×".to_owned(), "0.506–0.513 ×".to_owned())
        );
        assert_eq!(
            shown(ratio(&[218.0, 221.0, 224.0], &[100.0])),
            ("2.21 ×".to_owned(), "2.18–2.24 ×".to_owned())
        );
    }

    #[test]
    fn spreads_that_overlap_agree_and_those_that_miss_each_other_do_not() {
        let wide = ratio(&[30.0, 33.0], &[100.0]);
        for agreeing in [[32.0, 36.0], [28.0, 31.0], [31.0, 32.0], [20.0, 40.0], [33.0, 36.0]] {
            assert!(wide.agrees(&ratio(&agreeing, &[100.0])), "{agreeing:?}");
        }
        for missing in [[34.0, 36.0], [28.0, 29.0]] {
            assert!(!wide.agrees(&ratio(&missing, &[100.0])), "{missing:?}");
        }
    }

    #[test]
    fn counts_agree_if_they_are_the_same_but_for_a_thousandth() {
        let count = ratio(&[1000.0], &[1000.0]);
        assert!(count.agrees(&ratio(&[1000.9], &[1000.0])) && ratio(&[1000.9], &[1000.0]).agrees(&count));
        assert!(!count.agrees(&ratio(&[1002.0], &[1000.0])) && !ratio(&[1002.0], &[1000.0]).agrees(&count));
    }

    #[test]
    fn zero_is_shown_and_does_not_end_in_many_digits() {
        assert_eq!(Ratio::of(&Sample::new([1.0]).unwrap(), &Sample::new([0.0]).unwrap()), None);
        assert_eq!(shown(ratio(&[0.0], &[1.0])).0, "0.00 ×");
        assert_eq!(shown(ratio(&[1.0], &[0.0, 1.0, 1.0])).1, "1.00–inf ×");
    }
}
