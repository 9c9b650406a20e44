//! `cargo xtask conformance`: the official protocol tests, generated, built and run; with `--endpoints`, the
//! endpoint tests of models.

mod cargo;
mod endpoints;
mod fixups;
mod outcome;
mod results;
mod suite;
mod table;
mod workspace;

use crate::services;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Where the suite is, from the root of the workspace, unless the arguments say.
const SUITE: &str = "../shared/protocol-tests";

/// What is wrong is how the command was called, or where.
const NOTHING_TO_RUN: u8 = 2;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder with the suite's services, a JSON AST model each [default: ../shared/protocol-tests]
    #[arg(long, value_name = "DIR")]
    suite: Option<PathBuf>,
    /// Run only the cases whose id contains this text
    #[arg(long, value_name = "ID")]
    filter: Option<String>,
    /// The folder for what is generated and built [default: target/conformance]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Run the endpoint tests of every JSON AST model in this folder instead
    #[arg(long, value_name = "DIR", conflicts_with_all = ["suite", "filter", "out"])]
    endpoints: Option<PathBuf>,
}

/// Why nothing could be run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("cannot read `{path}`: {source}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("cannot write `{path}`: {source}")]
    Write { path: PathBuf, source: std::io::Error },
    #[error("cannot run `{program}`: {source}")]
    Run { program: PathBuf, source: std::io::Error },
}

/// Generates, builds and runs the suite, then says what came of each case.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let root = services::workspace_root();
    if let Some(models) = &arguments.endpoints {
        return endpoints::run(&root, models);
    }
    let dir = arguments.suite.clone().unwrap_or_else(|| root.join(SUITE));
    let models = suite::models(&dir)?;
    if models.is_empty() {
        return Ok(no_suite(&dir));
    }
    let mut suite = suite::load(&root, &models)?;
    if let Some(filter) = &arguments.filter {
        suite::keep(&mut suite, filter);
        if suite.iter().all(|service| service.tests.is_empty() && service.skipped.is_empty()) {
            eprintln!("error: no case in `{}` has an id that contains `{filter}`", dir.display());
            return Ok(ExitCode::from(NOTHING_TO_RUN));
        }
    }
    let out = arguments.out.clone().unwrap_or_else(|| root.join("target/conformance"));
    let out = std::path::absolute(&out).map_err(|source| Error::Write { path: out, source })?;
    workspace::write(&root, &out, &suite)?;
    let binaries = cargo::build(&out, &suite)?;
    let outcomes = outcome::outcomes(suite, &binaries)?;
    let failed = table::print(&outcomes);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn no_suite(dir: &Path) -> ExitCode {
    eprintln!("error: there is no suite in `{}`: no folder with JSON AST models", dir.display());
    eprintln!(
        "help: the suite is part of https://github.com/smithy-lang/smithy: build its packages \
         `smithy-protocol-tests` and `smithy-aws-protocol-tests` as JSON AST, a service per file \
         (`smithy ast`), and point at the folder with `cargo xtask conformance --suite DIR`"
    );
    ExitCode::from(NOTHING_TO_RUN)
}
