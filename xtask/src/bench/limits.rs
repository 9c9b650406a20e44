//! What `--guard` keeps: the checked-in limits, and what is above or far below them.

use super::Error;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Where the limits are, from the root of the workspace.
pub(super) const LIMITS: &str = "tests/bench/limits.toml";

/// The figures when they were last agreed to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limits {
    /// The part by which a figure may differ: 0.03 is three per cent.
    slack: f64,
    /// Instructions per call, by the part of it.
    pub(super) instructions: BTreeMap<String, f64>,
    /// Lines of Rust, by the crate.
    pub(super) lines: BTreeMap<String, f64>,
}

/// How a figure stands to its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Within,
    /// Better by more than the slack: the limit can be lowered.
    Lower,
    Above,
    /// There is no limit for it.
    Unlimited,
}

impl Limits {
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let text =
            std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
        toml::from_str(&text).map_err(|source| Error::Limits { path: path.to_owned(), source })
    }

    pub(super) fn verdict(&self, limit: Option<f64>, figure: f64) -> Verdict {
        match limit {
            None => Verdict::Unlimited,
            Some(limit) if figure > limit * (1.0 + self.slack) => Verdict::Above,
            Some(limit) if figure < limit * (1.0 - self.slack) => Verdict::Lower,
            Some(_) => Verdict::Within,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        toml::from_str("slack = 0.05\n[instructions]\nwhole = 1000\n[lines]\n").unwrap()
    }

    #[test]
    fn a_figure_may_differ_by_the_slack() {
        let limits = limits();
        let limit = limits.instructions.get("whole").copied();
        assert_eq!(limits.verdict(limit, 1050.0), Verdict::Within);
        assert_eq!(limits.verdict(limit, 1051.0), Verdict::Above);
        assert_eq!(limits.verdict(limit, 949.0), Verdict::Lower);
        assert_eq!(limits.verdict(None, 949.0), Verdict::Unlimited);
    }

    #[test]
    fn a_limit_that_is_misspelt_is_an_error() {
        let error = toml::from_str::<Limits>("slack = 0.05\n[instruction]\nwhole = 1\n").unwrap_err();
        assert!(error.to_string().contains("instruction"), "{error}");
    }
}
