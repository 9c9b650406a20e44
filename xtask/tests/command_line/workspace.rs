//! A small workspace in a temporary directory, and running `codegen` in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;
use tempfile::TempDir;

/// A model with one operation.
pub(crate) const WEATHER: &str = include_str!("weather.json");

/// The text of a generated file that is out of date.
pub(crate) const CHANGED: &str = "# Changed. Do not edit: change the model and regenerate.\n";

/// The directory of the crate generated from [`WEATHER`].
pub(crate) const OUT: &str = "generated/weather";

const SERVICES: &str = r#"version = 1
command = "cargo xtask codegen"

[runtime]
path = "runtime"

[[crate]]
model = "model/weather.json"
name = "weather-client"
out = "generated/weather"
"#;

/// The content (`None` for a directory) and modification time of a directory entry.
pub(crate) type Entry = (Option<Vec<u8>>, SystemTime);

/// A workspace with one listed service.
pub(crate) struct Workspace(TempDir);

/// The exit code and output of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Workspace {
    /// Creates a workspace with the model [`WEATHER`].
    pub(crate) fn new() -> Self {
        Self::with_model(WEATHER)
    }

    /// Creates a workspace with the given model.
    pub(crate) fn with_model(text: impl AsRef<[u8]>) -> Self {
        let workspace = Self(TempDir::new().unwrap());
        workspace.write("farrier.toml", SERVICES);
        workspace.write("model/weather.json", text);
        workspace
    }

    /// Creates a workspace with the model [`WEATHER`] and its generated crate.
    pub(crate) fn generated() -> Self {
        let workspace = Self::new();
        workspace.codegen(&[]).succeeded();
        workspace
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// Writes a file, creating its parent directories.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// Lists another service with the given model. Returns the directory of its crate.
    pub(crate) fn add_service(&self, name: &str, model: &str) -> String {
        let out = format!("generated/{name}");
        let entry = format!("[[crate]]\nmodel = \"model/{name}.json\"\nout = \"{out}\"\n");
        self.write("farrier.toml", format!("{}{entry}", self.read("farrier.toml")));
        self.write(&format!("model/{name}.json"), model);
        out
    }

    /// Runs `codegen` in the root.
    pub(crate) fn codegen(&self, arguments: &[&str]) -> Run {
        codegen_in(self.0.path(), arguments)
    }

    /// Returns all files and directories below the root.
    pub(crate) fn snapshot(&self) -> BTreeMap<PathBuf, Entry> {
        snapshot(self.0.path())
    }

    /// Returns the text of the files in a directory, by relative path.
    pub(crate) fn texts(&self, folder: &str) -> BTreeMap<PathBuf, String> {
        let files = snapshot(&self.path(folder)).into_iter();
        files.filter_map(|(path, (content, _))| Some((path, String::from_utf8(content?).unwrap()))).collect()
    }
}

impl Run {
    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }

    /// Asserts that the run ended with exit code 1.
    #[track_caller]
    pub(crate) fn failed(self) -> Self {
        assert_eq!(self.code, Some(1), "{self:?}");
        self
    }

    /// Asserts that the output contains each of the texts.
    #[track_caller]
    pub(crate) fn prints(self, texts: &[&str]) -> Self {
        let all = format!("{}\n{}", self.stdout, self.stderr);
        for text in texts {
            assert!(all.contains(text), "`{text}` is not in:\n{all}");
        }
        self
    }
}

/// Runs `codegen` in a directory.
pub(crate) fn codegen_in(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("codegen")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn snapshot(root: &Path) -> BTreeMap<PathBuf, Entry> {
    let mut entries = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let metadata = fs::symlink_metadata(&path).unwrap();
            let content = metadata.is_file().then(|| fs::read(&path).unwrap());
            let name = path.strip_prefix(root).unwrap().to_owned();
            entries.insert(name, (content, metadata.modified().unwrap()));
            if metadata.is_dir() {
                folders.push(path);
            }
        }
    }
    entries
}
