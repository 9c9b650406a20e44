//! Attempt count and delays of one call.

use super::Retries;
use super::backoff;
use super::quota::Quota;
use super::rate::RateLimiter;
use crate::error::{Failure, Reason};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Retry state shared by all calls of a client.
#[derive(Debug)]
pub(in crate::client) struct RetryState {
    quota: Quota,
    rate_limiter: Mutex<RateLimiter>,
}

impl RetryState {
    pub(in crate::client) fn new() -> Self {
        Self { quota: Quota::new(), rate_limiter: Mutex::default() }
    }

    fn rate_limiter(&self) -> MutexGuard<'_, RateLimiter> {
        self.rate_limiter.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts the attempts of one call and decides on retries. Returns the tokens of an attempt that does not
/// start, for example because the call is cancelled during its delay.
pub(in crate::client) struct Attempts<'c> {
    shared: &'c RetryState,
    retries: Retries,
    count: u32,
    /// Tokens that the last retry acquired from the quota.
    spent: Option<u32>,
    /// Tokens acquired from the quota for a retry that has not started.
    reserved: Option<u32>,
    /// True if the attempt that has not started acquired a token of the rate limiter.
    rate_reserved: bool,
    total_delay: Duration,
}

/// A retry that the failure and the settings allow.
#[derive(Clone, Copy, Debug)]
pub(in crate::client) struct Retry {
    pub(in crate::client) delay: Duration,
    reason: Reason,
}

impl<'c> Attempts<'c> {
    pub(in crate::client) fn new(shared: &'c RetryState, retries: Retries) -> Self {
        Self {
            shared,
            retries,
            count: 0,
            spent: None,
            reserved: None,
            rate_reserved: false,
            total_delay: Duration::ZERO,
        }
    }

    /// Returns the number of attempts started.
    pub(in crate::client) fn count(&self) -> u32 {
        self.count
    }

    /// Returns the maximum number of attempts.
    pub(in crate::client) fn max(&self) -> u32 {
        self.retries.max_attempts_or_default()
    }

    /// Returns the total delay between the attempts so far.
    pub(in crate::client) fn total_delay(&self) -> Duration {
        self.total_delay
    }

    /// Returns the delay before the next attempt may start, which is zero unless the mode is adaptive and the
    /// rate is limited. `now` is the time since the client was built.
    pub(in crate::client) fn rate_delay(&mut self, now: impl FnOnce() -> Duration) -> Duration {
        if !self.retries.is_adaptive() {
            return Duration::ZERO;
        }
        let delay = self.shared.rate_limiter().acquire(now());
        self.rate_reserved = delay.is_some();
        delay.unwrap_or_default()
    }

    /// Starts an attempt, which spends its tokens.
    pub(in crate::client) fn start(&mut self) {
        self.count += 1;
        self.rate_reserved = false;
        self.spent = self.reserved.take();
    }

    /// Records that the attempt succeeded.
    pub(in crate::client) fn succeeded(&mut self, now: impl FnOnce() -> Duration) {
        self.shared.quota.release(self.spent.take());
        if self.retries.is_adaptive() {
            self.shared.rate_limiter().record(now(), false);
        }
    }

    /// Records that the attempt failed. Returns the retry, or `None` if there is none. `skewed` is true if a
    /// signature with the corrected time may succeed, which needs no delay. `random` is from 0 to 1.
    pub(in crate::client) fn failed(
        &mut self,
        failure: &Failure,
        skewed: bool,
        now: impl FnOnce() -> Duration,
        random: f64,
    ) -> Option<Retry> {
        let reason = failure.retry_reason();
        if self.retries.is_adaptive() {
            self.shared.rate_limiter().record(now(), reason == Some(Reason::Throttling));
        }
        if self.count >= self.max() {
            return None;
        }
        let Some(reason) = reason else {
            return skewed.then_some(Retry { delay: Duration::ZERO, reason: Reason::Transient });
        };
        let max_backoff = self.retries.max_backoff_or_default();
        let delay = backoff::delay(self.count, reason, max_backoff, random);
        let delay = backoff::apply_retry_after(delay, failure.retry_after(), max_backoff)?;
        Some(Retry { delay, reason })
    }

    /// Acquires the tokens of a retry from the quota. Returns false if too few are left.
    pub(in crate::client) fn reserve(&mut self, retry: Retry) -> bool {
        self.reserved = self.shared.quota.acquire(retry.reason);
        if self.reserved.is_none() {
            tracing::debug!("no retry: the retry quota of the client is exhausted");
        }
        self.reserved.is_some()
    }

    /// Adds a delay between two attempts to the total.
    pub(in crate::client) fn add_delay(&mut self, delay: Duration) {
        self.total_delay += delay;
    }
}

impl Drop for Attempts<'_> {
    fn drop(&mut self) {
        if let Some(tokens) = self.reserved {
            self.shared.quota.release(Some(tokens));
        }
        if self.rate_reserved {
            self.shared.rate_limiter().release();
        }
    }
}
