//! Time limits that a transport keeps.

use std::time::Duration;

/// How long nothing at all may come of an answer. Services whose calls take longer exist (a function of AWS Lambda
/// may run for 15 minutes): their clients are told so.
const DEFAULT_READ: Duration = Duration::from_secs(60);

/// Time limits that a transport keeps, in the extensions of a request. One without keeps the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// How long nothing at all may come of the answer, once the request is sent.
    pub read: Option<Duration>,
    /// How long until the whole answer is there. The async client keeps it by itself, by dropping the future; a
    /// transport that blocks has to keep it.
    pub total: Option<Duration>,
}

impl Default for Timeouts {
    /// 60 seconds of silence.
    fn default() -> Self {
        Self { read: Some(DEFAULT_READ), total: None }
    }
}
