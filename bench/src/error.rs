//! Errors of measurements.

use std::path::PathBuf;
use std::process::ExitStatus;

/// An error that prevents a measurement.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A program, model or peer is not available on this machine.
    #[error("{0}")]
    Missing(String),
    #[error("cannot read `{path}`: {source}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("cannot write `{path}`: {source}")]
    Write { path: PathBuf, source: std::io::Error },
    #[error("cannot run `{program}`: {source}")]
    Run { program: PathBuf, source: std::io::Error },
    #[error("`{command}` failed ({status}):\n{stderr}")]
    Failed { command: String, status: ExitStatus, stderr: String },
    #[error("unexpected output from `{program}`: `{line}`")]
    Output { program: PathBuf, line: String },
    #[error("cannot draw `{path}`: {reason}")]
    Draw { path: PathBuf, reason: String },
    #[error(transparent)]
    Configuration(#[from] farrier::config::Error),
    #[error("invalid limits file `{path}`: {source}")]
    Limits { path: PathBuf, source: toml::de::Error },
    #[error("invalid report `{path}`: {source}")]
    Report { path: PathBuf, source: serde_json::Error },
}
