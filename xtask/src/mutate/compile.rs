//! Compilation of a sample of the crates.

use super::Error;
use crate::{cargo, workspace};
use farrier_codegen::Files;
use std::path::Path;
use std::process::Command;

/// Compiles and lints the crates in a workspace in `out`. Returns true if all of them compile without warnings.
pub(super) fn compile(root: &Path, out: &Path, crates: Vec<(String, Files)>) -> Result<bool, Error> {
    if crates.is_empty() {
        return Ok(true);
    }
    workspace::write(root, out, crates.iter(), &[])?;
    let arguments =
        ["clippy", "--workspace", "--all-targets", "--keep-going", "--quiet", "--", "--deny", "warnings"];
    println!("\n== cargo {} ({} crates)", arguments.join(" "), crates.len());
    let program = cargo::program();
    let mut command = Command::new(&program);
    command.args(arguments).current_dir(out).env("CARGO_TARGET_DIR", cargo::target_dir(root));
    cargo::clean(&mut command);
    let status = command.status().map_err(|source| Error::Run { program, source })?;
    if !status.success() {
        println!(
            "error: crates of changed models do not compile; their models are in `{}`",
            out.join("models").display()
        );
    }
    Ok(status.success())
}
