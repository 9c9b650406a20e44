//! Clock skew correction. AWS services reject signatures that are more than five minutes off their own clock.

use crate::error::{Failure, http_date, is_clock_skew};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// A smaller difference in seconds is no reason to retry.
const TOLERANCE: i64 = 4 * 60;

/// The offset of the service's clock from the local one in seconds, positive if it is ahead.
#[derive(Debug, Default)]
pub(super) struct Clock(AtomicI64);

impl Clock {
    /// Returns the current time by the service's clock.
    pub(super) fn now(&self) -> SystemTime {
        let now = SystemTime::now();
        let offset = self.offset();
        let difference = Duration::from_secs(offset.unsigned_abs());
        let shifted = if offset < 0 { now.checked_sub(difference) } else { now.checked_add(difference) };
        shifted.unwrap_or(now)
    }

    /// Returns the known offset of the service's clock in seconds.
    pub(super) fn offset(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Corrects the offset by the `Date` of a response that rejects a request for clock skew. Returns true if
    /// the new offset differs from the one that the request was signed with, so that a retry may succeed.
    pub(super) fn correct(&self, failure: &Failure, signed_with: i64) -> bool {
        if !is_clock_skew(failure) {
            return false;
        }
        let date = failure.response.as_ref().and_then(|r| r.headers().get(http::header::DATE)?.to_str().ok());
        let Some(offset) = date.and_then(http_date).and_then(|date| seconds_between(SystemTime::now(), date))
        else {
            return false;
        };
        self.0.store(offset, Ordering::Relaxed);
        signed_with.abs_diff(offset) > TOLERANCE.unsigned_abs()
    }
}

/// Returns the seconds from `local` to `remote`, negative if `remote` is behind.
fn seconds_between(local: SystemTime, remote: SystemTime) -> Option<i64> {
    match remote.duration_since(local) {
        Ok(ahead) => i64::try_from(ahead.as_secs()).ok(),
        Err(behind) => i64::try_from(behind.duration().as_secs()).ok().map(|seconds| -seconds),
    }
}
