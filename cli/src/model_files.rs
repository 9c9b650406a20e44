//! The files of a model.

use farrier_codegen::Source;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The reason why the files of a model could not be read.
#[derive(Debug)]
pub enum Error {
    /// A file or folder could not be read.
    Read {
        /// Its path.
        path: String,
        /// The reason.
        source: io::Error,
    },
    /// A folder has no model files.
    Empty(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, source } => write!(f, "cannot read the model `{path}`: {source}"),
            Self::Empty(path) => {
                write!(f, "no model files in `{path}`: expected a file with the extension `json`")
            }
        }
    }
}

impl std::error::Error for Error {}

/// Reads the files of a model. A folder stands for all files below it with the extension `json`, sorted by
/// path. Names for messages are relative to the root.
///
/// # Errors
/// Returns an error if a file or folder cannot be read, or if a folder has no model files.
pub fn read(root: &Path, paths: &[PathBuf]) -> Result<Vec<Source>, Error> {
    let read = |path: &PathBuf| {
        let name = relative(root, path);
        match fs::read(path) {
            Ok(bytes) => Ok(Source::new(name, bytes)),
            Err(source) => Err(Error::Read { path: name, source }),
        }
    };
    list(root, paths)?.iter().map(read).collect()
}

/// Returns the size of the files of a model, without those that cannot be read.
pub fn size(root: &Path, paths: &[PathBuf]) -> u64 {
    let files = list(root, paths).unwrap_or_default();
    files.iter().map(|path| fs::metadata(path).map_or(0, |file| file.len())).sum()
}

/// Lists the files of a model, each once.
///
/// # Errors
/// As [`read`].
pub fn list(root: &Path, paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for path in paths {
        let found = match path.is_dir() {
            true => below(root, path)?,
            false => vec![path.clone()],
        };
        if found.is_empty() {
            return Err(Error::Empty(relative(root, path)));
        }
        files.extend(found);
    }
    let mut seen = BTreeSet::new();
    files.retain(|path| seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())));
    Ok(files)
}

/// Lists the JSON files below a folder. Does not follow links to folders.
///
/// # Errors
/// Returns an error if a folder cannot be read.
pub fn below(root: &Path, folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let read_error = |source| Error::Read { path: relative(root, &folder), source };
        for entry in fs::read_dir(&folder).map_err(read_error)? {
            let entry = entry.map_err(read_error)?;
            let path = entry.path();
            if entry.file_type().map_err(read_error)?.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") && path.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Returns the path for messages, relative to the root if it is inside.
pub fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}
