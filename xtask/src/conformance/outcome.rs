//! Test outcomes of each service.

use super::Error;
use super::results::{self, Verdict};
use super::suite::{Service, Skipped, Test};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The outcomes of a service's cases.
pub(super) struct Outcome {
    /// The service's shape id.
    pub(super) service: String,
    /// The cases that were run.
    pub(super) tested: Vec<(Test, Verdict)>,
    /// The cases that were not run.
    pub(super) skipped: Vec<Skipped>,
    /// True if the model has errors.
    pub(super) has_errors: bool,
    /// True if the generated crate compiles.
    pub(super) compiles: bool,
}

/// The failure message of a test without a result: its process ended early.
const NO_RESULT: &str = "    the test did not finish";

/// Runs the tests of each service. A test without a result counts as failed.
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
            (test, verdict.unwrap_or_else(|| Verdict::Failed(NO_RESULT.to_owned())))
        };
        outcomes.push(Outcome {
            tested: service.tests.into_iter().map(verdict).collect(),
            service: service.id,
            skipped: service.skipped,
            has_errors: service.has_errors,
            compiles,
        });
    }
    Ok(outcomes)
}
