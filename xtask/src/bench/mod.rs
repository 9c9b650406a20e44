//! `cargo xtask bench`: compares the generator and its clients with the AWS SDK for Rust.

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

/// The default directory of the report, relative to the workspace root.
const REPORT: &str = "tests/bench";

/// The peer of most benchmarks.
const PEER: &str = "aws-sdk-signin";

/// The environment variable with the directory of real services' models.
const MODELS_VARIABLE: &str = "FARRIER_MODELS";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Measure with fewer repetitions and write the report to target/bench/report
    #[arg(long)]
    quick: bool,
    /// Run only this benchmark; may be repeated
    #[arg(long, value_name = "NAME", value_parser = clap::builder::PossibleValuesParser::new(names()))]
    only: Vec<String>,
    /// The directory of the report [default: tests/bench]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The directory with models of real services [default: $FARRIER_MODELS]
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// Check only figures that do not depend on time, and exit with 1 if one exceeds its limit
    #[arg(long, conflicts_with_all = ["quick", "only", "out"])]
    guard: bool,
    /// The limits for --guard [default: tests/bench/limits.toml]
    #[arg(long, value_name = "FILE", requires = "guard")]
    limits: Option<PathBuf>,
    /// Compare the ratios of two reports, and exit with 1 if the spreads of a ratio do not overlap
    #[arg(long, num_args = 2, value_names = ["OLD.json", "NEW.json"], action = clap::ArgAction::Set)]
    #[arg(conflicts_with_all = ["quick", "only", "out", "guard", "limits"])]
    compare: Option<Vec<PathBuf>>,
}

/// An error that prevents a measurement.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A program, model or peer is not available on this machine.
    #[error("{0}")]
    Missing(String),
    #[error("cannot read `{path}`: {source}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("cannot write `{path}`: {source}")]
    Write { path: PathBuf, source: std::io::Error },
    #[error("cannot run `{program}`: {source}")]
    Run { program: PathBuf, source: std::io::Error },
    #[error("`{command}` failed ({status}):\n{stderr}")]
    Failed { command: String, status: ExitStatus, stderr: String },
    #[error("unexpected output from `{program}`: `{line}`")]
    Output { program: PathBuf, line: String },
    #[error("cannot draw `{path}`: {reason}")]
    Draw { path: PathBuf, reason: String },
    #[error(transparent)]
    CrateDir(#[from] crate::crate_dir::Error),
    #[error(transparent)]
    Services(#[from] services::ServicesError),
    #[error("invalid limits file `{path}`: {source}")]
    Limits { path: PathBuf, source: toml::de::Error },
    #[error("invalid report `{path}`: {source}")]
    Report { path: PathBuf, source: serde_json::Error },
}

/// A benchmark.
struct Bench {
    name: &'static str,
    /// A description of the measurement, for the report.
    about: &'static str,
    run: fn(&Setup, &mut Section) -> Result<(), Error>,
}

/// The benchmarks, in the order of the report.
///
/// `generate` is first: the peak memory of a child process is at least the memory of this process when it
/// forks.
const BENCHES: &[Bench] =
    &[generate::BENCH, build::BENCH, krate::BENCH, call::BENCH, loopback::BENCH, codec::BENCH, memory::BENCH];

/// The environment of a run.
struct Setup {
    root: PathBuf,
    quick: bool,
    models: Option<PathBuf>,
}

impl Setup {
    /// Returns the workspace of programs with this name.
    fn workspace(&self, name: &str) -> Workspace {
        Workspace::new(&self.root, name)
    }

    /// Returns the directory for temporary files and build output.
    fn scratch(&self) -> PathBuf {
        self.root.join(SCRATCH)
    }

    /// Returns the number of repetitions, for a full and for a quick run.
    fn times(&self, full: usize, quick: usize) -> usize {
        if self.quick { quick } else { full }
    }

    /// Returns the directory with the models of real services.
    ///
    /// # Errors
    /// Returns [`Error::Missing`] if none is given or it does not exist.
    fn models(&self) -> Result<PathBuf, Error> {
        let Some(dir) = self.models.clone() else {
            return Err(Error::Missing(format!("pass `--models DIR` or set {MODELS_VARIABLE}")));
        };
        let missing = || Error::Missing(format!("the directory `{}` does not exist", dir.display()));
        dir.is_dir().then_some(dir.clone()).ok_or_else(missing)
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    BENCHES.iter().map(|bench| bench.name)
}

/// Runs the benchmarks, prints tables and writes the report.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    if let Some([old, new]) = arguments.compare.as_deref() {
        return compare::run(old, new);
    }
    let root = services::workspace_root();
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

/// Writes a file, creating its parent directories.
fn write_file(path: &Path, text: &str) -> Result<(), Error> {
    let create_parent = || path.parent().map_or(Ok(()), std::fs::create_dir_all);
    let written = create_parent().and_then(|()| std::fs::write(path, text));
    written.map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// Removes a directory, if it exists.
fn remove(dir: &Path) -> Result<(), Error> {
    match std::fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::Write { path: dir.to_owned(), source: error })
        }
        _ => Ok(()),
    }
}
