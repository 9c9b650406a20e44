//! The service's clock, as far as it differs from ours: signatures are good for five minutes by its clock.

use crate::error::{Failure, http_date, is_clock_skew};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// Clocks that differ by less are taken for equal.
const TOLERANCE: i64 = 4 * 60;

/// By how many seconds the service's clock is ahead of ours, as its answers told.
#[derive(Debug, Default)]
pub(super) struct Clock(AtomicI64);

impl Clock {
    /// The time by the service's clock.
    pub(super) fn now(&self) -> SystemTime {
        let now = SystemTime::now();
        let ahead = self.ahead();
        let by = Duration::from_secs(ahead.unsigned_abs());
        let shifted = if ahead < 0 { now.checked_sub(by) } else { now.checked_add(by) };
        shifted.unwrap_or(now)
    }

    /// By how many seconds the service's clock is taken to be ahead.
    pub(super) fn ahead(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Whether the service refused a request for its time, which was made when its clock was taken to be `before`
    /// seconds ahead, and the clock has been set right since, by this answer or by that to another call.
    pub(super) fn was_set_by(&self, failure: &Failure, before: i64) -> bool {
        if !is_clock_skew(failure) {
            return false;
        }
        let date = failure.response.as_ref().and_then(|r| r.headers().get(http::header::DATE)?.to_str().ok());
        let Some(ahead) = date.and_then(http_date).and_then(|date| seconds_ahead(date, SystemTime::now()))
        else {
            return false;
        };
        self.0.store(ahead, Ordering::Relaxed);
        before.abs_diff(ahead) > TOLERANCE.unsigned_abs()
    }
}

fn seconds_ahead(theirs: SystemTime, ours: SystemTime) -> Option<i64> {
    match theirs.duration_since(ours) {
        Ok(ahead) => i64::try_from(ahead.as_secs()).ok(),
        Err(behind) => i64::try_from(behind.duration().as_secs()).ok().map(|seconds| -seconds),
    }
}
