//! `farrier completions`.

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The shell
    shell: clap_complete::Shell,
}

/// Prints the completions of a shell for a command.
pub(super) fn run(arguments: &Arguments, command: &mut clap::Command) {
    clap_complete::generate(arguments.shell, command, "farrier", &mut std::io::stdout());
}
