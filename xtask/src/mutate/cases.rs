//! The loop over cases, with a thread per core.

use super::Error;
use super::changes::Changes;
use super::models::Model;
use super::random::Random;
use super::watch::{Outcome, Worker};
use crate::workspace;
use farrier::commands::local_runtime;
use farrier_codegen::{Files, Layout, Package};
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Larger crates are not compiled.
const MAX_LINES: usize = 20_000;

/// The failures after which no more cases are run.
const MAX_FAILURES: usize = 10;

/// The cases to run.
pub(super) struct Settings {
    /// The number of the first case.
    pub(super) first: u64,
    pub(super) count: u64,
    pub(super) until: Instant,
    /// The number of crates to return.
    pub(super) sample: usize,
}

/// The results of all cases.
#[derive(Default)]
pub(super) struct Results {
    pub(super) cases: u64,
    pub(super) crates: u64,
    pub(super) refused: u64,
    /// A description of each failed case.
    pub(super) failures: Vec<String>,
    /// Some of the crates with their names, each with the same probability.
    pub(super) sample: Vec<(String, Files)>,
}

/// Runs the cases until the time is over.
pub(super) fn run(models: &[Model], settings: &Settings, root: &Path, out: &Path) -> Result<Results, Error> {
    std::fs::create_dir_all(out).map_err(|source| Error::Write { path: out.to_owned(), source })?;
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let (next, results) = (AtomicU64::new(0), Mutex::new(Results::default()));
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (next, results) = (&next, &results);
            scope.spawn(move || {
                let mut worker = Worker::start();
                let running = out.join(format!("running-{thread}"));
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let failures = results.lock().unwrap_or_else(PoisonError::into_inner).failures.len();
                    let is_over = index >= settings.count || Instant::now() >= settings.until;
                    if is_over || failures >= MAX_FAILURES {
                        return;
                    }
                    let number = settings.first.wrapping_add(index);
                    // A stack overflow ends the process: the file says which case it was.
                    let _ = std::fs::write(&running, number.to_string());
                    let Some(case) = Case::new(models, number) else { return };
                    let outcome = worker.generate(case.text.clone(), case.settings(root, out));
                    let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
                    results.add(&case, outcome, settings.sample, out);
                    drop(results);
                    let _ = std::fs::remove_file(&running);
                }
            });
        }
    });
    Ok(results.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// A changed model.
struct Case<'m> {
    number: u64,
    model: &'m Model,
    client: Option<&'m (String, &'static str)>,
    text: String,
}

impl<'m> Case<'m> {
    fn new(models: &'m [Model], number: u64) -> Option<Self> {
        let mut random = Random::new(number);
        // The smaller of two: a large model takes as long as hundreds of small ones.
        let (one, other) = (random.pick(models)?, random.pick(models)?);
        let model = if one.ids.len() < other.ids.len() { one } else { other };
        let client = random.pick(&model.clients);
        let text = Changes { random, model, models }.changed();
        Some(Self { number, model, client, text })
    }

    fn crate_name(&self) -> String {
        format!("mutant-{}", self.number)
    }

    fn settings(&self, root: &Path, out: &Path) -> farrier_codegen::Settings {
        let out = workspace::crate_dir(out, &self.crate_name());
        let runtime = local_runtime(&out, &root.join("runtime")).unwrap_or_default();
        farrier_codegen::Settings {
            service: self.client.map(|(service, _)| service.clone()),
            protocol: self.client.map(|(_, protocol)| (*protocol).to_owned()),
            name: Some(self.crate_name()),
            layout: Layout::Crate(Package { runtime, ..Package::default() }),
            command: "cargo xtask mutate".to_owned(),
            ..farrier_codegen::Settings::default()
        }
    }
}

impl Results {
    fn add(&mut self, case: &Case<'_>, outcome: Outcome, sample: usize, out: &Path) {
        self.cases += 1;
        match outcome {
            Outcome::Crate(generated) => {
                self.crates += 1;
                self.sample(case, generated.files, sample, out);
            }
            Outcome::Refused => self.refused += 1,
            Outcome::Failed(reason) => self.fail(case, &reason, out),
            Outcome::Hung => self.fail(case, "the generator did not end", out),
        }
    }

    /// Adds the crate to the sample, in place of another if there are enough.
    fn sample(&mut self, case: &Case<'_>, files: Files, count: usize, out: &Path) {
        let lines: usize = files.values().map(|text| text.lines().count()).sum();
        if lines > MAX_LINES || count == 0 {
            return;
        }
        let seen = usize::try_from(self.crates).unwrap_or(usize::MAX);
        let at = Random::new(case.number).below(seen);
        let entry = (case.crate_name(), files);
        if self.sample.len() < count {
            self.sample.push(entry);
        } else if let Some(old) = self.sample.get_mut(at) {
            *old = entry;
        } else {
            return;
        }
        save(case, out);
    }

    fn fail(&mut self, case: &Case<'_>, reason: &str, out: &Path) {
        let path = save(case, out);
        self.failures.push(format!(
            "error: {reason}: case {} of `{}`, saved as `{path}`; run it with `--seed {} --cases 1`",
            case.number, case.model.name, case.number
        ));
    }
}

/// Saves the model of a case. Returns its path.
fn save(case: &Case<'_>, out: &Path) -> String {
    let path = out.join("models").join(format!("{}.json", case.crate_name()));
    let _ = path.parent().map(std::fs::create_dir_all);
    let _ = std::fs::write(&path, &case.text);
    path.display().to_string()
}
