//! The arguments of `farrier generate` and `farrier check`.

use super::error::Error;
use super::generate;
use super::generate::{Mode, Project, execute};
use super::output::{MessageFormat, Output};
use crate::config::{self, Config, Input, Job, Nested};
use crate::relative_path::relative_path;
use farrier_codegen::{Layout, Package, Runtime, Settings};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The variable in which Smithy's build passes the directory of a plugin's output
/// ([`run` plugin](https://smithy.io/2.0/guides/smithy-build-json.html#run-plugin)).
const PLUGIN_DIR: &str = "SMITHY_PLUGIN_DIR";

/// The largest model on standard input, in bytes. The model of EC2 has 6 MiB.
const MAX_STDIN: u64 = 512 << 20;

/// The arguments of `farrier generate` and `farrier check`.
#[derive(Clone, Debug, clap::Args)]
pub struct GenerateArguments {
    /// The model: files, folders of `.json` files, or `-` for standard input. Without it, the crates of `farrier.toml`
    model: Vec<PathBuf>,
    #[command(flatten)]
    client: ClientArguments,
    /// The directory of a copy of farrier-runtime [default: the version of this program from crates.io]
    #[arg(long, value_name = "DIR", requires = "model")]
    runtime_path: Option<PathBuf>,
    /// The configuration file [default: `farrier.toml` in this directory or above]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The format of messages
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: MessageFormat,
}

/// The settings of a client whose model is named on the command line.
#[derive(Clone, Debug, clap::Args)]
pub struct ClientArguments {
    /// The directory of the crate [default for `-`: $SMITHY_PLUGIN_DIR]
    #[arg(long, value_name = "DIR", requires = "model")]
    pub out: Option<PathBuf>,
    /// The service to generate; required if the model has several
    #[arg(long, value_name = "ID", requires = "model")]
    service: Option<String>,
    /// The protocol of the client [default: the preferred one that the service supports]
    #[arg(long, value_name = "ID", requires = "model")]
    protocol: Option<String>,
    /// An operation of the client; repeatable [default: all operations of the service]
    #[arg(long = "operation", value_name = "ID", requires = "model")]
    operations: Vec<String>,
    /// The name of the crate [default: from the service's name]
    #[arg(long, value_name = "NAME", requires = "model")]
    crate_name: Option<String>,
    /// A name for a shape, operation or member, such as `example#City$userId=owner`; repeatable
    #[arg(long = "name", value_name = "ID=NAME", requires = "model", value_parser = chosen_name)]
    names: Vec<(String, String)>,
    /// Defaults of nested structures in requests [default: omit for services of AWS, else send]
    #[arg(long, requires = "model")]
    nested_defaults: Option<Nested>,
}

/// Parses `ID=NAME`.
fn chosen_name(text: &str) -> Result<(String, String), &'static str> {
    let (id, name) = text.split_once('=').ok_or("expected ID=NAME, such as `example#City$userId=owner`")?;
    Ok((id.to_owned(), name.to_owned()))
}

impl GenerateArguments {
    /// Generates the crates, then writes or compares them.
    pub(super) fn run(&self, mode: Mode) -> Result<ExitCode, Error> {
        let output = Output::new(self.message_format);
        let project = if self.model.is_empty() { self.configured()? } else { self.single()? };
        execute(&project, mode, &output)
    }

    /// Returns the crates of the configuration file.
    fn configured(&self) -> Result<Project, Error> {
        let found = self.config()?.ok_or_else(|| {
            Error(format!(
                "no `{}` in this directory or above: name a model and `--out DIR`, or create a project with `farrier init`",
                config::FILE
            ))
        })?;
        let mut jobs = found.jobs().map_err(Error::new)?;
        if let Some(path) = self.config.as_ref().filter(|_| found.command() == Settings::default().command) {
            let command = generate::one_line(&format!("{} --config {}", found.command(), path.display()));
            jobs.iter_mut().for_each(|job| job.fix_command.clone_from(&command));
        }
        if jobs.is_empty() {
            return Err(Error(format!("`{}` has no `[[crate]]`", found.root.join(config::FILE).display())));
        }
        Ok(Project { root: found.root, jobs, is_complete: true })
    }

    fn config(&self) -> Result<Option<Config>, Error> {
        match &self.config {
            Some(path) => Config::read(path).map(Some),
            None => Config::find(&std::env::current_dir().unwrap_or_default()),
        }
        .map_err(Error::new)
    }

    /// Returns the crate of the models that are named.
    fn single(&self) -> Result<Project, Error> {
        let is_stdin = self.model.iter().any(|path| path == Path::new("-"));
        if is_stdin && self.model.len() > 1 {
            return Err(Error("`-` cannot be combined with files".to_owned()));
        }
        let plugin_dir = || std::env::var_os(PLUGIN_DIR).filter(|_| is_stdin).map(PathBuf::from);
        let out = self
            .client
            .out
            .clone()
            .or_else(plugin_dir)
            .ok_or_else(|| Error("`--out DIR`, the directory of the crate, is missing".to_owned()))?;
        // The model on standard input is a plugin's: the project that the program was started in is another matter.
        let config = if is_stdin && self.config.is_none() { None } else { self.config()? };
        let runtime = match (&self.runtime_path, &config) {
            (Some(path), _) => local_runtime(&out, path)?,
            (None, Some(config)) => config.runtime(&out).map_err(Error::new)?,
            (None, None) => Runtime::default(),
        };
        let input = match is_stdin {
            true => Input::Text(read_stdin()?),
            false => Input::Files(self.model.clone()),
        };
        let job = self.client.job("farrier generate", &self.model, input, out, runtime);
        let root = std::env::current_dir().unwrap_or_default();
        Ok(Project { root, jobs: vec![job], is_complete: false })
    }
}

impl ClientArguments {
    /// Returns the crate to generate. `command` precedes each of the models in the command that generates it.
    pub fn job(
        &self,
        command: &str,
        models: &[PathBuf],
        input: Input,
        out: PathBuf,
        runtime: Runtime,
    ) -> Job {
        // File names instead of paths: generated files must not contain paths of this machine.
        let name = |path: &Path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let settings = Settings {
            service: self.service.clone(),
            protocol: self.protocol.clone(),
            operations: Some(self.operations.clone()).filter(|operations| !operations.is_empty()),
            name: self.crate_name.clone(),
            names: self.names.iter().cloned().collect(),
            nested_defaults: self.nested_defaults.map(Into::into),
            layout: Layout::Crate(Package { runtime, ..Package::default() }),
            command: self.command(command, models, &out, name),
        };
        let fix_command = self.command(command, models, &out, |path| path.display().to_string());
        Job { input, out, settings, fix_command }
    }

    /// Returns the command that generates the crate, on one line.
    fn command(
        &self,
        command: &str,
        models: &[PathBuf],
        out: &Path,
        name: impl Fn(&Path) -> String,
    ) -> String {
        let (program, option) = command.split_once(" --").unwrap_or((command, ""));
        let option = if option.is_empty() { String::new() } else { format!("--{option} ") };
        let mut command = program.to_owned();
        command.extend(models.iter().map(|path| format!(" {option}{}", name(path))));
        command.push_str(&format!(" --out {}", name(out)));
        let options =
            [("service", &self.service), ("protocol", &self.protocol), ("crate-name", &self.crate_name)];
        for (option, value) in options {
            command.extend(value.iter().map(|value| format!(" --{option} {value}")));
        }
        command.extend(self.operations.iter().map(|id| format!(" --operation {id}")));
        command.extend(self.names.iter().map(|(id, name)| format!(" --name '{id}={name}'")));
        if let Some(value) = self.nested_defaults.as_ref().and_then(clap::ValueEnum::to_possible_value) {
            command.push_str(&format!(" --nested-defaults {}", value.get_name()));
        }
        generate::one_line(&command)
    }
}

/// Returns a copy of the runtime in a directory as the source of the dependency of a crate in `out`.
///
/// # Errors
/// Returns an error if no relative path leads from one to the other.
pub fn local_runtime(out: &Path, directory: &Path) -> Result<Runtime, Error> {
    let path = relative_path(out, directory).ok_or_else(|| {
        Error(format!("no relative path leads from `{}` to `{}`", out.display(), directory.display()))
    })?;
    Ok(Runtime { path: Some(path), ..Runtime::default() })
}

fn read_stdin() -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    let read = std::io::stdin().lock().take(MAX_STDIN + 1).read_to_end(&mut text);
    read.map_err(|error| Error(format!("cannot read standard input: {error}")))?;
    if text.len() as u64 > MAX_STDIN {
        return Err(Error(format!("the model on standard input is larger than {} MiB", MAX_STDIN >> 20)));
    }
    Ok(text)
}
