//! Cargo, run by a test.

use std::path::Path;
use std::process::Command;

/// A `cargo` in a folder, as a user's shell would run it: what the cargo that runs the test has put in the
/// environment would have some build scripts run once more.
pub fn cargo(folder: impl AsRef<Path>) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder);
    let inherited = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(inherited) {
            command.env_remove(name);
        }
    }
    command
}

/// What a command prints. It has to succeed.
pub fn stdout_of(command: &mut Command) -> String {
    let output = command.output().expect("the command can be run");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed:\n{stderr}");
    String::from_utf8(output.stdout).expect("the output is text")
}
