//! `cargo xtask codegen`: generates crates, then writes or compares them.

use crate::crate_dir::{self, Comparison};
use crate::model_files::relative;
use crate::runtime_path::{Syntax, runtime_path};
use crate::services::{self, Job, Nested, SERVICES};
use crate::{diff, model_files, parallel, report};
use farrier_codegen::{Generated, Runtime, Settings};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

#[derive(clap::Args)]
pub struct Arguments {
    /// Write nothing; show the differences and exit with 1 if a crate is out of date
    #[arg(long)]
    check: bool,
    /// The list of services to generate [default: model/services.toml]
    #[arg(long, value_name = "FILE", conflicts_with = "model")]
    services: Option<PathBuf>,
    /// Generate from this model instead of a list of services: a file, or a folder of `.json` files; repeat it
    /// for a model in several files
    #[arg(long, value_name = "PATH", requires = "out")]
    model: Vec<PathBuf>,
    /// The directory of the crate generated from --model
    #[arg(long, value_name = "DIR", requires = "model")]
    out: Option<PathBuf>,
    /// The service to generate; required if the model has several
    #[arg(long, value_name = "ID", requires = "model")]
    service: Option<String>,
    /// The protocol of the client [default: the preferred one that the service supports]
    #[arg(long, value_name = "ID", requires = "model")]
    protocol: Option<String>,
    /// The name of the crate generated from --model [default: from the service's name]
    #[arg(long, value_name = "NAME", requires = "model")]
    crate_name: Option<String>,
    /// A name for a shape, operation or member of --model, such as `example#City$userId=owner`; repeatable
    #[arg(long = "name", value_name = "ID=NAME", requires = "model", value_parser = chosen_name)]
    names: Vec<(String, String)>,
    /// Defaults of nested structures in requests [default: omit for services of AWS, else send]
    #[arg(long, requires = "model")]
    nested_defaults: Option<Nested>,
}

/// Parses `ID=NAME`.
fn chosen_name(text: &str) -> Result<(String, String), &'static str> {
    let (id, name) = text.split_once('=').ok_or("expected ID=NAME, such as `example#City$userId=owner`")?;
    Ok((id.to_owned(), name.to_owned()))
}

/// An error that prevents crates from being generated, written or compared.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Services(#[from] services::ServicesError),
    #[error(transparent)]
    CrateDir(#[from] crate_dir::Error),
}

/// Generates the requested crates. Nothing is written unless every model can be generated.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let root = services::workspace_root();
    let jobs = match (&arguments.out, &arguments.services) {
        (Some(out), _) => vec![single(arguments, out)],
        (_, Some(list)) => {
            let command = format!("cargo xtask codegen --services {}", relative(&root, list));
            services::load(&root, list, &one_line(&command))?
        }
        _ => services::load(&root, &root.join(SERVICES), "cargo xtask codegen")?,
    };
    let mut crates = Vec::new();
    let mut failed = false;
    let size = |job: &Job| model_files::size(&root, &job.model);
    let results = parallel::map(&jobs, size, |job| {
        let start = Instant::now();
        generate(&root, job).map(|generated| (generated, start.elapsed()))
    });
    for (job, result) in jobs.iter().zip(results) {
        match result {
            Ok((generated, took)) => crates.push((job, generated, took)),
            Err(diagnostics) => {
                eprintln!("{diagnostics}");
                failed = true;
            }
        }
    }
    if failed {
        return Ok(ExitCode::FAILURE);
    }
    // All directories are compared before the first is written, so that an unusable one stops the run.
    let comparisons = crates.iter().map(|(job, generated, _)| crate_dir::compare(&job.out, &generated.files));
    let comparisons = comparisons.collect::<Result<Vec<_>, _>>()?;
    let mut clean = true;
    for ((job, generated, took), comparison) in crates.into_iter().zip(comparisons) {
        clean &= comparison.is_clean();
        if arguments.check {
            print_drift(job, &comparison);
        } else {
            crate_dir::write(&job.out, &comparison)?;
            print_written(job, &generated, &comparison, took);
        }
    }
    if arguments.model.is_empty() {
        clean &= print_orphaned_crates(&root, &jobs)?;
    }
    Ok(if arguments.check && !clean { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Prints the generated crates that are no longer listed. Returns true if there are none.
fn print_orphaned_crates(root: &Path, jobs: &[Job]) -> Result<bool, Error> {
    let Some(command) = jobs.first().map(|job| &job.command) else { return Ok(true) };
    let outs: Vec<_> = jobs.iter().map(|job| job.out.as_path()).collect();
    let orphans = crate_dir::orphaned_crates(&outs, command)?;
    for orphan in &orphans {
        println!("orphaned: {} (no longer listed: delete it)", relative(root, orphan));
    }
    Ok(orphans.is_empty())
}

fn single(arguments: &Arguments, out: &Path) -> Job {
    let command = |name: fn(&Path) -> String| {
        let models: String = arguments.model.iter().map(|path| format!(" --model {}", name(path))).collect();
        let mut command = format!("cargo xtask codegen{models} --out {}", name(out));
        if let Some(service) = &arguments.service {
            command.push_str(&format!(" --service {service}"));
        }
        if let Some(protocol) = &arguments.protocol {
            command.push_str(&format!(" --protocol {protocol}"));
        }
        if let Some(crate_name) = &arguments.crate_name {
            command.push_str(&format!(" --crate-name {crate_name}"));
        }
        for (id, name) in &arguments.names {
            command.push_str(&format!(" --name '{id}={name}'"));
        }
        if let Some(value) = arguments.nested_defaults.as_ref().and_then(clap::ValueEnum::to_possible_value) {
            command.push_str(&format!(" --nested-defaults {}", value.get_name()));
        }
        one_line(&command)
    };
    Job {
        model: arguments.model.clone(),
        out: out.to_owned(),
        service: arguments.service.clone(),
        protocol: arguments.protocol.clone(),
        names: arguments.names.iter().cloned().collect(),
        crate_name: arguments.crate_name.clone(),
        nested_defaults: arguments.nested_defaults.map(Into::into),
        // File names instead of paths: generated files must not contain paths of this machine.
        command: command(|path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()),
        fix_command: command(|path| path.display().to_string()),
    }
}

/// Replaces control characters, so that the text fits in a line comment.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// Generates one crate. The error is the rendered diagnostics.
pub(crate) fn generate(root: &Path, job: &Job) -> Result<Generated, String> {
    let sources = model_files::read(root, &job.model).map_err(|error| format!("error: {error}"))?;
    let settings = Settings {
        service: job.service.clone(),
        protocol: job.protocol.clone(),
        crate_name: job.crate_name.clone(),
        names: job.names.clone(),
        nested_defaults: job.nested_defaults,
        runtime: runtime(root, &job.out),
        command: job.command.clone(),
    };
    farrier_codegen::generate(&sources, &settings)
        .map_err(|diagnostics| report::render(&diagnostics, &sources))
}

/// Returns the runtime of this checkout as a dependency of a crate in `out`.
pub(crate) fn runtime(root: &Path, out: &Path) -> Runtime {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let root = std::fs::canonicalize(root).unwrap_or_else(|_| absolute(root));
    let (root, out) = (root.to_string_lossy().into_owned(), absolute(out).to_string_lossy().into_owned());
    Runtime::Path(runtime_path(&root, &out, Syntax::NATIVE))
}

fn print_written(job: &Job, generated: &Generated, comparison: &Comparison, took: Duration) {
    let lines: usize = generated.files.values().map(|text| text.lines().count()).sum();
    for line in &generated.skipped {
        println!("skipped: {line}");
    }
    for path in &comparison.foreign {
        println!("not generated: `{path}` is left unchanged; `--check` fails until it is moved or deleted");
    }
    println!(
        "{}: {} shapes, {} operation{}, {} files, {lines} lines in {} ms ({} written, {} removed)",
        relative(&services::workspace_root(), &job.out),
        generated.shapes,
        generated.operations,
        if generated.operations == 1 { "" } else { "s" },
        generated.files.len(),
        took.as_millis(),
        comparison.changed.len() + comparison.missing.len(),
        comparison.orphaned.len(),
    );
}

fn print_drift(job: &Job, comparison: &Comparison) {
    let out = relative(&services::workspace_root(), &job.out);
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
        println!("not generated: {out}/{path} (move or delete it)");
    }
    eprintln!("error: `{out}` is out of date; run `{}` to regenerate it", job.fix_command);
}
