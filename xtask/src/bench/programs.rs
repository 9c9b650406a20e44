//! The programs that are measured: workspaces of their own below `tests/bench/programs`.

use super::Error;
use super::process::{Ran, run};
use crate::cargo;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where their workspaces are, from the root of the project's.
const PROGRAMS: &str = "tests/bench/programs";

/// Where everything that is built and generated goes, from the root.
pub(crate) const SCRATCH: &str = "target/bench";

/// A workspace of programs.
pub(crate) struct Workspace {
    pub(crate) dir: PathBuf,
    pub(crate) target: PathBuf,
}

/// What Cargo optimizes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    Release,
    Debug,
}

impl Profile {
    pub(crate) const ALL: [Self; 2] = [Self::Release, Self::Debug];

    /// The name of its folder.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Debug => "debug",
        }
    }

    pub(crate) fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Release => &["--release"],
            Self::Debug => &[],
        }
    }
}

impl Workspace {
    /// The workspace of this name.
    pub(crate) fn new(root: &Path, name: &str) -> Self {
        Self { dir: root.join(PROGRAMS).join(name), target: root.join(SCRATCH).join("build").join(name) }
    }

    /// A Cargo in this workspace, which keeps to the lock file.
    pub(crate) fn cargo(&self, subcommand: &str) -> Command {
        let mut command = Command::new(cargo::program());
        cargo::clean(&mut command);
        command.current_dir(&self.dir).args([subcommand, "--locked"]);
        command
    }

    /// Sees to it that all dependencies are on this machine.
    ///
    /// # Errors
    /// [`Error::Missing`] when they cannot be had: there is no network.
    pub(crate) fn fetch(&self) -> Result<(), Error> {
        match run(&mut self.cargo("fetch")) {
            Ok(_) => Ok(()),
            Err(Error::Failed { said, .. }) if !said.contains("--locked") => {
                let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
                Err(Error::Missing(format!(
                    "its dependencies cannot be fetched, see `cargo fetch --manifest-path {}`: {}",
                    self.dir.join("Cargo.toml").display(),
                    last.trim()
                )))
            }
            Err(error) => Err(error),
        }
    }

    /// Builds a package, here or among the dependencies.
    pub(crate) fn build(&self, package: &str, profile: Profile) -> Result<Ran, Error> {
        let mut command = self.cargo("build");
        command.args(profile.arguments()).args(["--package", package]);
        run(command.arg("--target-dir").arg(&self.target))
    }

    /// Forgets what was built of a package.
    pub(crate) fn forget(&self, package: &str, profile: Profile) -> Result<(), Error> {
        let mut command = self.cargo("clean");
        command.args(profile.arguments()).args(["--package", package]);
        run(command.arg("--target-dir").arg(&self.target)).map(drop)
    }

    /// Builds a package for release, and gives the folder of its programs.
    pub(crate) fn programs(&self, package: &str) -> Result<PathBuf, Error> {
        self.build(package, Profile::Release)?;
        Ok(self.target.join(Profile::Release.name()))
    }

    /// As [`programs`](Self::programs), where the dependencies may not be there.
    pub(crate) fn fetched_programs(&self, package: &str) -> Result<PathBuf, Error> {
        self.fetch()?;
        self.programs(package)
    }
}
