//! The program `farrier`.

use clap::Parser;
use farrier::commands::{CommandLine, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    run(CommandLine::parse()).unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::FAILURE
    })
}
