//! What may be set for a client and changed for one call.

use super::Retries;
use crate::transport::Timeouts;
use std::time::Duration;

/// What may be set for a client and changed for one call.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// For the whole call.
    pub(super) timeout: Option<Duration>,
    /// For each attempt.
    pub(super) attempt_timeout: Option<Duration>,
    /// For the next byte of an answer.
    pub(super) read_timeout: Option<Duration>,
    pub(super) retries: Retries,
    /// Whether sending the request twice is harmless, where the caller knows better than the model.
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
