//! Runs of the generator that may panic or not end.

use farrier_codegen::{Generated, Settings, Source};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// The time in which a model must be generated. The largest take a few seconds without optimization.
const MAX_TIME: Duration = Duration::from_secs(60);

/// The result of a run.
pub(super) enum Outcome {
    /// A crate was generated.
    Crate(Box<Generated>),
    /// The model was refused.
    Refused,
    /// The generator panicked, or its result was wrong.
    Failed(String),
    /// The generator did not end. Its thread still runs.
    Hung,
}

/// A thread that generates crates. It is replaced if it hangs.
pub(super) struct Worker {
    jobs: Sender<(String, Settings)>,
    outcomes: Receiver<Outcome>,
}

impl Worker {
    pub(super) fn start() -> Self {
        let (jobs, received) = channel::<(String, Settings)>();
        let (sender, outcomes) = channel();
        std::thread::spawn(move || {
            for (text, settings) in received {
                if sender.send(generate(text, &settings)).is_err() {
                    return;
                }
            }
        });
        Self { jobs, outcomes }
    }

    /// Generates a crate from the text of a model.
    pub(super) fn generate(&mut self, text: String, settings: Settings) -> Outcome {
        if self.jobs.send((text, settings)).is_err() {
            return Outcome::Failed("the thread of the generator ended".to_owned());
        }
        match self.outcomes.recv_timeout(MAX_TIME) {
            Ok(outcome) => outcome,
            Err(RecvTimeoutError::Timeout) => {
                *self = Self::start();
                Outcome::Hung
            }
            Err(RecvTimeoutError::Disconnected) => {
                Outcome::Failed("the thread of the generator ended".to_owned())
            }
        }
    }
}

fn generate(text: String, settings: &Settings) -> Outcome {
    let run = || farrier_codegen::generate(&[Source::new("model.json", text)], settings);
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(generated)) => Outcome::Crate(Box::new(generated)),
        Ok(Err(diagnostics)) => {
            let is_bug = |message: &str| message.contains("is a bug in the generator");
            let bug = diagnostics.iter().find(|diagnostic| diagnostic.help.as_deref().is_some_and(is_bug));
            bug.map_or(Outcome::Refused, |diagnostic| Outcome::Failed(diagnostic.message.clone()))
        }
        Err(_) => Outcome::Failed("the generator panicked".to_owned()),
    }
}
