//! The scratch workspace of the suite's crates.

use super::Error;
use super::suite::Service;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The workspace's manifest. Without debug info and incremental compilation, it builds faster.
const WORKSPACE: &str = r#"[workspace]
members = ["crates/*"]
resolver = "3"

[profile.dev]
debug = false
incremental = false
"#;

/// Disables the unit and documentation tests of a generated crate, which are not part of the suite.
const NO_LIB_TESTS: &str = "\n[lib]\ntest = false\ndoctest = false\n";

/// Writes the crates of the suite. Files that are up to date are not touched, so that Cargo does not rebuild
/// them.
pub(super) fn write(root: &Path, out: &Path, suite: &[Service]) -> Result<(), Error> {
    write_file(&out.join("Cargo.toml"), WORKSPACE)?;
    // The lock file of the checkout: no versions to resolve, no crates to download.
    let lock = root.join("Cargo.lock");
    let text = fs::read_to_string(&lock).map_err(|source| Error::Read { path: lock, source })?;
    write_file(&out.join("Cargo.lock"), &text)?;
    let mut written = BTreeSet::new();
    for (name, files) in suite.iter().filter_map(|service| service.krate.as_ref()) {
        for (path, text) in files {
            let path = crate_dir(out, name).join(path);
            match path.ends_with("Cargo.toml") {
                true => write_file(&path, &format!("{text}{NO_LIB_TESTS}"))?,
                false => write_file(&path, text)?,
            }
            written.insert(path);
        }
    }
    remove_others(&out.join("crates"), &written)
}

/// The directory of a crate.
pub(super) fn crate_dir(out: &Path, name: &str) -> PathBuf {
    out.join("crates").join(name)
}

fn write_file(path: &Path, text: &str) -> Result<(), Error> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let create_parent = || path.parent().map_or(Ok(()), fs::create_dir_all);
    create_parent()
        .and_then(|()| fs::write(path, text))
        .map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// Removes files of earlier runs and directories that become empty.
fn remove_others(dir: &Path, keep: &BTreeSet<PathBuf>) -> Result<(), Error> {
    let read_error = |source| Error::Read { path: dir.to_owned(), source };
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(read_error)?,
    };
    for entry in entries {
        let entry = entry.map_err(read_error)?;
        let path = entry.path();
        if entry.file_type().map_err(read_error)?.is_dir() {
            remove_others(&path, keep)?;
            // Fails if the directory is not empty, as intended.
            let _ = fs::remove_dir(&path);
        } else if !keep.contains(&path) {
            fs::remove_file(&path).map_err(|source| Error::Write { path, source })?;
        }
    }
    Ok(())
}
