//! `farrier completions`.

use super::CommandLine;
use clap::CommandFactory;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The shell
    shell: clap_complete::Shell,
}

/// Prints the completions of a shell.
pub(super) fn run(arguments: &Arguments) {
    clap_complete::generate(arguments.shell, &mut CommandLine::command(), "farrier", &mut std::io::stdout());
}
