//! The files of a model.

use farrier_codegen::Source;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// An error that prevents the files of a model from being read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read the model `{path}`: {source}")]
    Read { path: String, source: io::Error },
    #[error("no model files in `{0}`: expected a file with the extension `json`")]
    Empty(String),
}

/// Reads the files of a model. A folder stands for all files below it with the extension `json`, sorted by
/// path. Names for messages are relative to the root.
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
pub(crate) fn size(root: &Path, paths: &[PathBuf]) -> u64 {
    let files = list(root, paths).unwrap_or_default();
    files.iter().map(|path| fs::metadata(path).map_or(0, |file| file.len())).sum()
}

/// Lists the files of a model, each once.
fn list(root: &Path, paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
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
pub(crate) fn below(root: &Path, folder: &Path) -> Result<Vec<PathBuf>, Error> {
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
pub(crate) fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}
