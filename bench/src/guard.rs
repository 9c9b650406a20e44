//! `cargo xtask bench --guard`: checks figures that do not depend on the speed of the machine against limits.

use crate::error::Error;
use crate::limits::{LIMITS, Limits, Verdict};
use crate::setup::Setup;
use crate::unit::Unit;
use crate::valgrind;
use farrier::config::{Config, FILE, Input, Job};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

/// The list of snapshots, relative to the workspace root.
const SNAPSHOTS: &str = "tests/snapshots/services.toml";

/// The number of calls that valgrind counts; a second run makes twice as many.
const CALLS: usize = 200;

/// The parts of a call, as arguments of the `call` program.
const PARTS: [&str; 3] = ["whole", "request", "response"];

/// Checks the figures against the limits. Fails if a limit is exceeded.
pub(crate) fn run(setup: &Setup, path: &Path) -> Result<ExitCode, Error> {
    let limits = Limits::read(path)?;
    let mut passed = check(&limits, "lines", &limits.lines, &lines(&setup.root)?);
    match valgrind::check_installed() {
        Ok(()) => passed &= check(&limits, "instructions", &limits.instructions, &instructions(setup)?),
        Err(Error::Missing(reason)) => println!("skipped: instructions: {reason}"),
        Err(error) => return Err(error),
    }
    if !passed {
        eprintln!(
            "error: a limit is exceeded: reduce the figure, or raise the limit in `{LIMITS}` and explain why"
        );
    }
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints each figure with its limit. Returns true if all are within their limits and every limit has a
/// figure.
fn check(
    limits: &Limits,
    category: &str,
    limit_by_name: &BTreeMap<String, f64>,
    figures: &BTreeMap<String, f64>,
) -> bool {
    let mut passed = true;
    for (name, figure) in figures {
        let limit = limit_by_name.get(name).copied();
        let verdict = limits.verdict(limit, *figure);
        passed &= matches!(verdict, Verdict::Within | Verdict::FarBelow);
        let remark = match verdict {
            Verdict::Within => "",
            Verdict::FarBelow => ": lower the limit",
            Verdict::Exceeded => ": limit EXCEEDED",
            Verdict::NoLimit => ": NO LIMIT is set",
        };
        let limit = limit.map_or_else(|| "-".to_owned(), |limit| Unit::Count.format(limit));
        println!("{category}, {name}: {} (limit {limit}){remark}", Unit::Count.format(*figure));
    }
    for name in limit_by_name.keys().filter(|name| !figures.contains_key(*name)) {
        println!("{category}, {name}: has a limit but no figure; remove the limit");
        passed = false;
    }
    passed
}

fn instructions(setup: &Setup) -> Result<BTreeMap<String, f64>, Error> {
    let program = setup.workspace("ours").programs("probes")?.join("call");
    let count = |part: &str| Ok((part.to_owned(), valgrind::instructions_per_call(&program, part, CALLS)?));
    PARTS.into_iter().map(count).collect()
}

/// Counts the lines of generated Rust by crate; the snapshots count as one crate.
fn lines(root: &Path) -> Result<BTreeMap<String, f64>, Error> {
    let mut lines = BTreeMap::new();
    for job in Config::read(&root.join(FILE))?.jobs()? {
        let name = job.settings.name.clone().unwrap_or_default();
        lines.insert(name, generated_lines(&job)?);
    }
    let snapshots = Config::read(&root.join(SNAPSHOTS))?.jobs()?;
    let snapshots = snapshots.iter().map(generated_lines).sum::<Result<f64, Error>>()?;
    lines.insert("snapshots".to_owned(), snapshots);
    Ok(lines)
}

fn generated_lines(job: &Job) -> Result<f64, Error> {
    let Input::Files(paths) = &job.input else { return Ok(0.0) };
    let path = || paths.first().cloned().unwrap_or_default();
    let generated = farrier::generate::from_files(Path::new(""), paths, &job.settings);
    let generated = generated.map_err(|failure| Error::Read {
        path: path(),
        source: std::io::Error::other(failure.to_string()),
    })?;
    let rust = generated.files.iter().filter(|(path, _)| path.ends_with(".rs"));
    Ok(rust.map(|(_, text)| text.lines().count() as f64).sum())
}
