//! A program in its own workspace, as a user of generated crates has it.

use farrier_tests::cargo::cargo;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The package of a program.
pub(crate) struct Program {
    folder: PathBuf,
}

impl Program {
    /// Writes a package. `dependencies` are the lines of this section of its manifest, `main` is its `src/main.rs`.
    ///
    /// It uses the lock file of the workspace: nothing is resolved or downloaded.
    pub(crate) fn write(name: &str, dependencies: &str, main: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(folder.join("src")).unwrap();
        let manifest = format!(
            r#"[package]
name = "{name}"
version = "0.1.0"
edition = "2024"

[workspace]

[profile.dev]
debug = false
incremental = false

[dependencies]
{dependencies}"#
        );
        std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        std::fs::write(folder.join("src/main.rs"), main).unwrap();
        std::fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        Self { folder }
    }

    /// Returns a cargo command in the package's folder, with the target directory of this repository, which already
    /// has some of the dependencies.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = cargo(&self.folder);
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        command.args(arguments).arg("--offline").env("CARGO_TARGET_DIR", target);
        command
    }
}
