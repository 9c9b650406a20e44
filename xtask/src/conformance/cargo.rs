//! Building the test binaries with Cargo.

use super::Error;
use super::suite::Service;
use crate::cargo::{clean, program, target_dir};
use crate::workspace;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Builds the tests of every crate that has any and returns the test binaries by crate name. A crate that
/// does not compile has no binary; Cargo prints the errors to stderr.
///
/// `cargo test` would stop at the first such crate and does not report which binary belongs to which crate.
pub(super) fn build(root: &Path, out: &Path, suite: &[Service]) -> Result<BTreeMap<String, PathBuf>, Error> {
    let crates = || {
        let tested = suite.iter().filter(|service| !service.tests.is_empty());
        tested.filter_map(|service| service.krate.as_ref().map(|(name, _)| name))
    };
    if crates().next().is_none() {
        return Ok(BTreeMap::new());
    }
    let program = program();
    let mut command = Command::new(&program);
    command.args(["build", "--tests", "--keep-going", "--message-format=json-render-diagnostics"]);
    command.arg("--target-dir").arg(target_dir(root)).current_dir(out).stderr(Stdio::inherit());
    for name in crates() {
        command.args(["--package", name]);
    }
    clean(&mut command);
    let output = command.output().map_err(|source| Error::Run { program, source })?;
    let found = executables(&String::from_utf8_lossy(&output.stdout));
    let binary = |name: &String| {
        let manifest = workspace::crate_dir(out, name).join("Cargo.toml");
        Some((name.clone(), found.get(&manifest)?.clone()))
    };
    Ok(crates().filter_map(binary).collect())
}

/// Returns the test binaries in Cargo's messages, by manifest path.
fn executables(messages: &str) -> BTreeMap<PathBuf, PathBuf> {
    let mut found = BTreeMap::new();
    for line in messages.lines() {
        let Ok(message) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        let path = |key: &str| message[key].as_str().map(PathBuf::from);
        if let (Some(manifest), Some(executable)) = (path("manifest_path"), path("executable")) {
            found.insert(manifest, executable);
        }
    }
    found
}
