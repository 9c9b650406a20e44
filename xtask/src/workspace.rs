//! A scratch workspace of generated crates.

use farrier_codegen::Files;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The workspace's manifest, with a placeholder for more members. Without debug info and incremental
/// compilation, it builds faster.
const MANIFEST: &str = r#"[workspace]
members = ["crates/*"MEMBERS]
resolver = "3"

[profile.dev]
debug = false
incremental = false
"#;

/// An error from writing a workspace.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read `{path}`: {source}")]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot write `{path}`: {source}")]
    Write { path: PathBuf, source: io::Error },
}

/// Writes the crates and a manifest with them and `members` as members. Files that are up to date are not
/// touched, so that Cargo does not rebuild them.
pub(crate) fn write<'a>(
    root: &Path,
    out: &Path,
    crates: impl Iterator<Item = &'a (String, Files)>,
    members: &[&str],
) -> Result<(), Error> {
    let members: String = members.iter().map(|member| format!(", \"{member}\"")).collect();
    write_file(&out.join("Cargo.toml"), &MANIFEST.replace("MEMBERS", &members))?;
    // The lock file of the checkout: no versions to resolve, no crates to download.
    let lock = root.join("Cargo.lock");
    let text = fs::read_to_string(&lock).map_err(|source| Error::Read { path: lock, source })?;
    write_file(&out.join("Cargo.lock"), &text)?;
    let mut written = BTreeSet::new();
    for (name, files) in crates {
        for (path, text) in files {
            let path = crate_dir(out, name).join(path);
            write_file(&path, text)?;
            written.insert(path);
        }
    }
    remove_others(&out.join("crates"), &written)
}

/// The directory of a crate.
pub(crate) fn crate_dir(out: &Path, name: &str) -> PathBuf {
    out.join("crates").join(name)
}

fn write_file(path: &Path, text: &str) -> Result<(), Error> {
    let write_error = |source| Error::Write { path: path.to_owned(), source };
    match fs::metadata(path) {
        // A pipe would block.
        Ok(found) if !found.is_file() => return Err(write_error(io::Error::other("not a file"))),
        Ok(_) if fs::read_to_string(path).is_ok_and(|old| old == text) => return Ok(()),
        _ => {}
    }
    let create_parent = || path.parent().map_or(Ok(()), fs::create_dir_all);
    create_parent().and_then(|()| fs::write(path, text)).map_err(write_error)
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
