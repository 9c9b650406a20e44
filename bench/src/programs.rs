//! The measured programs: separate workspaces below `bench/programs`.

use crate::error::Error;
use crate::process::{ProgramOutput, run};
use std::path::{Path, PathBuf};
use std::process::Command;
use xtask::cargo;

/// The directory of the workspaces, relative to the project's root.
const PROGRAMS: &str = "bench/programs";

/// The workspace of the peer's programs.
pub(crate) const PEER: &str = "peer";

const LOCK: &str = "Cargo.lock";

/// The directory for build output and generated crates, relative to the project's root.
pub(crate) const SCRATCH: &str = "target/bench";

/// A workspace of programs.
pub(crate) struct Workspace {
    /// The lock file of the project, whose versions our programs use. The peer's workspace has its own in git.
    lock: Option<PathBuf>,
    pub(crate) dir: PathBuf,
    pub(crate) target: PathBuf,
}

/// A Cargo profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    Release,
    Debug,
}

impl Profile {
    pub(crate) const ALL: [Self; 2] = [Self::Release, Self::Debug];

    /// Returns the name of its directory in the target directory.
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
    /// Creates the workspace with this name.
    pub(crate) fn new(root: &Path, name: &str) -> Self {
        Self {
            lock: (name != PEER).then(|| root.join(LOCK)),
            dir: root.join(PROGRAMS).join(name),
            target: root.join(SCRATCH).join("build").join(name),
        }
    }

    /// Returns a `cargo SUBCOMMAND --locked` command in this workspace.
    pub(crate) fn cargo(&self, subcommand: &str) -> Command {
        let mut command = self.unlocked_cargo(subcommand);
        command.arg("--locked");
        command
    }

    fn unlocked_cargo(&self, subcommand: &str) -> Command {
        let mut command = Command::new(cargo::program());
        cargo::clean(&mut command);
        command.current_dir(&self.dir).arg(subcommand);
        command
    }

    /// Writes the lock file if it is not in git, then downloads all dependencies.
    ///
    /// # Errors
    /// Returns [`Error::Missing`] if they cannot be downloaded, for example without a network.
    pub(crate) fn fetch(&self) -> Result<(), Error> {
        if let Some(lock) = &self.lock {
            let copy = self.dir.join(LOCK);
            std::fs::copy(lock, &copy).map_err(|source| Error::Write { path: copy, source })?;
            // Adds the packages of the workspace and removes those that it does not use.
            run(self.unlocked_cargo("update").arg("--workspace"))?;
        }
        match run(&mut self.cargo("fetch")) {
            Ok(_) => Ok(()),
            Err(Error::Failed { stderr, .. }) if !stderr.contains("--locked") => {
                let reason = stderr.lines().find_map(|line| line.strip_prefix("error: ")).unwrap_or(&stderr);
                let name = self.dir.file_name().unwrap_or_default().display();
                Err(Error::Missing(format!(
                    "`cargo fetch --manifest-path {PROGRAMS}/{name}/Cargo.toml` failed: {reason}"
                )))
            }
            Err(error) => Err(error),
        }
    }

    /// Builds a package of the workspace or one of its dependencies.
    pub(crate) fn build(&self, package: &str, profile: Profile) -> Result<ProgramOutput, Error> {
        let mut command = self.cargo("build");
        command.args(profile.arguments()).args(["--package", package]);
        run(command.arg("--target-dir").arg(&self.target))
    }

    /// Removes the build output of a package.
    pub(crate) fn clean(&self, package: &str, profile: Profile) -> Result<(), Error> {
        let mut command = self.cargo("clean");
        command.args(profile.arguments()).args(["--package", package]);
        run(command.arg("--target-dir").arg(&self.target)).map(drop)
    }

    /// Downloads the dependencies, builds a package in release mode and returns the directory of its programs.
    ///
    /// # Errors
    /// Returns [`Error::Missing`] like [`fetch`](Self::fetch).
    pub(crate) fn programs(&self, package: &str) -> Result<PathBuf, Error> {
        self.fetch()?;
        self.build(package, Profile::Release)?;
        Ok(self.target.join(Profile::Release.name()))
    }
}
