//! Directories for files that are not in place yet.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The number of names to try.
const ATTEMPTS: u32 = 100;

/// A new directory, which is removed with its contents when it is dropped.
pub(crate) struct Staging(PathBuf);

impl Staging {
    /// Creates a directory in `parent`, whose name no other process uses.
    pub(crate) fn new(parent: &Path) -> io::Result<Self> {
        let mut result = Err(io::ErrorKind::AlreadyExists.into());
        for attempt in 0..ATTEMPTS {
            let path = parent.join(format!(".farrier-{}-{attempt}", std::process::id()));
            match fs::create_dir(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => result = Err(error),
                other => return other.map(|()| Self(path)),
            }
        }
        result
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Nothing can be done about an error.
        let _ = fs::remove_dir_all(&self.0);
    }
}
