//! Running Cargo in tests.

use std::path::Path;
use std::process::Command;

/// Creates a `cargo` command in a directory.
///
/// The variables that the Cargo running the test has set are removed: they would make some build scripts run
/// again.
pub fn cargo(directory: impl AsRef<Path>) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(directory);
    let inherited = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(inherited) {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a command and returns its stdout.
///
/// # Panics
/// Panics if the command fails.
pub fn stdout_of(command: &mut Command) -> String {
    let output = command.output().expect("the command can be run");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed:\n{stderr}");
    String::from_utf8(output.stdout).expect("the output is text")
}
