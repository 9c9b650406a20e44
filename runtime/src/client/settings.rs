//! Settings of a client that a call can override.

use super::Retries;
use crate::codec::DEFAULT_MAX_MEMORY;
use crate::transport::{MinThroughput, Timeouts};
use std::time::Duration;

const MAX_RESPONSE_BODY: usize = 256 << 20;
const MAX_ERROR_BODY: usize = 1 << 20;

/// Settings of a client that a call can override.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// For the whole call, with all its attempts.
    pub(super) timeout: Option<Duration>,
    /// For each attempt.
    pub(super) attempt_timeout: Option<Duration>,
    /// For the next bytes of a response.
    pub(super) read_timeout: Option<Duration>,
    pub(super) min_throughput: MinThroughput,
    /// The maximum size of a successful response's body in bytes, unless it is streamed.
    pub(super) max_response_body: usize,
    /// The maximum size of an error response's body in bytes.
    pub(super) max_error_body: usize,
    /// The memory in bytes that the values in any response may take.
    pub(super) max_parsed_memory: usize,
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
            min_throughput: MinThroughput::default(),
            max_response_body: MAX_RESPONSE_BODY,
            max_error_body: MAX_ERROR_BODY,
            max_parsed_memory: DEFAULT_MAX_MEMORY,
            retries: Retries::default(),
            repeatable: None,
        }
    }
}
