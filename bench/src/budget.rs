//! Budgets of the design.

use crate::report::Row;

/// The upper bound of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Budget {
    /// In base units.
    AtMost(f64),
    /// This multiple of the peer's figure.
    OfPeer(f64),
}

/// The budgets by benchmark and row.
const BUDGETS: &[(&str, &str, Budget)] = &[
    ("build", "release, CPU", Budget::OfPeer(0.30)),
    ("build", "crates in the tree", Budget::AtMost(60.0)),
    ("build", "stripped binary", Budget::OfPeer(0.35)),
    ("crate", "dynamodb, release, CPU", Budget::OfPeer(0.10)),
    ("crate", "iam, release, CPU", Budget::OfPeer(0.10)),
    ("crate", "lambda, release, CPU", Budget::OfPeer(0.10)),
    ("call", "instructions", Budget::AtMost(20_000.0)),
    ("generate", "signin, time", Budget::AtMost(0.015)),
    ("generate", "signin, lines", Budget::AtMost(1_500.0)),
    ("generate", "all models at once, time", Budget::AtMost(6.0)),
];

/// Returns the budget of a row, if it has one.
pub(crate) fn of(bench: &str, row: &str) -> Option<Budget> {
    BUDGETS.iter().find(|budget| (budget.0, budget.1) == (bench, row)).map(|budget| budget.2)
}

/// Returns the rows of a benchmark that have a budget.
pub(crate) fn rows(bench: &str) -> impl Iterator<Item = &'static str> {
    BUDGETS.iter().filter(move |budget| budget.0 == bench).map(|budget| budget.1)
}

impl Budget {
    /// Returns true if the row is within the budget, or `None` if the budget needs a peer and the row has
    /// none.
    pub(crate) fn is_met(self, row: &Row) -> Option<bool> {
        match self {
            Self::AtMost(bound) => Some(row.ours.median() <= bound),
            Self::OfPeer(bound) => Some(row.ratio()?.medians <= bound),
        }
    }

    pub(crate) fn format(self, row: &Row) -> String {
        match self {
            Self::AtMost(bound) => format!("≤ {}", row.unit.format(bound)),
            Self::OfPeer(bound) => format!("≤ {bound:.2} ×"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::row;

    #[test]
    fn budget_is_inclusive() {
        assert_eq!(Budget::AtMost(10.0).is_met(&row(10.0, None)), Some(true));
        assert_eq!(Budget::AtMost(10.0).is_met(&row(10.1, None)), Some(false));
        assert_eq!(Budget::OfPeer(0.5).is_met(&row(5.0, Some(10.0))), Some(true));
        assert_eq!(Budget::OfPeer(0.5).is_met(&row(5.1, Some(10.0))), Some(false));
    }

    #[test]
    fn relative_budget_is_undecided_without_a_peer() {
        assert_eq!(Budget::OfPeer(0.5).is_met(&row(5.0, None)), None);
    }

    #[test]
    fn every_budget_names_a_benchmark() {
        for (bench, row, _) in BUDGETS {
            assert!(crate::BENCHES.iter().any(|known| known.name == *bench), "{bench}: {row}");
        }
    }
}
