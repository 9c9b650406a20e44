//! `cargo xtask bench`: the generator and its clients, measured beside the AWS SDK for Rust in one run.

mod budget;
mod build;
mod call;
mod codec;
mod compare;
mod conditions;
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
mod table;
mod unit;
mod valgrind;

use crate::services;
use programs::{SCRATCH, Workspace};
use report::{Report, Section};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, ExitStatus};

/// Where the report is, from the root of the workspace.
const REPORT: &str = "tests/bench";

/// What most is compared with.
const PEER: &str = "aws-sdk-signin";

/// The models beside the checkout.
const MODELS: &str = "../shared/models";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Measure with fewer repetitions, and leave the report in target/bench
    #[arg(long)]
    quick: bool,
    /// Measure only this; may be given several times
    #[arg(long, value_name = "NAME", value_parser = clap::builder::PossibleValuesParser::new(names()))]
    only: Vec<String>,
    /// The folder for the report [default: tests/bench]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Measure nothing but what does not depend on time, and exit with 1 if it is above its limit
    #[arg(long, conflicts_with_all = ["quick", "only", "out"])]
    guard: bool,
    /// The limits that --guard keeps [default: tests/bench/limits.toml]
    #[arg(long, value_name = "FILE", requires = "guard")]
    limits: Option<PathBuf>,
    /// Measure nothing: say whether two reports agree within their spreads, and exit with 1 if a ratio does not
    #[arg(long, num_args = 2, value_names = ["OLD.json", "NEW.json"], action = clap::ArgAction::Set)]
    #[arg(conflicts_with_all = ["quick", "only", "out", "guard", "limits"])]
    compare: Option<Vec<PathBuf>>,
}

/// Why something could not be measured.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// What is measured with, or against, is not on this machine.
    #[error("{0}")]
    Missing(String),
    #[error("cannot read `{path}`: {source}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("cannot write `{path}`: {source}")]
    Write { path: PathBuf, source: std::io::Error },
    #[error("cannot run `{program}`: {source}")]
    Run { program: PathBuf, source: std::io::Error },
    #[error("`{command}` failed ({status}):\n{said}")]
    Failed { command: String, status: ExitStatus, said: String },
    #[error("`{program}` says `{line}`, which is no figure")]
    Told { program: PathBuf, line: String },
    #[error("cannot draw `{path}`: {reason}")]
    Draw { path: PathBuf, reason: String },
    #[error(transparent)]
    CrateDir(#[from] crate::crate_dir::Error),
    #[error(transparent)]
    Services(#[from] services::ServicesError),
    #[error("`{path}` is wrong: {source}")]
    Limits { path: PathBuf, source: toml::de::Error },
    #[error("`{path}` is no report: {source}")]
    Report { path: PathBuf, source: serde_json::Error },
}

/// A benchmark.
struct Bench {
    name: &'static str,
    /// What it measures, a sentence or two.
    about: &'static str,
    run: fn(&Setup, &mut Section) -> Result<(), Error>,
}

/// All of them, in the order of the report.
///
/// Generating comes first: what a process takes at most is at least what this one took when it started it.
const BENCHES: &[Bench] =
    &[generate::BENCH, build::BENCH, krate::BENCH, call::BENCH, loopback::BENCH, codec::BENCH, memory::BENCH];

/// Where and how thoroughly to measure.
struct Setup {
    root: PathBuf,
    quick: bool,
}

impl Setup {
    /// The workspace of programs of this name.
    fn workspace(&self, name: &str) -> Workspace {
        Workspace::new(&self.root, name)
    }

    /// The folder for what is made on the way.
    fn scratch(&self) -> PathBuf {
        self.root.join(SCRATCH)
    }

    /// How often, in a run that takes its time and in a quick one.
    fn times(&self, thorough: usize, quick: usize) -> usize {
        if self.quick { quick } else { thorough }
    }

    /// The folder with the models of real services.
    ///
    /// # Errors
    /// [`Error::Missing`] if it is not there.
    fn models(&self) -> Result<PathBuf, Error> {
        let dir = self.root.join(MODELS);
        let missing = || Error::Missing(format!("there is no folder `{MODELS}` beside the checkout"));
        dir.is_dir().then_some(dir).ok_or_else(missing)
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    BENCHES.iter().map(|bench| bench.name)
}

/// Measures, prints the table and writes the report.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    if let Some([old, new]) = arguments.compare.as_deref() {
        return compare::run(old, new);
    }
    let root = services::workspace_root();
    let root = std::fs::canonicalize(&root).map_err(|source| Error::Read { path: root, source })?;
    if arguments.guard {
        let limits = arguments.limits.clone().unwrap_or_else(|| root.join(limits::LIMITS));
        return guard::run(&Setup { root, quick: true }, &limits);
    }
    let setup = Setup { root, quick: arguments.quick };
    let out = match &arguments.out {
        Some(out) => out.clone(),
        None if arguments.quick => setup.scratch().join("report"),
        None => setup.root.join(REPORT),
    };
    let mut report = Report::load(&out)?;
    let order: Vec<&str> = names().collect();
    let mut all_measured = true;
    for bench in BENCHES {
        if !arguments.only.is_empty() && !arguments.only.iter().any(|name| name == bench.name) {
            continue;
        }
        let section = measure(bench, &setup);
        all_measured &= section.is_some();
        if let Some(section) = section {
            print!("{}", table::show(&section));
            report.put(section, &order);
            // After each: the next may take many minutes, and may be broken off.
            write(&report, &out)?;
        }
    }
    println!("The report is `{}`.", out.join(markdown::PAGE).display());
    Ok(if all_measured { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One benchmark. What goes wrong is told, and is no reason to leave out the others.
fn measure(bench: &Bench, setup: &Setup) -> Option<Section> {
    eprintln!("measuring: {}", bench.name);
    let mut section = Section {
        name: bench.name.to_owned(),
        about: bench.about.to_owned(),
        conditions: conditions::Conditions::now(setup.quick),
        ..Section::default()
    };
    let result = (bench.run)(setup, &mut section);
    match section.have("all of it", result) {
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

/// Writes a file, and the folders above it.
fn write_file(path: &Path, text: &str) -> Result<(), Error> {
    let create_parent = || path.parent().map_or(Ok(()), std::fs::create_dir_all);
    let written = create_parent().and_then(|()| std::fs::write(path, text));
    written.map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// Removes a folder, if it is there.
fn remove(dir: &Path) -> Result<(), Error> {
    match std::fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::Write { path: dir.to_owned(), source: error })
        }
        _ => Ok(()),
    }
}
