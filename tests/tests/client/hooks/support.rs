//! Hooks made from functions.

use farrier_runtime::client::{Attempt, AttemptResponse, Hook};
use farrier_runtime::transport::BoxError;
use farrier_tests::server::Server;
use signin_client::Client;
use std::sync::{Arc, Mutex};

/// Runs before each attempt.
pub(crate) struct BeforeAttempt<F>(pub(crate) F);

impl<F: Fn(&mut Attempt) -> Result<(), BoxError> + Send + Sync + 'static> Hook for BeforeAttempt<F> {
    async fn before_attempt(&self, attempt: &mut Attempt<'_>) -> Result<(), BoxError> {
        (self.0)(attempt)
    }
}

/// Runs after each response.
pub(crate) struct AfterResponse<F>(pub(crate) F);

impl<F: Fn(&AttemptResponse) -> Result<(), BoxError> + Send + Sync + 'static> Hook for AfterResponse<F> {
    async fn after_response(&self, response: &AttemptResponse) -> Result<(), BoxError> {
        (self.0)(response)
    }
}

/// Values recorded by a hook.
pub(crate) struct Recorded<T>(Arc<Mutex<Vec<T>>>);

impl<T> Recorded<T> {
    /// Takes the values recorded so far.
    pub(crate) fn take(&self) -> Vec<T> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

/// Returns a hook that records a value of each attempt.
pub(crate) fn record_attempts<T: Send + 'static>(
    value_of: impl Fn(&Attempt) -> T + Send + Sync + 'static,
) -> (impl Hook, Recorded<T>) {
    let values = Arc::new(Mutex::new(Vec::new()));
    let recorded = Recorded(Arc::clone(&values));
    let hook = BeforeAttempt(move |attempt: &mut Attempt| {
        values.lock().unwrap().push(value_of(attempt));
        Ok(())
    });
    (hook, recorded)
}

/// Returns a hook that records a value of each response.
pub(crate) fn record_responses<T: Send + 'static>(
    value_of: impl Fn(&AttemptResponse) -> T + Send + Sync + 'static,
) -> (impl Hook, Recorded<T>) {
    let values = Arc::new(Mutex::new(Vec::new()));
    let recorded = Recorded(Arc::clone(&values));
    let hook = AfterResponse(move |response: &AttemptResponse| {
        values.lock().unwrap().push(value_of(response));
        Ok(())
    });
    (hook, recorded)
}

/// Returns a client for a server, with a hook.
pub(crate) fn client_with_hook(server: &Server, hook: impl Hook) -> Client {
    Client::builder().endpoint_url(server.url()).hook(hook).build().unwrap()
}
