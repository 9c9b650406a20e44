//! Generation of one client from files.

use crate::model_files;
use crate::report;
use farrier_codegen::{Diagnostics, Generated, Settings, Source};
use std::fmt;
use std::path::{Path, PathBuf};

/// The reason why a client could not be generated. `Display` shows the diagnostics with snippets of the model.
#[derive(Debug)]
pub enum Failure {
    /// The model could not be read.
    Files(model_files::Error),
    /// The model or the settings have errors.
    Model {
        /// The errors.
        diagnostics: Diagnostics,
        /// The files that they are in.
        sources: Vec<Source>,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Files(error) => write!(f, "error: {error}"),
            Self::Model { diagnostics, sources } => {
                f.write_str(&report::render(diagnostics, sources, report::Style::Plain))
            }
        }
    }
}

impl std::error::Error for Failure {}

/// Generates a client from files, and folders of files.
///
/// # Errors
/// Returns an error if a file cannot be read, or if the model or the settings have errors.
pub fn from_files(root: &Path, paths: &[PathBuf], settings: &Settings) -> Result<Generated, Failure> {
    from_sources(model_files::read(root, paths).map_err(Failure::Files)?, settings)
}

/// Generates a client from sources.
///
/// # Errors
/// Returns an error if the model or the settings have errors.
pub fn from_sources(sources: Vec<Source>, settings: &Settings) -> Result<Generated, Failure> {
    match farrier_codegen::generate(&sources, settings) {
        Ok(generated) => Ok(generated),
        Err(diagnostics) => Err(Failure::Model { diagnostics, sources }),
    }
}
