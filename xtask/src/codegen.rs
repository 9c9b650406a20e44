//! `cargo xtask codegen`: generate, then write or compare.

use crate::crate_dir::{self, Comparison};
use crate::services::{self, Job, SERVICES};
use crate::{diff, parallel, report};
use farrier_codegen::{Generated, Runtime, Settings};
use std::fmt::Display;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; exit with 1 if a crate is not what its model gives, and show the difference
    #[arg(long)]
    check: bool,
    /// Generate what this file lists rather than model/services.toml
    #[arg(long, value_name = "FILE", conflicts_with = "model")]
    services: Option<PathBuf>,
    /// Generate from this model rather than those that model/services.toml lists
    #[arg(long, value_name = "FILE", requires = "out")]
    model: Option<PathBuf>,
    /// The folder of the crate that --model gives
    #[arg(long, value_name = "DIR", requires = "model")]
    out: Option<PathBuf>,
    /// The service to generate, where the model holds several
    #[arg(long, value_name = "ID", requires = "model")]
    service: Option<String>,
    /// The protocol to speak, where the service offers several: the best supported one unless given
    #[arg(long, value_name = "ID", requires = "model")]
    protocol: Option<String>,
    /// The name of the crate that --model gives
    #[arg(long, value_name = "NAME", requires = "model", value_parser = package_name)]
    crate_name: Option<String>,
}

/// Why nothing could be generated, written or compared.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Services(#[from] services::ServicesError),
    #[error(transparent)]
    CrateDir(#[from] crate_dir::Error),
}

/// Generates every crate that is asked for. Nothing is written unless all of them could be generated.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let root = services::workspace_root();
    let jobs = match (&arguments.model, &arguments.out, &arguments.services) {
        (Some(model), Some(out), _) => vec![single(arguments, model, out)],
        (_, _, Some(list)) => {
            let command = format!("cargo xtask codegen --services {}", shown(&root, list));
            services::listed(&root, list, &one_line(&command))?
        }
        _ => services::listed(&root, &root.join(SERVICES), "cargo xtask codegen")?,
    };
    let mut made = Vec::new();
    let mut failed = false;
    let size = |job: &Job| std::fs::metadata(&job.model).map_or(0, |file| file.len());
    let results = parallel::map(&jobs, size, |job| {
        let start = Instant::now();
        generate(&root, job).map(|generated| (generated, start.elapsed()))
    });
    for (job, result) in jobs.iter().zip(results) {
        match result {
            Ok((generated, took)) => made.push((job, generated, took)),
            Err(mistakes) => {
                eprintln!("{mistakes}");
                failed = true;
            }
        }
    }
    if failed {
        return Ok(ExitCode::FAILURE);
    }
    // Compared before the first is written: a folder that cannot be used shows up in time.
    let comparisons = made.iter().map(|(job, generated, _)| crate_dir::compare(&job.out, &generated.files));
    let comparisons = comparisons.collect::<Result<Vec<_>, _>>()?;
    let mut clean = true;
    for ((job, generated, took), comparison) in made.into_iter().zip(comparisons) {
        clean &= comparison.is_clean();
        if arguments.check {
            show_drift(job, &comparison);
        } else {
            crate_dir::write(&job.out, &comparison)?;
            show_written(job, &generated, &comparison, took);
        }
    }
    if arguments.model.is_none() {
        clean &= show_orphaned_crates(&root, &jobs)?;
    }
    Ok(if arguments.check && !clean { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Tells of crates that the list gave once and does not any more; whether there are none.
fn show_orphaned_crates(root: &Path, jobs: &[Job]) -> Result<bool, Error> {
    let Some(command) = jobs.first().map(|job| &job.command) else { return Ok(true) };
    let outs: Vec<_> = jobs.iter().map(|job| job.out.as_path()).collect();
    let orphans = crate_dir::orphaned_crates(&outs, command)?;
    for orphan in &orphans {
        println!("orphaned: {} (no service gives it any more: delete it)", shown(root, orphan));
    }
    Ok(orphans.is_empty())
}

fn single(arguments: &Arguments, model: &Path, out: &Path) -> Job {
    let command = |model: &dyn Display, out: &dyn Display| {
        let mut command = format!("cargo xtask codegen --model {model} --out {out}");
        if let Some(service) = &arguments.service {
            command.push_str(&format!(" --service {service}"));
        }
        if let Some(protocol) = &arguments.protocol {
            command.push_str(&format!(" --protocol {protocol}"));
        }
        if let Some(crate_name) = &arguments.crate_name {
            command.push_str(&format!(" --crate-name {crate_name}"));
        }
        one_line(&command)
    };
    // Names rather than paths: where the files are on this machine is nobody else's business.
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Job {
        model: model.to_owned(),
        out: out.to_owned(),
        service: arguments.service.clone(),
        protocol: arguments.protocol.clone(),
        crate_name: arguments.crate_name.clone(),
        command: command(&name(model), &name(out)),
        mend: command(&model.display(), &out.display()),
    }
}

/// Text that can stand in a line comment.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// Generates one crate, or says what is wrong with its model.
fn generate(root: &Path, job: &Job) -> Result<Generated, String> {
    let source = std::fs::read(&job.model)
        .map_err(|error| format!("error: cannot read the model `{}`: {error}", shown(root, &job.model)))?;
    let settings = Settings {
        service: job.service.clone(),
        protocol: job.protocol.clone(),
        crate_name: job.crate_name.clone(),
        runtime: runtime(root, &job.out),
        command: job.command.clone(),
    };
    farrier_codegen::generate(&source, &settings).map_err(|diagnostics| {
        let name = shown(root, &job.model);
        let text = String::from_utf8_lossy(&source);
        // Places are counted without the byte order mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        report::render(&diagnostics, &name, text)
    })
}

/// The runtime of this checkout: by a relative path inside it, else by an absolute one.
fn runtime(root: &Path, out: &Path) -> Runtime {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let root = std::fs::canonicalize(root).unwrap_or_else(|_| absolute(root));
    let out = normalize(&absolute(out));
    Runtime::Path(match out.strip_prefix(&root) {
        Ok(inside) => inside.components().map(|_| "../").collect::<String>() + "runtime",
        Err(_) => root.join("runtime").display().to_string().replace('\\', "/"),
    })
}

/// A path without `.` and `..`.
fn normalize(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            other => normal.push(other),
        }
    }
    normal
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

fn show_written(job: &Job, generated: &Generated, comparison: &Comparison, took: Duration) {
    let lines: usize = generated.files.values().map(|text| text.lines().count()).sum();
    for line in &generated.skipped {
        println!("left out: {line}");
    }
    for path in &comparison.foreign {
        println!("left alone: `{path}` was not generated; `--check` fails until it is moved away");
    }
    println!(
        "{}: {} shapes, {} operation{}, {} files, {lines} lines in {} ms ({} written, {} removed)",
        shown(&services::workspace_root(), &job.out),
        generated.shapes,
        generated.operations,
        if generated.operations == 1 { "" } else { "s" },
        generated.files.len(),
        took.as_millis(),
        comparison.changed.len() + comparison.missing.len(),
        comparison.orphaned.len(),
    );
}

fn show_drift(job: &Job, comparison: &Comparison) {
    let out = shown(&services::workspace_root(), &job.out);
    if comparison.is_clean() {
        println!("{out}: up to date");
        return;
    }
    for change in &comparison.changed {
        print!("{}", diff::unified(&format!("{out}/{}", change.path), &change.old, &change.new));
    }
    for (path, _) in &comparison.missing {
        println!("missing: {out}/{path}");
    }
    for path in &comparison.orphaned {
        println!("orphaned: {out}/{path}");
    }
    for path in &comparison.foreign {
        println!("orphaned: {out}/{path} (not generated: move it away or delete it)");
    }
    eprintln!("error: `{out}` is not what its model gives; run `{}` to mend it", job.mend);
}

/// A name that Cargo takes for a package.
fn package_name(name: &str) -> Result<String, String> {
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let rest_well = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if starts_well && rest_well {
        return Ok(name.to_owned());
    }
    Err("a package name begins with a letter and holds letters, digits, `-` and `_`".to_owned())
}
