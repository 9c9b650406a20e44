//! Settings of a client that a call can override.

use super::Retries;
use crate::transport::Timeouts;
use std::time::Duration;

/// Settings of a client that a call can override.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// For the whole call, with all its attempts.
    pub(super) timeout: Option<Duration>,
    /// For each attempt.
    pub(super) attempt_timeout: Option<Duration>,
    /// For the next bytes of a response.
    pub(super) read_timeout: Option<Duration>,
    pub(super) retries: Retries,
    /// Set by the caller; `None` to derive it from the model.
    pub(super) repeatable: Option<bool>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: None,
            attempt_timeout: None,
            read_timeout: Timeouts::default().read,
            retries: Retries::default(),
            repeatable: None,
        }
    }
}
