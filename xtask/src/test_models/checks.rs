//! The checks of a workspace of generated crates.

use super::Error;
use crate::cargo;
use std::path::Path;
use std::process::Command;

/// A Cargo command that must succeed. Warnings of rustdoc are errors.
pub(super) struct Check {
    arguments: Vec<String>,
}

/// Returns the checks of the workspace, in the order in which they run.
pub(super) fn of_workspace() -> Vec<Check> {
    [
        "test --workspace --no-fail-fast",
        "clippy --workspace --all-targets -- --deny warnings",
        "doc --workspace --no-deps",
    ]
    .map(Check::new)
    .into()
}

/// Returns the checks of crates with these features.
pub(super) fn of_features(names: &[&str], features: &[String]) -> [Check; 2] {
    let packages: String = names.iter().map(|name| format!(" --package {name}")).collect();
    let selection = format!("{packages} --no-default-features --features={}", features.join(","));
    ["test --no-fail-fast", "doc --no-deps"].map(|check| Check::new(&(check.to_owned() + &selection)))
}

impl Check {
    /// Creates a check from the arguments of Cargo, separated by spaces.
    fn new(arguments: &str) -> Self {
        Self { arguments: arguments.split(' ').map(str::to_owned).collect() }
    }

    /// Runs the command in a workspace. Returns true if it succeeds.
    pub(super) fn run(&self, root: &Path, out: &Path) -> Result<bool, Error> {
        println!("\n== cargo {}", self.arguments.join(" "));
        let program = cargo::program();
        let mut command = Command::new(&program);
        command.args(&self.arguments).current_dir(out);
        command.env("CARGO_TARGET_DIR", cargo::target_dir(root));
        if self.arguments.first().is_some_and(|command| command == "doc") {
            command.env("RUSTDOCFLAGS", "-D warnings");
        }
        cargo::clean(&mut command);
        let status = command.status().map_err(|source| Error::Run { program, source })?;
        Ok(status.success())
    }
}
