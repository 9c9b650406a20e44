//! The checked-in limits of `--guard`.

use crate::error::Error;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The default limits file, relative to the workspace root.
pub(crate) const LIMITS: &str = "bench/limits.toml";

/// The limits file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Limits {
    /// The tolerated relative difference: 0.03 is three per cent.
    slack: f64,
    /// Instructions per call, by part of the call.
    pub(crate) instructions: BTreeMap<String, f64>,
    /// Lines of Rust, by crate.
    pub(crate) lines: BTreeMap<String, f64>,
}

/// A figure compared with its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Within,
    /// Below the limit by more than the slack: the limit can be lowered.
    FarBelow,
    Exceeded,
    /// The figure has no limit.
    NoLimit,
}

impl Limits {
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        let text =
            std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
        toml::from_str(&text).map_err(|source| Error::Limits { path: path.to_owned(), source })
    }

    pub(crate) fn verdict(&self, limit: Option<f64>, figure: f64) -> Verdict {
        match limit {
            None => Verdict::NoLimit,
            Some(limit) if figure > limit * (1.0 + self.slack) => Verdict::Exceeded,
            Some(limit) if figure < limit * (1.0 - self.slack) => Verdict::FarBelow,
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
    fn tolerates_differences_within_the_slack() {
        let limits = limits();
        let limit = limits.instructions.get("whole").copied();
        assert_eq!(limits.verdict(limit, 1050.0), Verdict::Within);
        assert_eq!(limits.verdict(limit, 1051.0), Verdict::Exceeded);
        assert_eq!(limits.verdict(limit, 949.0), Verdict::FarBelow);
        assert_eq!(limits.verdict(None, 949.0), Verdict::NoLimit);
    }

    #[test]
    fn rejects_a_misspelled_key() {
        let error = toml::from_str::<Limits>("slack = 0.05\n[instruction]\nwhole = 1\n").unwrap_err();
        assert!(error.to_string().contains("instruction"), "{error}");
    }
}
