//! `cargo xtask bench`: builds the package `farrier-bench`, whose dependencies nothing else needs, and runs it.

use crate::cargo;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The arguments of `farrier-bench`; `--help` lists them.
#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub struct Arguments {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    arguments: Vec<OsString>,
}

/// Cargo could not be run.
#[derive(Debug, thiserror::Error)]
#[error("cannot run `{program}`: {source}")]
pub struct Error {
    program: PathBuf,
    source: std::io::Error,
}

/// Runs the benchmarks in release mode and returns their exit code.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let program = cargo::program();
    let mut command = Command::new(&program);
    command.args(["run", "--quiet", "--release", "--package", "farrier-bench", "--manifest-path"]);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml"));
    command.arg("--").args(&arguments.arguments);
    cargo::clean(&mut command);
    let status = command.status().map_err(|source| Error { program, source })?;
    Ok(cargo::exit_code(status))
}
