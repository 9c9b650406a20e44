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

/// Counts the attempts of one call and decides on retries.
pub(in crate::client) struct Attempts<'c> {
    shared: &'c RetryState,
    retries: Retries,
    count: u32,
    /// Tokens acquired from the quota by the last retry.
    acquired: Option<u32>,
    total_delay: Duration,
}

impl<'c> Attempts<'c> {
    pub(in crate::client) fn new(shared: &'c RetryState, retries: Retries) -> Self {
        Self { shared, retries, count: 0, acquired: None, total_delay: Duration::ZERO }
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

    /// Starts an attempt. Returns the delay before it may be sent, which is zero unless the mode is adaptive
    /// and the rate is limited. `now` is the time since the client was built.
    pub(in crate::client) fn start(&mut self, now: impl FnOnce() -> Duration) -> Duration {
        self.count += 1;
        match self.retries.is_adaptive() {
            true => self.shared.rate_limiter().acquire(now()),
            false => Duration::ZERO,
        }
    }

    /// Records that the attempt succeeded.
    pub(in crate::client) fn succeeded(&mut self, now: impl FnOnce() -> Duration) {
        self.shared.quota.release(self.acquired.take());
        if self.retries.is_adaptive() {
            self.shared.rate_limiter().record(now(), false);
        }
    }

    /// Records that the attempt failed. Returns the delay before the next attempt, or `None` if there is
    /// none. `random` is from 0 to 1.
    pub(in crate::client) fn failed(
        &mut self,
        failure: &Failure,
        may_retry: bool,
        now: impl FnOnce() -> Duration,
        random: f64,
    ) -> Option<Duration> {
        let reason = failure.retry_reason();
        if self.retries.is_adaptive() {
            self.shared.rate_limiter().record(now(), reason == Some(Reason::Throttling));
        }
        let reason = reason.filter(|_| may_retry && self.count < self.max())?;
        let max_backoff = self.retries.max_backoff_or_default();
        let delay = backoff::delay(self.count, reason, max_backoff, random);
        let delay = backoff::apply_retry_after(delay, failure.retry_after(), max_backoff)?;
        let acquired = self.shared.quota.acquire(reason);
        if acquired.is_none() {
            tracing::debug!("no retry: the retry quota of the client is exhausted");
        }
        self.acquired = Some(acquired?);
        Some(delay)
    }

    /// Returns a delay of zero if an attempt is left. Clock skew needs no back-off and takes nothing from the
    /// quota.
    pub(in crate::client) fn retry_immediately(&self) -> Option<Duration> {
        (self.count < self.max()).then_some(Duration::ZERO)
    }

    /// Adds a delay between two attempts to the total.
    pub(in crate::client) fn add_delay(&mut self, delay: Duration) {
        self.total_delay += delay;
    }
}
