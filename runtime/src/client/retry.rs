//! Standard and adaptive retry behaviour, without I/O and without a clock: the caller passes in times and
//! sleeps.
//!
//! Follows the AWS SDKs
//! ([retry behavior](https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html)), with the
//! quotas and delays introduced in November 2026.

mod attempts;
mod backoff;
mod quota;
mod rate;

pub(super) use attempts::{Attempts, RetryState};

use std::time::Duration;

const DEFAULT_MAX_ATTEMPTS: u32 = 3;
const DEFAULT_MAX_BACKOFF: Duration = Duration::from_secs(20);

/// Retry behaviour. Unset fields of a call's setting default to the client's setting; those of the client's
/// setting default to the environment's, if it is read, and then to three attempts in standard mode.
///
/// A number converts to that many retries: `.retries(0)` is the same as `.retries(Retries::off())`.
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
    /// Standard mode: exponential back-off with jitter, and a retry quota shared by all calls of the client,
    /// which limits the load that retries put on a failing service.
    pub const fn standard() -> Self {
        Self { mode: Some(RetryMode::Standard), max_attempts: None, max_backoff: None }
    }

    /// Adaptive mode: standard mode, and all attempts of the client, including first attempts, are rate
    /// limited while the service throttles. Suited to a client that accesses one resource.
    pub const fn adaptive() -> Self {
        Self { mode: Some(RetryMode::Adaptive), max_attempts: None, max_backoff: None }
    }

    /// No retries: one attempt.
    pub const fn off() -> Self {
        Self { mode: None, max_attempts: Some(1), max_backoff: None }
    }

    /// Sets the maximum number of attempts, including the first. Default: 3. 0 is treated as 1.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = Some(if attempts == 0 { 1 } else { attempts });
        self
    }

    /// Sets the maximum delay between two attempts. Default: 20 seconds.
    ///
    /// A call whose response has a longer `Retry-After` fails without a retry. A `Retry-After` of up to 5
    /// seconds is accepted even if this is shorter.
    pub const fn max_backoff(mut self, limit: Duration) -> Self {
        self.max_backoff = Some(limit);
        self
    }

    /// Fills the unset fields from `other`.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            mode: self.mode.or(other.mode),
            max_attempts: self.max_attempts.or(other.max_attempts),
            max_backoff: self.max_backoff.or(other.max_backoff),
        }
    }

    pub(super) fn max_attempts_or_default(&self) -> u32 {
        self.max_attempts.unwrap_or(DEFAULT_MAX_ATTEMPTS)
    }

    fn max_backoff_or_default(&self) -> Duration {
        self.max_backoff.unwrap_or(DEFAULT_MAX_BACKOFF)
    }

    fn is_adaptive(&self) -> bool {
        self.mode == Some(RetryMode::Adaptive)
    }
}

impl From<u32> for Retries {
    /// Creates a setting with this many retries after the first attempt.
    fn from(retries: u32) -> Self {
        Self::default().max_attempts(retries.saturating_add(1))
    }
}
