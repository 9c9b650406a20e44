//! `cargo xtask bench --guard`: what must not grow unnoticed, and does not depend on how fast the machine is.

use super::limits::{LIMITS, Limits, Verdict};
use super::unit::Unit;
use super::{Error, Setup, valgrind};
use crate::services::{self, SERVICES};
use farrier_codegen::{Runtime, Settings};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

/// How many calls are counted: a number, and twice that.
const COUNTED: usize = 200;

/// The parts of a call, as the program knows them.
const PARTS: [&str; 3] = ["whole", "request", "response"];

/// Compares what is measured with the limits.
pub(super) fn run(setup: &Setup, path: &Path) -> Result<ExitCode, Error> {
    let limits = Limits::read(path)?;
    let mut kept = judge(&limits, "lines", &limits.lines, &lines(&setup.root)?);
    match valgrind::is_there() {
        Ok(()) => kept &= judge(&limits, "instructions", &limits.instructions, &instructions(setup)?),
        Err(Error::Missing(reason)) => println!("skipped: instructions: {reason}"),
        Err(error) => return Err(error),
    }
    if !kept {
        eprintln!("error: make it smaller again; or, if it is worth its cost, change `{LIMITS}` and say why");
    }
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Says how each figure stands to its limit; whether all are kept, and every limit is of something.
fn judge(limits: &Limits, what: &str, of: &BTreeMap<String, f64>, figures: &BTreeMap<String, f64>) -> bool {
    let mut kept = true;
    for (name, figure) in figures {
        let limit = of.get(name).copied();
        let verdict = limits.verdict(limit, *figure);
        kept &= matches!(verdict, Verdict::Within | Verdict::Lower);
        let remark = match verdict {
            Verdict::Within => "",
            Verdict::Lower => ": lower the limit",
            Verdict::Above => ": ABOVE the limit",
            Verdict::Unlimited => ": has NO LIMIT",
        };
        let limit = limit.map_or_else(|| "-".to_owned(), |limit| Unit::Count.show(limit));
        println!("{what}, {name}: {} (limit {limit}){remark}", Unit::Count.show(*figure));
    }
    for name in of.keys().filter(|name| !figures.contains_key(*name)) {
        println!("{what}, {name}: is limited, and is not there any more");
        kept = false;
    }
    kept
}

fn instructions(setup: &Setup) -> Result<BTreeMap<String, f64>, Error> {
    let program = setup.workspace("ours").programs("probes")?.join("call");
    let each = |part: &str| Ok((part.to_owned(), valgrind::instructions_each(&program, part, COUNTED)?));
    PARTS.into_iter().map(each).collect()
}

/// The lines of Rust that the models of this checkout give, by crate; those of all goldens together.
fn lines(root: &Path) -> Result<BTreeMap<String, f64>, Error> {
    let mut lines = BTreeMap::new();
    for job in services::listed(root, &root.join(SERVICES), "")? {
        let name = job.crate_name.clone().unwrap_or_default();
        lines.insert(name, generated_lines(&job)?);
    }
    let goldens = services::listed(root, &root.join("tests/goldens/services.toml"), "")?;
    let goldens = goldens.iter().map(generated_lines).sum::<Result<f64, Error>>()?;
    lines.insert("goldens".to_owned(), goldens);
    Ok(lines)
}

fn generated_lines(job: &services::Job) -> Result<f64, Error> {
    let source =
        std::fs::read(&job.model).map_err(|source| Error::Read { path: job.model.clone(), source })?;
    let settings = Settings {
        service: job.service.clone(),
        protocol: job.protocol.clone(),
        crate_name: job.crate_name.clone(),
        runtime: Runtime::Path("runtime".to_owned()),
        command: String::new(),
    };
    let mistakes = |_| Error::Read {
        path: job.model.clone(),
        source: std::io::Error::other("the model has mistakes: see `cargo xtask codegen`"),
    };
    let generated = farrier_codegen::generate(&source, &settings).map_err(mistakes)?;
    let rust = generated.files.iter().filter(|(path, _)| path.ends_with(".rs"));
    Ok(rust.map(|(_, text)| text.lines().count() as f64).sum())
}
