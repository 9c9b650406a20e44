//! A generated crate on disk: comparing it with the generated files, and writing them atomically.

use crate::staging::Staging;
use farrier_codegen::Files;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Directories of a crate that are not searched for generated files.
const UNMANAGED: &[&str] = &["target", ".git"];

/// Text in the header of every generated file. A file without it is the user's.
const MARKER: &str = "Do not edit: change the model and regenerate.";

/// The extensions of generated files.
const EXTENSIONS: &[&str] = &["md", "rs", "toml"];

/// The differences between a directory and the generated files.
#[derive(Default)]
pub(crate) struct Comparison {
    /// Files with different text.
    pub(crate) changed: Vec<Change>,
    /// Paths of missing files, and their text.
    pub(crate) missing: Vec<(String, String)>,
    /// Generated files that are no longer generated.
    pub(crate) orphaned: Vec<String>,
    /// Files of the user in the place of generated ones, which are left as they are.
    pub(crate) kept: Vec<String>,
}

/// A file with different text.
pub(crate) struct Change {
    pub(crate) path: String,
    pub(crate) old: String,
    pub(crate) new: String,
}

/// The reason why a directory could not be compared or written.
#[derive(Debug)]
pub(crate) enum Error {
    /// An entry could not be read.
    Read {
        /// Its path.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// A file could not be written. The crate was not changed.
    Write {
        /// Its path.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The place of a generated file is taken by something that is neither a file nor a directory.
    NotAFile {
        /// Its path.
        path: PathBuf,
        /// Its kind.
        kind: &'static str,
    },
    /// The directory has a crate that was not generated.
    Occupied {
        /// The directory.
        out: PathBuf,
        /// A file of that crate.
        file: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, source } => write!(f, "cannot read `{}`: {source}", path.display()),
            Self::Write { path, source } => {
                write!(f, "cannot write `{}`: {source}; the crate was not changed", path.display())
            }
            Self::NotAFile { path, kind } => {
                write!(f, "`{}` is {kind}, not a file or directory; move or delete it", path.display())
            }
            Self::Occupied { out, file } => write!(
                f,
                "`{}` has a crate that was not generated: its `{file}` is in the way; choose another directory",
                out.display()
            ),
        }
    }
}

impl std::error::Error for Error {}

impl Comparison {
    pub(crate) fn is_clean(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.orphaned.is_empty()
    }
}

/// Compares a directory, which may be missing, with the generated files. Files of the user are ignored.
pub(crate) fn compare(out: &Path, files: &Files) -> Result<Comparison, Error> {
    let mut comparison = Comparison::default();
    let mut present = Entries::default();
    list(out, "", &mut present)?;
    let mut is_generated = false;
    for (path, new) in files {
        present.check(out, path)?;
        if !present.files.remove(path) {
            comparison.missing.push((path.clone(), new.clone()));
            continue;
        }
        let old = read(&out.join(path))?;
        if !old.contains(MARKER) {
            comparison.kept.push(path.clone());
            continue;
        }
        is_generated = true;
        if &old != new {
            comparison.changed.push(Change { path: path.clone(), old, new: new.clone() });
        }
    }
    let nested = nested_crates(&present.files);
    let other_crates = nested.iter().map(|folder| format!("{folder}Cargo.toml"));
    if let Some(file) = comparison.kept.iter().cloned().chain(other_crates).next().filter(|_| !is_generated) {
        return Err(Error::Occupied { out: out.to_owned(), file });
    }
    let has_extension =
        |path: &str| path.rsplit_once('.').is_some_and(|(_, name)| EXTENSIONS.contains(&name));
    for path in present.files {
        let is_nested = nested.iter().any(|folder| path.starts_with(folder));
        if !is_nested && has_extension(&path) && read(&out.join(&path))?.contains(MARKER) {
            comparison.orphaned.push(path);
        }
    }
    Ok(comparison)
}

/// The entries of a directory and its subdirectories, by path relative to it and separated by `/`.
#[derive(Default)]
struct Entries {
    files: BTreeSet<String>,
    /// Entries that are neither files nor directories, and their kinds. They are never opened: a pipe would block,
    /// and a link may lead out of the directory.
    special: BTreeMap<String, &'static str>,
}

impl Entries {
    /// Fails if a special entry is in the way of a file.
    fn check(&self, out: &Path, file: &str) -> Result<(), Error> {
        let in_the_way = |path: &&str| {
            file.strip_prefix(*path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let found = self.special.iter().find(|(path, _)| in_the_way(&path.as_str()));
        found.map_or(Ok(()), |(path, kind)| Err(Error::NotAFile { path: out.join(path), kind }))
    }
}

/// Returns the kind of an entry that is neither a file nor a directory, for messages.
fn special_kind(file_type: fs::FileType) -> &'static str {
    if file_type.is_symlink() { "a symbolic link" } else { "a special file" }
}

/// Directories that are crates of their own, with a trailing `/`.
fn nested_crates(paths: &BTreeSet<String>) -> Vec<String> {
    let manifests = paths.iter().filter(|path| path.ends_with("/Cargo.toml"));
    manifests.filter_map(|path| path.strip_suffix("Cargo.toml")).map(str::to_owned).collect()
}

/// Crates that `command` generated in the same parent directories and that are not in `outs`.
pub(crate) fn orphaned_crates(outs: &[&Path], command: &str) -> Result<Vec<PathBuf>, Error> {
    let mark = format!("Generated by `{command}`");
    let mut orphans = BTreeSet::new();
    let parents: BTreeSet<_> = outs.iter().filter_map(|out| out.parent()).collect();
    for parent in parents {
        let read_error = |source| Error::Read { path: parent.to_owned(), source };
        let entries = match fs::read_dir(parent) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.map_err(read_error)?,
        };
        for entry in entries {
            let folder = entry.map_err(read_error)?.path();
            let manifest = folder.join("Cargo.toml");
            // Not a pipe, which would block.
            let is_file = fs::metadata(&manifest).is_ok_and(|found| found.is_file());
            let manifest =
                if is_file { fs::read_to_string(manifest).unwrap_or_default() } else { String::new() };
            if manifest.contains(&mark) && !outs.contains(&folder.as_path()) {
                orphans.insert(folder);
            }
        }
    }
    Ok(orphans.into_iter().collect())
}

/// Collects all entries below `out`. Does not follow symbolic links.
fn list(out: &Path, below: &str, found: &mut Entries) -> Result<(), Error> {
    let folder = out.join(below);
    let read_error = |source| Error::Read { path: folder.clone(), source };
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(read_error)?,
    };
    for entry in entries {
        let entry = entry.map_err(read_error)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if below.is_empty() && UNMANAGED.contains(&name.as_str()) {
            continue;
        }
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        let file_type = entry.file_type().map_err(read_error)?;
        if file_type.is_dir() {
            list(out, &path, found)?;
        } else if file_type.is_file() {
            found.files.insert(path);
        } else {
            found.special.insert(path, special_kind(file_type));
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, Error> {
    let bytes = fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Applies the changes. New files are written to a staging directory beside `out`, then renamed into place;
/// all renames are rolled back if one fails. Files that are up to date are not touched.
pub(crate) fn write(out: &Path, comparison: &Comparison) -> Result<(), Error> {
    let changed = comparison.changed.iter().map(|change| (&change.path, &change.new));
    let missing = comparison.missing.iter().map(|(path, text)| (path, text));
    let new: Vec<_> = changed.chain(missing).collect();
    if new.is_empty() && comparison.orphaned.is_empty() {
        return Ok(());
    }
    let failed = |path: &Path, source| Error::Write { path: path.to_owned(), source };
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|source| failed(parent, source))?;
    let stage = Staging::new(parent).map_err(|source| failed(parent, source))?;
    for (path, text) in &new {
        let staged = stage.path().join("new").join(path);
        create_parent(&staged)
            .and_then(|()| fs::write(&staged, text))
            .map_err(|source| failed(&staged, source))?;
    }
    let mut swap = Swap { out, stage: stage.path(), moved: Vec::new() };
    let replaced = new.iter().try_for_each(|(path, _)| swap.replace(path));
    let swapped = replaced.and_then(|()| comparison.orphaned.iter().try_for_each(|path| swap.remove(path)));
    if let Err(error) = swapped {
        swap.roll_back();
        return Err(error);
    }
    Ok(())
}

/// The renames so far, for rolling them back.
struct Swap<'a> {
    out: &'a Path,
    stage: &'a Path,
    /// Each path, with flags for a moved old file and a moved new file.
    moved: Vec<(&'a str, bool, bool)>,
}

impl<'a> Swap<'a> {
    fn replace(&mut self, path: &'a str) -> Result<(), Error> {
        self.remove(path)?;
        let (from, to) = (self.stage.join("new").join(path), self.out.join(path));
        create_parent(&to)
            .and_then(|()| fs::rename(&from, &to))
            .map_err(|source| Error::Write { path: to, source })?;
        if let Some(last) = self.moved.last_mut() {
            last.2 = true;
        }
        Ok(())
    }

    fn remove(&mut self, path: &'a str) -> Result<(), Error> {
        let (from, to) = (self.out.join(path), self.stage.join("old").join(path));
        // A directory may hold files that exist nowhere else.
        if fs::symlink_metadata(&from).is_ok_and(|found| found.is_dir()) {
            return Err(Error::Write { path: from, source: io::ErrorKind::IsADirectory.into() });
        }
        let existed = match create_parent(&to).and_then(|()| fs::rename(&from, &to)) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(source) => return Err(Error::Write { path: from, source }),
        };
        self.moved.push((path, existed, false));
        Ok(())
    }

    /// Undoes the renames in reverse order. Errors are ignored: nothing can be done about them.
    fn roll_back(&self) {
        for (path, had_old, has_new) in self.moved.iter().rev() {
            let target = self.out.join(path);
            if *has_new {
                let _ = fs::remove_file(&target);
            }
            if *had_old {
                let _ = fs::rename(self.stage.join("old").join(path), &target);
            }
        }
    }
}

fn create_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}
