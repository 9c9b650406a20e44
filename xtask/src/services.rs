//! Lists of services to generate, such as `model/services.toml`.

use farrier_codegen::NestedDefaults;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The default list of services, relative to the workspace root.
pub const SERVICES: &str = "model/services.toml";

/// One crate to generate.
pub struct Job {
    /// The paths of the model: files, and folders of files.
    pub model: Vec<PathBuf>,
    /// The directory of the crate.
    pub out: PathBuf,
    /// The service to generate; required if the model has several.
    pub service: Option<String>,
    /// The protocol of the client, if not the preferred one.
    pub protocol: Option<String>,
    /// Chosen names, by the id of a shape or member.
    pub names: BTreeMap<String, String>,
    /// The crate's name.
    pub crate_name: Option<String>,
    /// Defaults of nested structures in requests, if not those of the service.
    pub nested_defaults: Option<NestedDefaults>,
    /// The command that generates the crate, for the headers of its files.
    pub command: String,
    /// The command that regenerates the crate from the current directory.
    pub fix_command: String,
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
    model: Paths,
    crate_name: Option<String>,
    out: PathBuf,
    service: Option<String>,
    protocol: Option<String>,
    #[serde(default)]
    names: BTreeMap<String, String>,
    nested_defaults: Option<Nested>,
}

/// The value of `nested-defaults`.
#[derive(Clone, Copy, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Nested {
    /// Send the default of a member that was not set, as Smithy specifies
    Send,
    /// Omit a member that was not set
    Omit,
}

impl From<Nested> for NestedDefaults {
    fn from(nested: Nested) -> Self {
        match nested {
            Nested::Send => Self::Send,
            Nested::Omit => Self::Omit,
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a path or an array of paths")]
enum Paths {
    One(PathBuf),
    Several(Vec<PathBuf>),
}

/// An error in a list of services.
#[derive(Debug, thiserror::Error)]
pub enum ServicesError {
    #[error("cannot read `{path}`: {source}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("invalid list of services `{path}`: {source}")]
    Parse { path: PathBuf, source: toml::de::Error },
    #[error("`{path}` has two services with the output directory `{out}`")]
    DuplicateOut { path: PathBuf, out: PathBuf },
    #[error("`{path}` has a service without a model: `{out}`")]
    NoModel { path: PathBuf, out: PathBuf },
}

/// Loads a list of services.
pub fn load(root: &Path, path: &Path, command: &str) -> Result<Vec<Job>, ServicesError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| ServicesError::Read { path: path.to_owned(), source })?;
    let list: List =
        toml::from_str(&text).map_err(|source| ServicesError::Parse { path: path.to_owned(), source })?;
    let models = path.parent().unwrap_or(root);
    let mut jobs: Vec<Job> = Vec::new();
    for entry in list.service {
        let out = root.join(&entry.out);
        if jobs.iter().any(|job| job.out == out) {
            return Err(ServicesError::DuplicateOut { path: path.to_owned(), out: entry.out });
        }
        let paths = match entry.model {
            Paths::One(path) => vec![path],
            Paths::Several(paths) => paths,
        };
        if paths.is_empty() {
            return Err(ServicesError::NoModel { path: path.to_owned(), out: entry.out });
        }
        jobs.push(Job {
            model: paths.iter().map(|path| models.join(path)).collect(),
            out,
            service: entry.service,
            protocol: entry.protocol,
            names: entry.names,
            crate_name: entry.crate_name,
            nested_defaults: entry.nested_defaults.map(NestedDefaults::from),
            command: command.to_owned(),
            fix_command: command.to_owned(),
        });
    }
    Ok(jobs)
}

/// The workspace root: the nearest ancestor of the current directory with a `model/services.toml`, or else
/// the checkout that this program was built from.
pub fn workspace_root() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let found = here.ancestors().find(|folder| folder.join(SERVICES).is_file());
    found.map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), Path::to_path_buf)
}
