//! `farrier.toml`: the crates of a project that are generated.

use crate::relative_path::relative_path;
use farrier_codegen::{Layout, NestedDefaults, Package, Runtime, Settings};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use toml::Value;

/// The name of the file.
pub const FILE: &str = "farrier.toml";

/// The version of the format that this crate reads.
const VERSION: i64 = 1;

/// A crate to generate.
#[derive(Clone, Debug)]
pub struct Job {
    /// The model.
    pub input: Input,
    /// The directory of the crate.
    pub out: PathBuf,
    /// The settings of the crate.
    pub settings: Settings,
    /// The command that regenerates the crate from the current directory, for messages.
    pub fix_command: String,
}

/// The model of a crate.
#[derive(Clone, Debug)]
pub enum Input {
    /// Files, and folders of files.
    Files(Vec<PathBuf>),
    /// The text of a model that is not a file.
    Text(Vec<u8>),
}

/// A configuration file.
#[derive(Clone, Debug)]
pub struct Config {
    /// The directory of the file: its paths are relative to it.
    pub root: PathBuf,
    /// The source of the runtime. Its path is relative to the root.
    runtime: Runtime,
    crates: Vec<Entry>,
    command: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: i64,
    /// The command in the header of generated files.
    command: Option<String>,
    runtime: Option<RuntimeTable>,
    #[serde(default, rename = "crate")]
    crates: Vec<Entry>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuntimeTable {
    version: Option<String>,
    path: Option<String>,
    git: Option<String>,
    branch: Option<String>,
    tag: Option<String>,
    rev: Option<String>,
    #[serde(default)]
    workspace: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Entry {
    model: Paths,
    out: PathBuf,
    name: Option<String>,
    service: Option<String>,
    protocol: Option<String>,
    operations: Option<Vec<String>>,
    #[serde(default)]
    names: BTreeMap<String, String>,
    nested_defaults: Option<Nested>,
    #[serde(default)]
    package: PackageTable,
    #[serde(default)]
    dev_dependencies: BTreeMap<String, Value>,
}

/// The keys of `[package]` that a project decides. Values are as in a manifest, also `{ workspace = true }`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PackageTable {
    version: Option<Value>,
    rust_version: Option<Value>,
    description: Option<Value>,
    license: Option<Value>,
    license_file: Option<Value>,
    authors: Option<Value>,
    homepage: Option<Value>,
    repository: Option<Value>,
    documentation: Option<Value>,
    keywords: Option<Value>,
    categories: Option<Value>,
    include: Option<Value>,
    exclude: Option<Value>,
    publish: Option<Value>,
}

/// The value of `nested-defaults`.
#[derive(Clone, Copy, Debug, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Nested {
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

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "expected a path or an array of paths")]
enum Paths {
    One(PathBuf),
    Several(Vec<PathBuf>),
}

/// The reason why a configuration file could not be used.
#[derive(Debug)]
pub struct Error {
    path: PathBuf,
    reason: Reason,
}

#[derive(Debug)]
enum Reason {
    Read(std::io::Error),
    Parse(Box<toml::de::Error>),
    Version(i64),
    DuplicateOut(PathBuf),
    NoModel(PathBuf),
    Runtime(&'static str),
    NoRelativePath(PathBuf),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.reason {
            Reason::Read(source) => write!(f, "cannot read `{path}`: {source}"),
            Reason::Parse(source) => write!(f, "invalid configuration `{path}`: {source}"),
            Reason::Version(version) => write!(
                f,
                "`{path}` has version {version}, and this program reads version {VERSION}: use another version of farrier"
            ),
            Reason::DuplicateOut(out) => {
                write!(f, "`{path}` has two crates with the output directory `{}`", out.display())
            }
            Reason::NoModel(out) => write!(f, "`{path}` has a crate without a model: `{}`", out.display()),
            Reason::Runtime(text) => write!(f, "`[runtime]` in `{path}` {text}"),
            Reason::NoRelativePath(out) => {
                write!(f, "no relative path leads from `{}` to the runtime of `{path}`", out.display())
            }
        }
    }
}

impl std::error::Error for Error {}

impl Config {
    /// Finds the configuration file of a directory: in it, or in the nearest directory above that has one.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read or is invalid.
    pub fn find(directory: &Path) -> Result<Option<Self>, Error> {
        let found = directory.ancestors().map(|directory| directory.join(FILE)).find(|path| path.is_file());
        found.map(|path| Self::read(&path)).transpose()
    }

    /// Reads a configuration file.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read or is invalid.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let failed = |reason| Error { path: path.to_owned(), reason };
        let text = std::fs::read_to_string(path).map_err(|source| failed(Reason::Read(source)))?;
        let file: File = toml::from_str(&text).map_err(|source| failed(Reason::Parse(Box::new(source))))?;
        if file.version != VERSION {
            return Err(failed(Reason::Version(file.version)));
        }
        let runtime = file.runtime.map_or(Ok(Runtime::default()), runtime);
        let config = Self {
            root: path.parent().unwrap_or(Path::new("")).to_owned(),
            runtime: runtime.map_err(|text| failed(Reason::Runtime(text)))?,
            crates: file.crates,
            command: file.command.unwrap_or_else(|| Settings::default().command),
        };
        let mut outs: Vec<PathBuf> = Vec::new();
        for entry in &config.crates {
            let out = config.root.join(&entry.out);
            if outs.contains(&out) {
                return Err(failed(Reason::DuplicateOut(entry.out.clone())));
            }
            if matches!(&entry.model, Paths::Several(paths) if paths.is_empty()) {
                return Err(failed(Reason::NoModel(entry.out.clone())));
            }
            outs.push(out);
        }
        Ok(config)
    }

    /// Returns the command in the headers of generated files.
    pub fn command(&self) -> &str {
        &self.command
    }

    /// Returns the crates to generate.
    ///
    /// # Errors
    /// Returns an error if no relative path leads from a crate to the runtime.
    pub fn jobs(&self) -> Result<Vec<Job>, Error> {
        self.crates.iter().map(|entry| self.job(entry)).collect()
    }

    fn job(&self, entry: &Entry) -> Result<Job, Error> {
        let out = self.root.join(&entry.out);
        let paths = match entry.model.clone() {
            Paths::One(path) => vec![path],
            Paths::Several(paths) => paths,
        };
        let package = Package {
            fields: entry.package.fields(),
            runtime: self.runtime(&out)?,
            dev_dependencies: entry
                .dev_dependencies
                .iter()
                .map(|(name, value)| (name.clone(), value.to_string()))
                .collect(),
        };
        let settings = Settings {
            service: entry.service.clone(),
            protocol: entry.protocol.clone(),
            operations: entry.operations.clone(),
            name: entry.name.clone(),
            names: entry.names.clone(),
            nested_defaults: entry.nested_defaults.map(Into::into),
            layout: Layout::Crate(package),
            command: self.command.clone(),
        };
        let input = Input::Files(paths.iter().map(|path| self.root.join(path)).collect());
        Ok(Job { input, out, settings, fix_command: self.command.clone() })
    }

    /// Returns the source of the runtime for a crate in the directory `out`.
    ///
    /// # Errors
    /// Returns an error if no relative path leads from the crate to the runtime.
    pub fn runtime(&self, out: &Path) -> Result<Runtime, Error> {
        let mut runtime = self.runtime.clone();
        if let Some(path) = &runtime.path {
            let path = relative_path(out, &self.root.join(path));
            let reason = || Reason::NoRelativePath(out.to_owned());
            runtime.path = Some(path.ok_or_else(|| Error { path: self.root.join(FILE), reason: reason() })?);
        }
        Ok(runtime)
    }
}

fn runtime(table: RuntimeTable) -> Result<Runtime, &'static str> {
    let RuntimeTable { version, path, git, branch, tag, rev, workspace } = table;
    let references = [("branch", branch), ("tag", tag), ("rev", rev)];
    let mut references = references.into_iter().filter_map(|(key, value)| Some((key, value?)));
    let git_reference = references.next();
    if references.next().is_some() {
        return Err("has more than one of `branch`, `tag` and `rev`");
    }
    if git_reference.is_some() && git.is_none() {
        return Err("has no `git` for its `branch`, `tag` or `rev`");
    }
    if path.is_some() && git.is_some() {
        return Err("has both `path` and `git`");
    }
    if workspace && (version.is_some() || path.is_some() || git.is_some()) {
        return Err("has `workspace = true` and another source");
    }
    Ok(Runtime { version, path, git, git_reference, workspace })
}

impl PackageTable {
    /// Returns the keys that are set, and their values as TOML.
    fn fields(&self) -> Vec<(String, String)> {
        let fields = [
            ("version", &self.version),
            ("rust-version", &self.rust_version),
            ("description", &self.description),
            ("license", &self.license),
            ("license-file", &self.license_file),
            ("authors", &self.authors),
            ("homepage", &self.homepage),
            ("repository", &self.repository),
            ("documentation", &self.documentation),
            ("keywords", &self.keywords),
            ("categories", &self.categories),
            ("include", &self.include),
            ("exclude", &self.exclude),
            ("publish", &self.publish),
        ];
        let set =
            fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value.as_ref()?.to_string())));
        set.collect()
    }
}
