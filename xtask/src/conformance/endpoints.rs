//! Endpoint tests of models, evaluated by the runtime.

use super::Error;
use crate::cargo;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Runs the `endpoint-tests` program. It is a separate crate, so that building xtask does not build the
/// runtime.
pub(super) fn run(root: &Path, models: &Path) -> Result<ExitCode, Error> {
    let models =
        std::path::absolute(models).map_err(|source| Error::Read { path: models.to_owned(), source })?;
    let program = cargo::program();
    let mut command = Command::new(&program);
    command.args(["run", "--quiet", "--package", "farrier-tests", "--bin", "endpoint-tests", "--"]);
    command.arg(models).current_dir(root);
    cargo::clean(&mut command);
    let status = command.status().map_err(|source| Error::Run { program, source })?;
    Ok(cargo::exit_code(status))
}
