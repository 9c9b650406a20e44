//! The attempts of one call.

use super::Retries;
use super::backoff;
use super::quota::Quota;
use super::rate::Rate;
use crate::error::{Failure, Reason};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What the calls of a client share.
#[derive(Debug)]
pub(in crate::client) struct RetryState {
    quota: Quota,
    rate: Mutex<Rate>,
}

impl RetryState {
    pub(in crate::client) fn new() -> Self {
        Self { quota: Quota::new(), rate: Mutex::default() }
    }

    fn rate(&self) -> MutexGuard<'_, Rate> {
        self.rate.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The attempts of one call.
pub(in crate::client) struct Attempts<'c> {
    shared: &'c RetryState,
    retries: Retries,
    made: u32,
    /// What the last retry took from the quota.
    taken: Option<u32>,
    delayed: Duration,
}

impl<'c> Attempts<'c> {
    pub(in crate::client) fn new(shared: &'c RetryState, retries: Retries) -> Self {
        Self { shared, retries, made: 0, taken: None, delayed: Duration::ZERO }
    }

    /// How many attempts were made, the one under way included.
    pub(in crate::client) fn made(&self) -> u32 {
        self.made
    }

    /// How many attempts there may be.
    pub(in crate::client) fn allowed(&self) -> u32 {
        self.retries.attempts_allowed()
    }

    /// How long was waited between attempts so far.
    pub(in crate::client) fn delayed(&self) -> Duration {
        self.delayed
    }

    /// An attempt begins. How long it has to wait for its turn in adaptive mode; `now` is since the client
    /// began.
    pub(in crate::client) fn begin(&mut self, now: impl FnOnce() -> Duration) -> Duration {
        self.made += 1;
        match self.retries.is_adaptive() {
            true => self.shared.rate().wait(now()),
            false => Duration::ZERO,
        }
    }

    /// The attempt succeeded.
    pub(in crate::client) fn succeeded(&mut self, now: impl FnOnce() -> Duration) {
        self.shared.quota.give_back(self.taken.take());
        if self.retries.is_adaptive() {
            self.shared.rate().record(now(), false);
        }
    }

    /// The attempt failed. How long to wait before the next; `None` when the failure is final. `random` is
    /// from 0 to 1.
    pub(in crate::client) fn failed(
        &mut self,
        failure: &Failure,
        may_repeat: bool,
        now: impl FnOnce() -> Duration,
        random: f64,
    ) -> Option<Duration> {
        let reason = failure.retry_reason();
        if self.retries.is_adaptive() {
            self.shared.rate().record(now(), reason == Some(Reason::Throttling));
        }
        let reason = reason.filter(|_| may_repeat && self.made < self.allowed())?;
        let longest = self.retries.longest_backoff();
        let delay = backoff::delay(self.made, reason, longest, random);
        let delay = backoff::apply_retry_after(delay, failure.retry_after(), longest)?;
        let taken = self.shared.quota.take(reason);
        if taken.is_none() {
            tracing::debug!("no retry: the calls of this client have used up their quota of retries");
        }
        self.taken = Some(taken?);
        Some(delay)
    }

    /// A failure that is gone once the clock is set right is tried again at once, if there is an attempt left.
    pub(in crate::client) fn failed_by_clock(&self) -> Option<Duration> {
        (self.made < self.allowed()).then_some(Duration::ZERO)
    }

    /// The time until the next attempt was waited.
    pub(in crate::client) fn waited(&mut self, delay: Duration) {
        self.delayed += delay;
    }
}
