//! The quota of retries that all calls of a client share.

use crate::error::Reason;
use std::sync::atomic::{AtomicU32, Ordering};

const CAPACITY: u32 = 500;
const TRANSIENT_COST: u32 = 14;
const THROTTLING_COST: u32 = 5;

/// A bucket of tokens: a retry takes some, a success brings some back. While a service fails altogether the
/// bucket is empty, and calls fail at their first attempt.
#[derive(Debug)]
pub(super) struct Quota(AtomicU32);

impl Quota {
    pub(super) fn new() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }

    /// Takes what a retry costs, and says what that is; `None` where there is not so much left.
    pub(super) fn take(&self, reason: Reason) -> Option<u32> {
        let cost = match reason {
            Reason::Transient => TRANSIENT_COST,
            Reason::Throttling => THROTTLING_COST,
        };
        let taken = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(cost));
        taken.ok().map(|_| cost)
    }

    /// A call succeeded: what its last retry took comes back, or one token if it needed none.
    pub(super) fn give_back(&self, taken: Option<u32>) {
        let more = taken.unwrap_or(1);
        let full = |left: u32| (left < CAPACITY).then(|| (left + more).min(CAPACITY));
        // A full bucket stays as it is.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, full);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_take_from_the_quota_until_it_is_empty() {
        let quota = Quota::new();
        let taken = std::iter::from_fn(|| quota.take(Reason::Transient)).count();
        assert_eq!(taken, 35);
        let taken = std::iter::from_fn(|| quota.take(Reason::Throttling)).count();
        assert_eq!(taken, 2);
    }

    #[test]
    fn a_success_gives_back_what_its_last_retry_took_and_one_token_otherwise() {
        let quota = Quota::new();
        while quota.take(Reason::Throttling).is_some() {}
        quota.give_back(Some(TRANSIENT_COST));
        assert!(quota.take(Reason::Transient).is_some());
        assert!(quota.take(Reason::Throttling).is_none());
        (0..THROTTLING_COST).for_each(|_| quota.give_back(None));
        assert!(quota.take(Reason::Throttling).is_some());
        (0..2 * CAPACITY).for_each(|_| quota.give_back(None));
        assert_eq!(quota.0.into_inner(), CAPACITY);
    }
}
