//! Cargo, run by this program.

use std::path::PathBuf;
use std::process::Command;

/// The Cargo that runs this, or else the one that the shell finds.
pub(crate) fn program() -> PathBuf {
    PathBuf::from(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Keeps from a Cargo what the one that runs this has set: some build scripts would run once more.
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
