//! `cargo xtask codegen`: the crates of this repository, generated as `farrier generate` does it.

use crate::checkout;
use farrier::commands::{
    ClientArguments, Error, MessageFormat, Mode, Output, Project, execute, local_runtime,
};
use farrier::config::{Config, FILE, Input};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Arguments {
    /// Write nothing; show the differences and exit with 1 if a crate is out of date
    #[arg(long)]
    check: bool,
    /// The list of crates to generate [default: farrier.toml]
    #[arg(long, value_name = "FILE", conflicts_with = "model")]
    services: Option<PathBuf>,
    /// Generate from this model instead of a list of crates: a file, or a folder of `.json` files; repeat it
    /// for a model in several files
    #[arg(long, value_name = "PATH", requires = "out")]
    model: Vec<PathBuf>,
    #[command(flatten)]
    client: ClientArguments,
}

/// Generates the requested crates. Nothing is written unless every model can be generated.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let root = checkout::root();
    let mode = if arguments.check { Mode::Check } else { Mode::Write };
    let project = match &arguments.client.out {
        Some(out) => {
            let runtime = local_runtime(out, &root.join("runtime"))?;
            let (models, input) = (&arguments.model, Input::Files(arguments.model.clone()));
            let job =
                arguments.client.job("cargo xtask codegen --model", models, input, out.clone(), runtime);
            Project { root, jobs: vec![job], is_complete: false }
        }
        None => {
            let file = arguments.services.clone().unwrap_or_else(|| root.join(FILE));
            let jobs = Config::read(&file).and_then(|config| config.jobs()).map_err(Error::new)?;
            Project { root, jobs, is_complete: true }
        }
    };
    execute(&project, mode, &Output::new(MessageFormat::Human))
}
