//! Running Cargo as a child process.

use std::path::PathBuf;
use std::process::Command;

/// The path of Cargo: `$CARGO` if set, otherwise `cargo` from `PATH`.
pub(crate) fn program() -> PathBuf {
    PathBuf::from(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Removes the variables that the parent Cargo has set, which would make some build scripts run again.
pub(crate) fn clean(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
        {
            command.env_remove(name);
        }
    }
}
