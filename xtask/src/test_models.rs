//! `cargo xtask test-models`: generates clients of models into a scratch workspace, then tests, lints and
//! documents them.

mod checks;
mod combinations;
mod jobs;

use crate::{checkout, model_dir, workspace};
use farrier::config::{Input, Job};
use farrier::{generate, model_files, parallel};
use farrier_codegen::Files;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The models of this repository, relative to its root.
const MODELS: &str = "tests/models";

/// The workspace of their clients, relative to the root. Its location is fixed, since [`SUITE`] refers to it.
const OUT: &str = "target/models";

/// The package with tests of these clients, relative to [`OUT`].
const SUITE: &str = "../../tests/models/suite";

/// The default workspace of the clients of other models, relative to the root.
const OTHER_OUT: &str = "target/other-models";

/// The arguments of `cargo xtask test-models`.
#[derive(clap::Args)]
pub struct Arguments {
    /// A directory of JSON AST models; may be repeated [default: tests/models, with its suite]
    #[arg(long, value_name = "DIR")]
    models: Vec<PathBuf>,
    /// The directory for generated crates [default: target/other-models]
    #[arg(long, value_name = "DIR", requires = "models")]
    out: Option<PathBuf>,
    /// A generated crate to test and document with each combination of its features; may be repeated
    #[arg(long, value_name = "CRATE")]
    feature_combinations: Vec<String>,
}

/// An error that prevents models from being tested.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read `{path}`: {source}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("no JSON AST models in `{0}`")]
    NoModels(PathBuf),
    #[error("no crate `{0}` is generated; the crates are {1}")]
    NoCrate(String, String),
    #[error("cannot run `{program}`: {source}")]
    Run { program: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Workspace(#[from] workspace::Error),
}

/// Generates a client of each service for each of its protocols, and runs all checks. Fails if a model cannot be
/// generated or a check fails.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let root = checkout::root();
    let (dirs, out, members): (_, _, &[&str]) = match arguments.models.as_slice() {
        [] => (vec![root.join(MODELS)], root.join(OUT), &[SUITE]),
        dirs => {
            let out = arguments.out.clone().unwrap_or_else(|| root.join(OTHER_OUT));
            (dirs.to_vec(), out, &[])
        }
    };
    let out = std::path::absolute(&out).map_err(|source| Error::Read { path: out, source })?;
    let mut jobs = jobs::Jobs::new(&out);
    for dir in dirs {
        let models = model_dir::files(&dir).map_err(|source| Error::Read { path: dir.clone(), source })?;
        if models.is_empty() {
            return Err(Error::NoModels(dir));
        }
        models.iter().try_for_each(|model| jobs.add(model))?;
    }
    let crates = generate(&root, &jobs.list);
    let mut passed = jobs.failed == 0 && crates.len() == jobs.list.len();
    if crates.is_empty() {
        return Ok(ExitCode::FAILURE);
    }
    workspace::write(&root, &out, crates.iter(), members)?;
    let combinations = combinations(&crates, &arguments.feature_combinations)?;
    let combinations = combinations.iter().flat_map(|(features, names)| checks::of_features(names, features));
    for check in checks::of_workspace().into_iter().chain(combinations) {
        passed &= check.run(&root, &out)?;
    }
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Returns the combinations of features to test, and the crates to test with each.
fn combinations<'a>(
    crates: &[(String, Files)],
    names: &'a [String],
) -> Result<BTreeMap<Vec<String>, Vec<&'a str>>, Error> {
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for name in names {
        let Some((_, files)) = crates.iter().find(|(generated, _)| generated == name) else {
            let generated: Vec<_> = crates.iter().map(|(name, _)| format!("`{name}`")).collect();
            return Err(Error::NoCrate(name.clone(), generated.join(", ")));
        };
        for features in combinations::combinations(files) {
            found.entry(features).or_default().push(name.as_str());
        }
    }
    Ok(found)
}

/// Generates the crates. Prints diagnostics for those that cannot be generated.
fn generate(root: &Path, jobs: &[Job]) -> Vec<(String, Files)> {
    let size = |job: &Job| model_files::size(root, files(job));
    let results = parallel::map(jobs, size, |job| generate::from_files(root, files(job), &job.settings));
    let mut crates = Vec::new();
    for (job, result) in jobs.iter().zip(results) {
        let name = job.settings.name.clone().unwrap_or_default();
        match result {
            Ok(generated) => {
                for line in &generated.skipped {
                    println!("skipped: {name}: {line}");
                }
                crates.push((name, generated.files));
            }
            Err(failure) => eprintln!("{failure}"),
        }
    }
    crates
}

fn files(job: &Job) -> &[PathBuf] {
    match &job.input {
        Input::Files(paths) => paths,
        Input::Text(_) => &[],
    }
}
