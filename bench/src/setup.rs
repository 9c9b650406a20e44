//! The environment of a run.

use crate::error::Error;
use crate::programs::{SCRATCH, Workspace};
use std::path::PathBuf;

/// The environment variable with the directory of real services' models.
pub(crate) const MODELS_VARIABLE: &str = "FARRIER_MODELS";

/// The environment of a run.
pub(crate) struct Setup {
    pub(crate) root: PathBuf,
    pub(crate) quick: bool,
    pub(crate) models: Option<PathBuf>,
}

impl Setup {
    /// Returns the workspace of programs with this name.
    pub(crate) fn workspace(&self, name: &str) -> Workspace {
        Workspace::new(&self.root, name)
    }

    /// Returns the directory for temporary files and build output.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.root.join(SCRATCH)
    }

    /// Returns the number of repetitions, for a full and for a quick run.
    pub(crate) fn times(&self, full: usize, quick: usize) -> usize {
        if self.quick { quick } else { full }
    }

    /// Returns the absolute path of the directory with the models of real services. Lists of models and other
    /// processes, which have directories of their own, contain it.
    ///
    /// # Errors
    /// Returns [`Error::Missing`] if none is given or it does not exist.
    pub(crate) fn models(&self) -> Result<PathBuf, Error> {
        let Some(dir) = self.models.clone() else {
            return Err(Error::Missing(format!("pass `--models DIR` or set {MODELS_VARIABLE}")));
        };
        let missing = |_| Error::Missing(format!("the directory `{}` does not exist", dir.display()));
        if dir.is_file() {
            return Err(Error::Missing(format!("`{}` is not a directory", dir.display())));
        }
        std::fs::canonicalize(&dir).map_err(missing)
    }
}
