//! Generates crates, then writes or compares them.

use super::error::Error;
use super::output::{Output, Summary};
use crate::config::{Input, Job};
use crate::crate_files::{self, Comparison};
use crate::generate::{Failure, from_files, from_sources};
use crate::model_files::{self, relative};
use crate::parallel;
use farrier_codegen::{Generated, Source};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The use of generated crates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Write them.
    Write,
    /// Compare them with the files on disk.
    Check,
}

/// The crates to generate.
#[derive(Debug)]
pub struct Project {
    /// The directory that paths in messages are relative to.
    pub root: PathBuf,
    /// The crates.
    pub jobs: Vec<Job>,
    /// True if these are all crates of the project: others that it generated before are reported.
    pub is_complete: bool,
}

/// Generates the crates of a project, and writes or compares them. Nothing is written unless every crate can be
/// generated. Prints errors of models and differences; the exit code is 1 then.
///
/// # Errors
/// Returns an error if a directory cannot be compared or written.
pub fn execute(project: &Project, mode: Mode, output: &Output) -> Result<ExitCode, Error> {
    let Project { root, jobs, .. } = project;
    let mut crates = Vec::new();
    let mut failed = false;
    let started = AtomicUsize::new(0);
    let results = parallel::map(
        jobs,
        |job| size(root, job),
        |job| {
            let number = started.fetch_add(1, Ordering::Relaxed) + 1;
            output.progress(number, jobs.len(), &relative(root, &job.out));
            let start = Instant::now();
            generate(root, job).map(|generated| (generated, start.elapsed()))
        },
    );
    output.end_progress();
    for (job, result) in jobs.iter().zip(results) {
        match result {
            Ok((generated, took)) => crates.push((job, generated, took)),
            Err(failure) => {
                output.failure(&failure);
                failed = true;
            }
        }
    }
    if failed {
        output.finished(false);
        return Ok(ExitCode::FAILURE);
    }
    // All directories are compared before the first is written, so that an unusable one stops the run.
    let comparisons =
        crates.iter().map(|(job, generated, _)| crate_files::compare(&job.out, &generated.files));
    let comparisons = comparisons.collect::<Result<Vec<_>, _>>().map_err(Error::new)?;
    let mut clean = true;
    for ((job, generated, took), comparison) in crates.into_iter().zip(comparisons) {
        clean &= comparison.is_clean();
        let out = relative(root, &job.out);
        match mode {
            Mode::Check => output.drift(&out, &comparison, &job.fix_command),
            Mode::Write => {
                crate_files::write(&job.out, &comparison).map_err(Error::new)?;
                output.written(&out, &generated, &summary(&generated, &comparison, took));
            }
        }
    }
    if project.is_complete {
        clean &= print_orphaned_crates(project, output)?;
    }
    let success = mode == Mode::Write || clean;
    output.finished(success);
    Ok(if success { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Generates one crate.
///
/// # Errors
/// Returns an error if the model cannot be read, or if the model or the settings have errors.
pub(crate) fn generate(root: &Path, job: &Job) -> Result<Generated, Failure> {
    match &job.input {
        Input::Files(paths) => from_files(root, paths, &job.settings),
        Input::Text(text) => from_sources(vec![Source::new("standard input", text.clone())], &job.settings),
    }
}

/// Prints the generated crates that are no longer part of the project. Returns true if there are none.
///
/// # Errors
/// Returns an error if a directory cannot be read.
pub fn print_orphaned_crates(project: &Project, output: &Output) -> Result<bool, Error> {
    let Some(job) = project.jobs.first() else { return Ok(true) };
    let outs: Vec<_> = project.jobs.iter().map(|job| job.out.as_path()).collect();
    let orphans = crate_files::orphaned_crates(&outs, &job.settings.command).map_err(Error::new)?;
    for orphan in &orphans {
        output.orphaned_crate(&relative(&project.root, orphan));
    }
    Ok(orphans.is_empty())
}

fn size(root: &Path, job: &Job) -> u64 {
    match &job.input {
        Input::Files(paths) => model_files::size(root, paths),
        Input::Text(text) => text.len() as u64,
    }
}

fn summary(generated: &Generated, comparison: &Comparison, took: Duration) -> Summary {
    Summary {
        lines: generated.files.values().map(|text| text.lines().count()).sum(),
        milliseconds: took.as_millis(),
        written: comparison.changed.len() + comparison.missing.len(),
        removed: comparison.orphaned.len(),
        kept: comparison.kept.clone(),
    }
}

/// Replaces control characters, so that the text fits in a line comment.
pub(super) fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}
