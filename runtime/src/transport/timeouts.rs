//! Timeouts that a transport enforces.

use std::time::Duration;

/// The default read timeout. Clients of services with slower responses have to raise it: an AWS Lambda
/// function may run for 15 minutes.
const DEFAULT_READ_TIMEOUT: Duration = Duration::from_secs(60);

/// The timeouts of one request. They are set as an extension of the request; a request without the extension
/// has the default timeouts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// The read timeout: the longest time without receiving any part of the response, once the request is
    /// sent.
    pub read: Option<Duration>,
    /// The longest time until the response is complete. The async client enforces it itself, by dropping the
    /// future; a blocking transport has to enforce it.
    pub total: Option<Duration>,
}

impl Default for Timeouts {
    /// Returns a read timeout of 60 seconds and no total timeout.
    fn default() -> Self {
        Self { read: Some(DEFAULT_READ_TIMEOUT), total: None }
    }
}
