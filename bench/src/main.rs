//! `cargo xtask bench`: compares the generator and its clients with the AWS SDK for Rust.

mod benchmark;
mod budget;
mod build;
mod call;
mod codec;
mod compare;
mod conditions;
mod error;
mod files;
mod generate;
mod guard;
mod krate;
mod limits;
mod loopback;
mod markdown;
mod memory;
mod models;
mod plot;
mod process;
mod programs;
mod ratio;
mod report;
mod sample;
mod server;
mod setup;
mod table;
mod unit;
mod valgrind;

use benchmark::Bench;
use clap::{Parser, Subcommand};
use error::Error;
use files::write_file;
use report::{Report, Section};
use setup::{MODELS_VARIABLE, Setup};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use xtask::checkout;

/// The default directory of the report, relative to the workspace root.
const REPORT: &str = "bench/report";

/// Compares the generator and its clients with the AWS SDK for Rust
#[derive(Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench", args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Measure with fewer repetitions and write the report to target/bench/report
    #[arg(long)]
    quick: bool,
    /// Run only this benchmark; may be repeated
    #[arg(long, value_name = "NAME", value_parser = clap::builder::PossibleValuesParser::new(names()))]
    only: Vec<String>,
    /// The directory of the report [default: bench/report]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The directory with models of real services [default: $FARRIER_MODELS]
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// Check only figures that do not depend on time, and exit with 1 if one exceeds its limit
    #[arg(long, conflicts_with_all = ["quick", "only", "out"])]
    guard: bool,
    /// The limits for --guard [default: bench/limits.toml]
    #[arg(long, value_name = "FILE", requires = "guard")]
    limits: Option<PathBuf>,
    /// Compare the ratios of two reports, and exit with 1 if the spreads of a ratio do not overlap
    #[arg(long, num_args = 2, value_names = ["OLD.json", "NEW.json"], action = clap::ArgAction::Set)]
    #[arg(conflicts_with_all = ["quick", "only", "out", "guard", "limits"])]
    compare: Option<Vec<PathBuf>>,
}

#[derive(Subcommand)]
enum Command {
    /// The measured program of the benchmark `generate`
    #[command(hide = true)]
    Codegen(xtask::codegen::Arguments),
}

/// The benchmarks, in the order of the report.
///
/// `generate` is first: the peak memory of a child process is at least the memory of this process when it
/// forks.
const BENCHES: &[Bench] =
    &[generate::BENCH, build::BENCH, krate::BENCH, call::BENCH, loopback::BENCH, codec::BENCH, memory::BENCH];

fn names() -> impl Iterator<Item = &'static str> {
    BENCHES.iter().map(|bench| bench.name)
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Some(Command::Codegen(arguments)) => {
            xtask::codegen::run(arguments).map_err(|error| error.to_string())
        }
        None => run(&arguments).map_err(|error| error.to_string()),
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::FAILURE
    })
}

/// Runs the benchmarks, prints tables and writes the report.
fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    if let Some([old, new]) = arguments.compare.as_deref() {
        return compare::run(old, new);
    }
    let root = checkout::root();
    let root = std::fs::canonicalize(&root).map_err(|source| Error::Read { path: root, source })?;
    if arguments.guard {
        let limits = arguments.limits.clone().unwrap_or_else(|| root.join(limits::LIMITS));
        return guard::run(&Setup { root, quick: true, models: None }, &limits);
    }
    let models = arguments.models.clone().or_else(|| std::env::var_os(MODELS_VARIABLE).map(PathBuf::from));
    let setup = Setup { root, quick: arguments.quick, models };
    let out = match &arguments.out {
        Some(out) => out.clone(),
        None if arguments.quick => setup.scratch().join("report"),
        None => setup.root.join(REPORT),
    };
    let mut report = Report::load(&out)?;
    if !arguments.only.is_empty() {
        check_data(&report, &out)?;
    }
    let order: Vec<&str> = names().collect();
    let mut all_measured = true;
    for bench in BENCHES {
        if !arguments.only.is_empty() && !arguments.only.iter().any(|name| name == bench.name) {
            continue;
        }
        let section = measure(bench, &setup);
        all_measured &= section.is_some();
        if let Some(section) = section {
            print!("{}", table::render(&section));
            report.insert(section, &order);
            // Written after each benchmark: the next may take many minutes and be interrupted.
            write(&report, &out)?;
        }
    }
    println!("wrote `{}`", out.join(markdown::PAGE).display());
    Ok(if all_measured { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Checks that a single benchmark does not replace a whole page: its data, unlike the page, is not in git.
fn check_data(report: &Report, out: &Path) -> Result<(), Error> {
    let page = out.join(markdown::PAGE);
    if !report.sections.is_empty() || !page.exists() {
        return Ok(());
    }
    Err(Error::Missing(format!(
        "`{}` has no `{}` to add a benchmark to; use `--quick`, `--out DIR` or run all benchmarks",
        out.display(),
        report::JSON
    )))
}

/// Runs one benchmark. Prints an error and returns `None` if it fails.
fn measure(bench: &Bench, setup: &Setup) -> Option<Section> {
    eprintln!("measuring: {}", bench.name);
    let mut section = Section {
        name: bench.name.to_owned(),
        about: bench.about.to_owned(),
        conditions: conditions::Conditions::now(setup.quick),
        ..Section::default()
    };
    let result = (bench.run)(setup, &mut section);
    match section.or_skip("all measurements", result) {
        Ok(_) => Some(section),
        Err(error) => {
            eprintln!("error: {}: {error}", bench.name);
            None
        }
    }
}

fn write(report: &Report, out: &Path) -> Result<(), Error> {
    let json = serde_json::to_string_pretty(report).unwrap_or_default() + "\n";
    write_file(&out.join(report::JSON), &json)?;
    let plots = plot::draw(report, out)?;
    write_file(&out.join(markdown::PAGE), &markdown::page(report, &plots))
}
