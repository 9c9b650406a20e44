//! The project's command line: `cargo xtask codegen`, `cargo xtask conformance`, `cargo xtask bench`.

mod bench;
mod cargo;
mod codegen;
mod conformance;
mod crate_dir;
mod diff;
mod model_files;
mod parallel;
mod report;
mod runtime_path;
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
    /// Generates, builds and runs the official Smithy protocol tests
    Conformance(conformance::Arguments),
    /// Compares the generator and its clients with the AWS SDK for Rust
    Bench(bench::Arguments),
}

/// Allocation is a third of generation time; mimalloc makes generating many models a tenth faster.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Codegen(arguments) => codegen::run(&arguments).map_err(|error| error.to_string()),
        Command::Conformance(arguments) => conformance::run(&arguments).map_err(|error| error.to_string()),
        Command::Bench(arguments) => bench::run(&arguments).map_err(|error| error.to_string()),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::FAILURE
    })
}
