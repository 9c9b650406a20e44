//! `cargo xtask mutate`: generates clients of randomly changed models. Each run of the generator must end in time with a
//! crate or with diagnostics, and a sample of the crates must compile.

mod cases;
mod changes;
mod compile;
mod json;
mod models;
mod random;
mod texts;
mod watch;

use crate::{checkout, workspace};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The directories of the default models, relative to the root: small models that use every feature.
const MODELS: &[&str] = &["tests/models", "tests/snapshots"];

/// The directory for the crates and failed models, relative to the root.
const OUT: &str = "target/mutants";

/// The arguments of `cargo xtask mutate`.
#[derive(clap::Args)]
pub struct Arguments {
    /// A directory of JSON AST models, with its subdirectories; may be repeated [default: tests/models, tests/snapshots]
    #[arg(long, value_name = "DIR")]
    models: Vec<PathBuf>,
    /// The time for changing models, in seconds
    #[arg(long, value_name = "N", default_value_t = 3)]
    seconds: u64,
    /// The number of the first case. The same number and models give the same cases
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The maximum number of cases
    #[arg(long, value_name = "N", default_value_t = u64::MAX, hide_default_value = true)]
    cases: u64,
    /// The number of generated crates to compile
    #[arg(long, value_name = "N", default_value_t = 6)]
    compile: usize,
}

/// An error that prevents models from being changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read `{path}`: {source}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("cannot write `{path}`: {source}")]
    Write { path: PathBuf, source: std::io::Error },
    #[error("no valid JSON AST models in {0}")]
    NoModels(String),
    #[error("cannot run `{program}`: {source}")]
    Run { program: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Workspace(#[from] workspace::Error),
}

/// Runs cases until the time is over, then compiles a sample. Fails if the generator panicked or took too long, or if a
/// crate does not compile.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let root = checkout::root();
    let dirs = match arguments.models.as_slice() {
        [] => MODELS.iter().map(|dir| root.join(dir)).collect(),
        dirs => dirs.to_vec(),
    };
    let out = root.join(OUT);
    let out = std::path::absolute(&out).map_err(|source| Error::Read { path: out, source })?;
    let models = models::load(&root, &dirs)?;
    let plural = if models.len() == 1 { "" } else { "s" };
    println!("{} model{plural}, seed {}", models.len(), arguments.seed);
    let settings = cases::Settings {
        first: arguments.seed,
        count: arguments.cases,
        until: Instant::now() + Duration::from_secs(arguments.seconds),
        sample: arguments.compile,
    };
    let results = cases::run(&models, &settings, &root, &out)?;
    println!(
        "{} cases: {} crates, {} models refused, {} failed",
        results.cases,
        results.crates,
        results.refused,
        results.failures.len()
    );
    for failure in &results.failures {
        println!("{failure}");
    }
    let compiled = compile::compile(&root, &out, results.sample)?;
    let passed = results.failures.is_empty() && compiled;
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
