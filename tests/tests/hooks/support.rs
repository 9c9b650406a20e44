//! Hooks made of functions.

use farrier_runtime::client::{Attempt, AttemptResponse, Hook};
use farrier_runtime::transport::BoxError;
use farrier_tests::server::Server;
use signin_client::Client;
use std::sync::{Arc, Mutex};

/// Runs before each attempt.
pub(crate) struct Before<F>(pub(crate) F);

impl<F: Fn(&mut Attempt) -> Result<(), BoxError> + Send + Sync + 'static> Hook for Before<F> {
    async fn before_attempt(&self, attempt: &mut Attempt) -> Result<(), BoxError> {
        (self.0)(attempt)
    }
}

/// Runs after each response.
pub(crate) struct After<F>(pub(crate) F);

impl<F: Fn(&AttemptResponse) -> Result<(), BoxError> + Send + Sync + 'static> Hook for After<F> {
    async fn after_response(&self, answer: &AttemptResponse) -> Result<(), BoxError> {
        (self.0)(answer)
    }
}

/// What a hook has taken down.
pub(crate) struct Notes<T>(Arc<Mutex<Vec<T>>>);

impl<T> Notes<T> {
    /// All of it, once.
    pub(crate) fn take(&self) -> Vec<T> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

/// A hook that takes down something of each attempt.
pub(crate) fn of_attempts<T: Send + 'static>(
    of: impl Fn(&Attempt) -> T + Send + Sync + 'static,
) -> (impl Hook, Notes<T>) {
    let notes = Arc::new(Mutex::new(Vec::new()));
    let taken = Notes(Arc::clone(&notes));
    let hook = Before(move |attempt: &mut Attempt| {
        notes.lock().unwrap().push(of(attempt));
        Ok(())
    });
    (hook, taken)
}

/// A hook that takes down something of each answer.
pub(crate) fn of_answers<T: Send + 'static>(
    of: impl Fn(&AttemptResponse) -> T + Send + Sync + 'static,
) -> (impl Hook, Notes<T>) {
    let notes = Arc::new(Mutex::new(Vec::new()));
    let taken = Notes(Arc::clone(&notes));
    let hook = After(move |answer: &AttemptResponse| {
        notes.lock().unwrap().push(of(answer));
        Ok(())
    });
    (hook, taken)
}

/// A client of a server, with a hook.
pub(crate) fn hooked(server: &Server, hook: impl Hook) -> Client {
    Client::builder().endpoint_url(server.url()).hook(hook).build().unwrap()
}
