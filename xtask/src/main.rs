//! The project's command line: `cargo xtask codegen`, `conformance`, `test-models`, `mutate` and `bench`.

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use xtask::{bench, codegen, conformance, mutate, test_models};

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
    /// Generates, builds and runs the official Smithy protocol tests
    Conformance(conformance::Arguments),
    /// Generates clients of the models in a directory, then tests, lints and documents them
    TestModels(test_models::Arguments),
    /// Generates clients of randomly changed models: no panic, no hang, and a sample compiles
    Mutate(mutate::Arguments),
    /// Compares the generator and its clients with the AWS SDK for Rust
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Codegen(arguments) => codegen::run(&arguments).map_err(|error| error.to_string()),
        Command::Conformance(arguments) => conformance::run(&arguments).map_err(|error| error.to_string()),
        Command::TestModels(arguments) => test_models::run(&arguments).map_err(|error| error.to_string()),
        Command::Mutate(arguments) => mutate::run(&arguments).map_err(|error| error.to_string()),
        Command::Bench(arguments) => bench::run(&arguments).map_err(|error| error.to_string()),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::FAILURE
    })
}
