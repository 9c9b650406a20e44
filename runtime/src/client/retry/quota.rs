//! The retry quota shared by all calls of a client.

use crate::error::Reason;
use std::sync::atomic::{AtomicU32, Ordering};

const CAPACITY: u32 = 500;
const TRANSIENT_COST: u32 = 14;
const THROTTLING_COST: u32 = 5;

/// A token bucket: retries acquire tokens and successful calls release some. While it is empty, calls fail at
/// their first attempt.
#[derive(Debug)]
pub(super) struct Quota(AtomicU32);

impl Quota {
    pub(super) fn new() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }

    /// Acquires the tokens for a retry and returns their number, or `None` if too few are left.
    pub(super) fn acquire(&self, reason: Reason) -> Option<u32> {
        let cost = match reason {
            Reason::Transient => TRANSIENT_COST,
            Reason::Throttling => THROTTLING_COST,
        };
        let acquired =
            self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(cost));
        acquired.ok().map(|_| cost)
    }

    /// Releases the tokens of the last retry of a successful call, or of a retry that did not start. `None`
    /// releases one token, for a call that succeeded without a retry.
    pub(super) fn release(&self, acquired: Option<u32>) {
        let more = acquired.unwrap_or(1);
        let refilled = |left: u32| (left < CAPACITY).then(|| (left + more).min(CAPACITY));
        // An error means that the bucket is full already.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, refilled);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_acquire_tokens_until_none_are_left() {
        let quota = Quota::new();
        let acquired = std::iter::from_fn(|| quota.acquire(Reason::Transient)).count();
        assert_eq!(acquired, 35);
        let acquired = std::iter::from_fn(|| quota.acquire(Reason::Throttling)).count();
        assert_eq!(acquired, 2);
    }

    #[test]
    fn success_releases_the_tokens_of_its_retry_or_one_token() {
        let quota = Quota::new();
        while quota.acquire(Reason::Throttling).is_some() {}
        quota.release(Some(TRANSIENT_COST));
        assert!(quota.acquire(Reason::Transient).is_some());
        assert!(quota.acquire(Reason::Throttling).is_none());
        (0..THROTTLING_COST).for_each(|_| quota.release(None));
        assert!(quota.acquire(Reason::Throttling).is_some());
        (0..2 * CAPACITY).for_each(|_| quota.release(None));
        assert_eq!(quota.0.into_inner(), CAPACITY);
    }
}
