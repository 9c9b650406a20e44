//! The project's command line: `cargo xtask codegen`.

mod codegen;
mod crate_dir;
mod diff;
mod report;
mod services;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generates client crates from Smithy JSON AST models
    Codegen(codegen::Arguments),
}

fn main() -> ExitCode {
    let Command::Codegen(arguments) = Arguments::parse().command;
    match codegen::run(&arguments) {
        Ok(exit) => exit,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
