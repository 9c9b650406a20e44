//! `cargo xtask conformance`: generates, builds and runs the official protocol tests, or with `--endpoints`
//! the endpoint tests of models.

mod cargo;
mod endpoints;
mod fixups;
mod outcome;
mod results;
mod suite;
mod table;

use crate::{checkout, model_dir, workspace};
use std::path::PathBuf;
use std::process::ExitCode;

/// The environment variable with the directory of the suite.
const SUITE_VARIABLE: &str = "FARRIER_PROTOCOL_TESTS";

/// The exit code if there is no suite or the filter matches no case.
const NOTHING_TO_RUN: u8 = 2;

#[derive(clap::Args)]
pub struct Arguments {
    /// The directory of the suite: a JSON AST model per service [default: $FARRIER_PROTOCOL_TESTS]
    #[arg(long, value_name = "DIR")]
    suite: Option<PathBuf>,
    /// Run only the cases whose id contains this text
    #[arg(long, value_name = "ID")]
    filter: Option<String>,
    /// The directory for generated crates [default: target/conformance]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Run the endpoint tests of all JSON AST models in this directory instead
    #[arg(long, value_name = "DIR", conflicts_with_all = ["suite", "filter", "out"])]
    endpoints: Option<PathBuf>,
}

/// An error that prevents the tests from running.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read `{path}`: {source}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("cannot write `{path}`: {source}")]
    Write { path: PathBuf, source: std::io::Error },
    #[error("cannot run `{program}`: {source}")]
    Run { program: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Workspace(#[from] workspace::Error),
}

/// Generates, builds and runs the suite, then prints the results.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let root = checkout::root();
    if let Some(models) = &arguments.endpoints {
        return endpoints::run(&root, models);
    }
    let variable = std::env::var_os(SUITE_VARIABLE).map(PathBuf::from);
    let Some(dir) = arguments.suite.clone().or(variable) else {
        return Ok(no_suite("no directory of protocol tests is given"));
    };
    let models = model_dir::files(&dir).map_err(|source| Error::Read { path: dir.clone(), source })?;
    if models.is_empty() {
        return Ok(no_suite(&format!("no JSON AST models in `{}`", dir.display())));
    }
    let mut suite = suite::load(&root, &models)?;
    if let Some(filter) = &arguments.filter {
        suite::filter(&mut suite, filter);
        if suite.iter().all(|service| service.tests.is_empty() && service.skipped.is_empty()) {
            eprintln!("error: no case id in `{}` contains `{filter}`", dir.display());
            return Ok(ExitCode::from(NOTHING_TO_RUN));
        }
    }
    let out = arguments.out.clone().unwrap_or_else(|| root.join("target/conformance"));
    let out = std::path::absolute(&out).map_err(|source| Error::Write { path: out, source })?;
    let crates = suite.iter().filter_map(|service| service.krate.as_ref());
    workspace::write(&root, &out, crates, &[])?;
    let binaries = cargo::build(&root, &out, &suite)?;
    let outcomes = outcome::outcomes(suite, &binaries)?;
    let failed = table::print(&outcomes);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn no_suite(error: &str) -> ExitCode {
    eprintln!("error: {error}");
    eprintln!(
        "help: the suite is part of https://github.com/smithy-lang/smithy: export its packages \
         `smithy-protocol-tests` and `smithy-aws-protocol-tests` as JSON AST, one service per file \
         (`smithy ast`), and run `cargo xtask conformance --suite DIR` or set {SUITE_VARIABLE}"
    );
    ExitCode::from(NOTHING_TO_RUN)
}
