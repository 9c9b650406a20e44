//! The commands of the program `farrier`.

mod arguments;
mod completions;
mod error;
mod generate;
mod init;
mod output;

pub use arguments::{ClientArguments, GenerateArguments, local_runtime};
pub use error::Error;
pub use generate::{Mode, Project, execute, print_orphaned_crates};
pub use output::{MessageFormat, Output};

use clap::{CommandFactory, Parser, Subcommand};
use std::process::ExitCode;

/// The command line of `farrier`.
#[derive(Debug, Parser)]
#[command(name = "farrier", version, about = "Generates Rust clients from Smithy models")]
pub struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generates client crates: those of `farrier.toml`, or one from the models that are named
    Generate(GenerateArguments),
    /// Writes nothing; shows the differences and exits with 1 if a crate is out of date
    Check(GenerateArguments),
    /// Creates a project: a model, its client, and a program that calls it
    Init(init::Arguments),
    /// Prints the completions of a shell
    Completions(completions::Arguments),
}

/// Runs a command.
///
/// # Errors
/// Returns an error if the command could not run. Errors in models, and differences that `check` finds, are printed:
/// the exit code is 1 then.
pub fn run(command_line: CommandLine) -> Result<ExitCode, Error> {
    match command_line.command {
        Command::Generate(arguments) => arguments.run(Mode::Write),
        Command::Check(arguments) => arguments.run(Mode::Check),
        Command::Init(arguments) => init::run(&arguments),
        Command::Completions(arguments) => {
            completions::run(&arguments, &mut CommandLine::command());
            Ok(ExitCode::SUCCESS)
        }
    }
}
