//! Whether a call that failed is tried again, and after how long. No I/O, no clock: the async and the
//! blocking client ask the same questions.

use crate::error::Failure;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

const LONGEST_DELAY: Duration = Duration::from_secs(20);
const FIRST_DELAY: Duration = Duration::from_millis(100);

/// The attempts of one call.
pub(super) struct Attempts {
    made: u32,
    allowed: u32,
}

impl Attempts {
    pub(super) fn new(retries: u32) -> Self {
        Self { made: 0, allowed: retries.saturating_add(1) }
    }

    /// How many attempts were made, the one under way included.
    pub(super) fn made(&self) -> u32 {
        self.made
    }

    pub(super) fn begin(&mut self) {
        self.made += 1;
    }

    /// How long to wait before the next attempt; `None` when the failure is final.
    ///
    /// Only what is harmless is repeated: a request that certainly was not carried out, or an operation
    /// that the model marks as idempotent or readonly. A body that is streamed is gone after one attempt.
    pub(super) fn delay_after(&self, failure: &Failure, replayable: bool) -> Option<Duration> {
        let harmless = failure.operation.is_idempotent() || failure.is_certainly_undone();
        let again = self.made < self.allowed && failure.is_retryable() && harmless && replayable;
        again.then(|| jitter(backoff(self.made)))
    }
}

fn backoff(made: u32) -> Duration {
    let doublings = made.saturating_sub(1).min(16);
    FIRST_DELAY.saturating_mul(1 << doublings).min(LONGEST_DELAY)
}

/// A random part of the delay, so that clients that failed together do not return together.
fn jitter(delay: Duration) -> Duration {
    let random = RandomState::new().hash_one(()) as f64 / u64::MAX as f64;
    delay.mul_f64(random)
}
