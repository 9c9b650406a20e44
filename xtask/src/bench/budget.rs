//! What the design allows.

use super::report::Row;

/// What a figure may be at most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Budget {
    /// In base units.
    AtMost(f64),
    /// This many times the peer's.
    OfPeer(f64),
}

/// Benchmark, row and budget.
const BUDGETS: &[(&str, &str, Budget)] = &[
    ("build", "release, CPU", Budget::OfPeer(0.30)),
    ("build", "crates in the tree", Budget::AtMost(60.0)),
    ("build", "stripped binary", Budget::OfPeer(0.35)),
    ("crate", "dynamodb, release, CPU", Budget::OfPeer(0.10)),
    ("crate", "iam, release, CPU", Budget::OfPeer(0.10)),
    ("crate", "lambda, release, CPU", Budget::OfPeer(0.10)),
    ("call", "instructions", Budget::AtMost(20_000.0)),
    ("generate", "signin, time", Budget::AtMost(0.020)),
    ("generate", "signin, lines", Budget::AtMost(1_500.0)),
    ("generate", "all models at once, time", Budget::AtMost(5.0)),
];

/// The budget of a row, if it has one.
pub(crate) fn of(bench: &str, row: &str) -> Option<Budget> {
    BUDGETS.iter().find(|budget| (budget.0, budget.1) == (bench, row)).map(|budget| budget.2)
}

/// The rows of a benchmark that have a budget.
pub(crate) fn rows(bench: &str) -> impl Iterator<Item = &'static str> {
    BUDGETS.iter().filter(move |budget| budget.0 == bench).map(|budget| budget.1)
}

impl Budget {
    /// Whether a row keeps it; `None` where there is no peer to compare with.
    pub(crate) fn is_kept(self, row: &Row) -> Option<bool> {
        match self {
            Self::AtMost(most) => Some(row.ours.median() <= most),
            Self::OfPeer(most) => Some(row.ratio()?.medians <= most),
        }
    }

    pub(crate) fn show(self, row: &Row) -> String {
        match self {
            Self::AtMost(most) => format!("≤ {}", row.unit.show(most)),
            Self::OfPeer(most) => format!("≤ {most:.2} ×"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::report::tests::row;

    #[test]
    fn a_budget_is_kept_up_to_its_bound() {
        assert_eq!(Budget::AtMost(10.0).is_kept(&row(10.0, None)), Some(true));
        assert_eq!(Budget::AtMost(10.0).is_kept(&row(10.1, None)), Some(false));
        assert_eq!(Budget::OfPeer(0.5).is_kept(&row(5.0, Some(10.0))), Some(true));
        assert_eq!(Budget::OfPeer(0.5).is_kept(&row(5.1, Some(10.0))), Some(false));
    }

    #[test]
    fn a_share_of_the_peer_is_open_without_the_peer() {
        assert_eq!(Budget::OfPeer(0.5).is_kept(&row(5.0, None)), None);
    }

    #[test]
    fn every_budget_belongs_to_a_benchmark() {
        for (bench, row, _) in BUDGETS {
            assert!(crate::bench::BENCHES.iter().any(|known| known.name == *bench), "{bench}: {row}");
        }
    }
}
