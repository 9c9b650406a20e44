//! Writing files and removing directories.

use crate::error::Error;
use std::path::Path;

/// Writes a file, creating its parent directories.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<(), Error> {
    let create_parent = || path.parent().map_or(Ok(()), std::fs::create_dir_all);
    let written = create_parent().and_then(|()| std::fs::write(path, text));
    written.map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// Removes a directory, if it exists.
pub(crate) fn remove(dir: &Path) -> Result<(), Error> {
    match std::fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::Write { path: dir.to_owned(), source: error })
        }
        _ => Ok(()),
    }
}
