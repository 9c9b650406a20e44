//! Clients that a build script generates as a module of its crate.
//!
//! ```toml
//! # Cargo.toml
//! [dependencies]
//! farrier-runtime = "0.1"
//!
//! [build-dependencies]
//! farrier = { version = "0.1", default-features = false }
//! ```
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), farrier::build::Error> {
//!     farrier::build::Config::new().compile(&["model/todo.json"])
//! }
//! ```
//!
//! ```ignore
//! // src/main.rs: defines the module `todo`, with `todo::Client`
//! farrier_runtime::include_client!("todo");
//! ```
//!
//! The features of `farrier-runtime` are chosen in the crate's manifest: `async` is a default, without which a call is not a
//! future. `blocking`, `sigv4`, `cbor` and others are needed if the model or the settings use them: the compiler names them.

use crate::generate::{self, Failure};
use crate::model_files;
use farrier_codegen::{Layout, NestedDefaults, Settings};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Settings of the client of a build script.
#[derive(Clone, Debug)]
#[must_use = "nothing is generated until `.compile(…)` is called"]
pub struct Config {
    settings: Settings,
    out_dir: Option<PathBuf>,
}

impl Config {
    /// Creates the default settings: all operations of the only service of the model, with the preferred protocol.
    #[expect(clippy::new_without_default, reason = "like the builders of other build scripts")]
    pub fn new() -> Self {
        let settings = Settings {
            layout: Layout::Module { blocking: false },
            command: "farrier::build".to_owned(),
            ..Settings::default()
        };
        Self { settings, out_dir: None }
    }

    /// Sets the service, by shape id or name. Required if the model has several.
    pub fn service(mut self, id: impl Into<String>) -> Self {
        self.settings.service = Some(id.into());
        self
    }

    /// Sets the protocol, by the shape id or name of its trait. Default: the preferred one of the protocols that the
    /// service supports.
    pub fn protocol(mut self, id: impl Into<String>) -> Self {
        self.settings.protocol = Some(id.into());
        self
    }

    /// Sets the operations of the client, by shape ids or names. Default: all operations of the service.
    pub fn operations(mut self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.settings.operations = Some(ids.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the name of the module and of its file. Default: the name of the service in snake case.
    pub fn module_name(mut self, name: impl Into<String>) -> Self {
        self.settings.name = Some(name.into());
        self
    }

    /// Sets the Rust name of a type, operation or member, by its shape id: `example#City` or `example#City$userId`.
    pub fn rename(mut self, id: impl Into<String>, name: impl Into<String>) -> Self {
        self.settings.names.insert(id.into(), name.into());
        self
    }

    /// Sets whether to define `blocking::Client` too, which needs the feature `blocking` of `farrier-runtime`. Default:
    /// false.
    pub fn blocking(mut self, blocking: bool) -> Self {
        self.settings.layout = Layout::Module { blocking };
        self
    }

    /// Sets the handling of defaults of nested structures in requests. Default: [`NestedDefaults::Omit`] for services of
    /// AWS, else [`NestedDefaults::Send`].
    pub fn nested_defaults(mut self, nested_defaults: NestedDefaults) -> Self {
        self.settings.nested_defaults = Some(nested_defaults);
        self
    }

    /// Sets the directory of the module's file. Default: the environment variable `OUT_DIR`, which Cargo sets for build
    /// scripts.
    pub fn out_dir(mut self, directory: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(directory.into());
        self
    }

    /// Generates the client of a model: a file, a folder of `.json` files, or several of them. Paths are relative to the
    /// package. Writes the file `<module>.rs` in `OUT_DIR`, and tells Cargo to run the build script again if a file of
    /// the model changes.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read or written, or if the model has errors. Its `Debug` text, which Cargo
    /// shows if `main` returns it, has the diagnostics with snippets of the model.
    pub fn compile(&self, models: &[impl AsRef<Path>]) -> Result<(), Error> {
        let paths: Vec<PathBuf> = models.iter().map(|path| path.as_ref().to_owned()).collect();
        for path in &paths {
            println!("cargo:rerun-if-changed={}", path.display());
        }
        let files = model_files::list(Path::new(""), &paths)
            .map_err(|error| Error(Failure::Files(error).to_string()))?;
        // Cargo compares the entries of a folder, not of the folders in it.
        for file in &files {
            println!("cargo:rerun-if-changed={}", file.display());
        }
        let out_dir = match &self.out_dir {
            Some(directory) => directory.clone(),
            None => std::env::var_os("OUT_DIR").map(PathBuf::from).ok_or_else(|| {
                Error("error: the environment variable OUT_DIR is not set: call this in a build script, or set `out_dir`".to_owned())
            })?,
        };
        let generated = generate::from_files(Path::new(""), &paths, &self.settings);
        let generated = generated.map_err(|failure| Error(failure.to_string()))?;
        for line in &generated.skipped {
            println!("cargo:warning=skipped: {line}");
        }
        for (name, text) in &generated.files {
            let path = out_dir.join(name);
            write(&path, text)
                .map_err(|error| Error(format!("error: cannot write `{}`: {error}", path.display())))?;
        }
        Ok(())
    }
}

/// Writes a file unless it has this text already.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text)
}

/// The reason why a build script could not generate a client. `Display` and `Debug` show the diagnostics with snippets of
/// the model.
pub struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{}", self.0)
    }
}

impl std::error::Error for Error {}
