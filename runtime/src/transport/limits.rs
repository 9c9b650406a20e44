//! Time limits that a transport keeps.

use std::time::Duration;

/// Time limits that a transport keeps, in the extensions of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeLimits {
    /// How long nothing at all may come of the answer, once the request is sent.
    pub read: Option<Duration>,
    /// How long until the whole answer is there. The async client keeps it by itself, by dropping the future; a
    /// transport that blocks has to keep it.
    pub total: Option<Duration>,
}
