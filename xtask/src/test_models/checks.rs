//! The checks of a workspace of generated crates.

use super::Error;
use crate::cargo;
use std::path::Path;
use std::process::Command;

/// A Cargo command that must succeed.
pub(super) struct Check {
    arguments: &'static [&'static str],
    /// An environment variable and its value.
    variable: Option<(&'static str, &'static str)>,
}

/// All checks, in the order in which they run.
pub(super) const ALL: &[Check] = &[
    Check { arguments: &["test", "--workspace", "--no-fail-fast"], variable: None },
    Check {
        arguments: &["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"],
        variable: None,
    },
    Check {
        arguments: &["doc", "--workspace", "--no-deps"],
        variable: Some(("RUSTDOCFLAGS", "-D warnings")),
    },
];

impl Check {
    /// Runs the command in a workspace. Returns true if it succeeds.
    pub(super) fn run(&self, root: &Path, out: &Path) -> Result<bool, Error> {
        println!("\n== cargo {}", self.arguments.join(" "));
        let program = cargo::program();
        let mut command = Command::new(&program);
        command.args(self.arguments).current_dir(out).env("CARGO_TARGET_DIR", cargo::target_dir(root));
        command.envs(self.variable);
        cargo::clean(&mut command);
        let status = command.status().map_err(|source| Error::Run { program, source })?;
        Ok(status.success())
    }
}
