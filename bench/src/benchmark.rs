//! A benchmark.

use crate::error::Error;
use crate::report::Section;
use crate::setup::Setup;

/// The peer of most benchmarks.
pub(crate) const PEER: &str = "aws-sdk-signin";

/// A benchmark.
pub(crate) struct Bench {
    pub(crate) name: &'static str,
    /// A description of the measurement, for the report.
    pub(crate) about: &'static str,
    pub(crate) run: fn(&Setup, &mut Section) -> Result<(), Error>,
}
