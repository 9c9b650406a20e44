//! Running Cargo as a child process.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};

/// The path of Cargo: `$CARGO` if set, otherwise `cargo` from `PATH`.
pub fn program() -> PathBuf {
    PathBuf::from(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The target directory of the checkout. Scratch workspaces build there too, since it has many of their dependencies.
pub fn target_dir(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

/// Removes the variables that the parent Cargo has set, which would make some build scripts run again.
pub fn clean(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
        {
            command.env_remove(name);
        }
    }
}

/// Converts the status of a child process to the exit code of this program.
pub fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    code.map_or(ExitCode::FAILURE, ExitCode::from)
}
