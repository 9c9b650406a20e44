//! What came of each service.

use super::Error;
use super::results::{self, Verdict};
use super::suite::{Service, Skipped, Test};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What came of a service's cases.
pub(super) struct Outcome {
    /// The service's shape id.
    pub(super) service: String,
    /// Every case that was tested.
    pub(super) tested: Vec<(Test, Verdict)>,
    /// Every case that was not.
    pub(super) skipped: Vec<Skipped>,
    /// Whether the service's model has mistakes.
    pub(super) is_broken: bool,
    /// Whether the generated crate compiles.
    pub(super) compiles: bool,
}

/// What a test says that has stopped its process.
const SILENCE: &str = "    the test did not come to an end";

/// Runs the tests of each service. A test of which nothing is heard has failed.
pub(super) fn outcomes(
    suite: Vec<Service>,
    binaries: &BTreeMap<String, PathBuf>,
) -> Result<Vec<Outcome>, Error> {
    let mut outcomes = Vec::new();
    for service in suite {
        let binary = service.krate.as_ref().and_then(|(name, _)| binaries.get(name));
        let names = service.tests.iter().map(|test| test.name.as_str());
        let verdicts = binary.map(|binary| results::run(binary, names)).transpose()?;
        let compiles = verdicts.is_some() || service.tests.is_empty();
        let verdict = |test: Test| {
            let verdict = verdicts.as_ref().and_then(|verdicts| verdicts.get(&test.name)).cloned();
            (test, verdict.unwrap_or_else(|| Verdict::Failed(SILENCE.to_owned())))
        };
        outcomes.push(Outcome {
            tested: service.tests.into_iter().map(verdict).collect(),
            service: service.id,
            skipped: service.skipped,
            is_broken: service.is_broken,
            compiles,
        });
    }
    Ok(outcomes)
}
