//! Whether and when a call that failed is tried again. No I/O and no clock in here: the loop tells what
//! happened and when, and is told how long to wait.
//!
//! The behaviour is the published one of the AWS SDKs
//! ([retry behavior](https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html)), with the
//! quotas and delays that they have since November 2026.

mod attempts;
mod backoff;
mod quota;
mod rate;

pub(super) use attempts::{Attempts, RetryState};

use std::time::Duration;

const DEFAULT_MAX_ATTEMPTS: u32 = 3;
const DEFAULT_MAX_BACKOFF: Duration = Duration::from_secs(20);

/// How calls that fail are tried again. What is not said stays as it is: for a call as its client has it, for
/// a client as the environment or the defaults have it.
///
/// A number stands for that many retries: `.retries(0)` is the same as `.retries(Retries::off())`.
///
/// ```
/// use farrier_runtime::client::Retries;
/// use std::time::Duration;
///
/// let patient = Retries::standard().max_attempts(6).max_backoff(Duration::from_secs(5));
/// # let _ = patient;
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retries {
    mode: Option<RetryMode>,
    max_attempts: Option<u32>,
    max_backoff: Option<Duration>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RetryMode {
    Standard,
    Adaptive,
}

impl Retries {
    /// Three attempts, exponential back-off with jitter, and a quota that all calls of the client share, so
    /// that a service in trouble is not asked more and more.
    pub const fn standard() -> Self {
        Self { mode: Some(RetryMode::Standard), max_attempts: None, max_backoff: None }
    }

    /// As standard, and all attempts of the client, first ones too, are slowed down as long as the service
    /// throttles. For a client that asks for one resource.
    pub const fn adaptive() -> Self {
        Self { mode: Some(RetryMode::Adaptive), max_attempts: None, max_backoff: None }
    }

    /// One attempt.
    pub const fn off() -> Self {
        Self { mode: None, max_attempts: Some(1), max_backoff: None }
    }

    /// How many attempts a call has at most, the first included; 0 is taken for 1.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = Some(if attempts == 0 { 1 } else { attempts });
        self
    }

    /// How long to wait between two attempts at most, and how long a `Retry-After` of the service is obeyed:
    /// with one that is longer, the call fails at once. 20 seconds unless set.
    pub const fn max_backoff(mut self, limit: Duration) -> Self {
        self.max_backoff = Some(limit);
        self
    }

    /// These, and where they say nothing, the others.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            mode: self.mode.or(other.mode),
            max_attempts: self.max_attempts.or(other.max_attempts),
            max_backoff: self.max_backoff.or(other.max_backoff),
        }
    }

    pub(super) fn attempts_allowed(&self) -> u32 {
        self.max_attempts.unwrap_or(DEFAULT_MAX_ATTEMPTS)
    }

    fn longest_backoff(&self) -> Duration {
        self.max_backoff.unwrap_or(DEFAULT_MAX_BACKOFF)
    }

    fn is_adaptive(&self) -> bool {
        self.mode == Some(RetryMode::Adaptive)
    }
}

impl From<u32> for Retries {
    /// So many attempts after the first.
    fn from(retries: u32) -> Self {
        Self::default().max_attempts(retries.saturating_add(1))
    }
}
