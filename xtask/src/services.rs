//! What to generate: `model/services.toml`, or the arguments that name a model.

use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Where the list of services is, from the root of the workspace.
pub(crate) const SERVICES: &str = "model/services.toml";

/// One crate to generate.
pub(crate) struct Job {
    /// The model's path.
    pub(crate) model: PathBuf,
    /// The folder of the crate.
    pub(crate) out: PathBuf,
    /// The service in the model, where it holds several.
    pub(crate) service: Option<String>,
    /// The protocol to speak, where the service offers several.
    pub(crate) protocol: Option<String>,
    /// The crate's name.
    pub(crate) crate_name: Option<String>,
    /// The command that generates the crate, as the headers of its files give it.
    pub(crate) command: String,
    /// The command that generates the crate, as it can be run from here.
    pub(crate) mend: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    service: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Entry {
    model: PathBuf,
    crate_name: Option<String>,
    out: PathBuf,
    service: Option<String>,
    protocol: Option<String>,
}

/// Why the list cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServicesError {
    #[error("cannot read `{path}`: {source}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("`{path}` is wrong: {source}")]
    Parse { path: PathBuf, source: toml::de::Error },
    #[error("`{path}` gives `{out}` to two services; each needs a folder of its own")]
    SameFolder { path: PathBuf, out: PathBuf },
}

/// The crates that a file lists.
pub(crate) fn listed(root: &Path, path: &Path, command: &str) -> Result<Vec<Job>, ServicesError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| ServicesError::Read { path: path.to_owned(), source })?;
    let list: List =
        toml::from_str(&text).map_err(|source| ServicesError::Parse { path: path.to_owned(), source })?;
    let models = path.parent().unwrap_or(root);
    let mut jobs: Vec<Job> = Vec::new();
    for entry in list.service {
        let out = root.join(&entry.out);
        if jobs.iter().any(|job| job.out == out) {
            return Err(ServicesError::SameFolder { path: path.to_owned(), out: entry.out });
        }
        jobs.push(Job {
            model: models.join(entry.model),
            out,
            service: entry.service,
            protocol: entry.protocol,
            crate_name: entry.crate_name,
            command: command.to_owned(),
            mend: command.to_owned(),
        });
    }
    Ok(jobs)
}

/// The root of the workspace: the nearest folder above the current one that lists services, else where
/// this program was built.
pub(crate) fn workspace_root() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let found = here.ancestors().find(|folder| folder.join(SERVICES).is_file());
    found.map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), Path::to_path_buf)
}
