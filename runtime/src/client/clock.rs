//! Clock skew correction. AWS services reject signatures that are more than five minutes off their own clock.

use crate::auth::SigningTimes;
use crate::error::{Failure, http_date, is_clock_skew};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// A smaller difference is no reason to retry, nor to doubt a correction.
const TOLERANCE: Duration = Duration::from_secs(4 * 60);

/// A larger difference is not corrected: the response lies, or the local clock is not set at all.
const MAX_CORRECTION: Duration = Duration::from_secs(24 * 60 * 60);

/// 2026-01-01, before the release of this crate. No service has an earlier time.
const RELEASED_AT: Duration = Duration::from_secs(1_767_225_600);

/// The clock of a client: the local clock, corrected by the service's `Date` if a request was rejected for
/// its signing time.
///
/// Only signatures use the corrected time. Identities expire by the local clock, so that a wrong `Date` cannot
/// make them look expired.
#[derive(Debug, Default)]
pub(super) struct Clock(Mutex<Option<Correction>>);

/// The service's time at a point of the monotonic clock.
#[derive(Clone, Copy, Debug)]
struct Correction {
    service: SystemTime,
    local: SystemTime,
    learned_at: Instant,
}

impl Clock {
    /// Returns the current times to sign with.
    pub(super) fn times(&self) -> SigningTimes {
        let (local, now) = (SystemTime::now(), Instant::now());
        let mut correction = self.correction();
        let service = correction.as_ref().and_then(|correction| correction.service_time(local, now));
        if service.is_none() {
            *correction = None;
        }
        SigningTimes { local, service: service.unwrap_or(local) }
    }

    /// Learns the service's time from a response that rejects a signature for clock skew. Returns true if it
    /// differs from the time of the signature, so that a retry may succeed.
    pub(super) fn correct(&self, failure: &Failure, signed: SignedAt) -> bool {
        if !is_clock_skew(failure) {
            return false;
        }
        let date = failure.response.as_ref().and_then(|r| r.headers().get(http::header::DATE)?.to_str().ok());
        let (local, now) = (SystemTime::now(), Instant::now());
        let Some(correction) = date.and_then(http_date).and_then(|date| Correction::new(date, local, now))
        else {
            return false;
        };
        let offset = distance(correction.service, signed.expected_at(local));
        *self.correction() = Some(correction);
        offset > TOLERANCE
    }

    /// Discards the correction.
    pub(super) fn reset(&self) {
        *self.correction() = None;
    }

    fn correction(&self) -> MutexGuard<'_, Option<Correction>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The time of a signature by two clocks.
#[derive(Clone, Copy, Debug)]
pub(super) struct SignedAt {
    pub(super) local: SystemTime,
    /// The time in the signature.
    pub(super) signed: SystemTime,
}

impl SignedAt {
    /// Returns the time that a signature would contain now, with the same difference to the local clock.
    fn expected_at(self, local: SystemTime) -> SystemTime {
        let elapsed = local.duration_since(self.local).unwrap_or_default();
        self.signed.checked_add(elapsed).unwrap_or(self.signed)
    }
}

impl Correction {
    /// Returns `None` for an absurd time: before this crate was released, or more than a day from the local
    /// clock.
    fn new(service: SystemTime, local: SystemTime, now: Instant) -> Option<Self> {
        let released_at = SystemTime::UNIX_EPOCH.checked_add(RELEASED_AT)?;
        let plausible = service >= released_at && distance(service, local) <= MAX_CORRECTION;
        plausible.then_some(Self { service, local, learned_at: now })
    }

    /// Returns the service's time; `None` if the local clock was set, or the machine slept, since the
    /// correction was learned.
    fn service_time(&self, local: SystemTime, now: Instant) -> Option<SystemTime> {
        let elapsed = now.saturating_duration_since(self.learned_at);
        let expected = self.local.checked_add(elapsed)?;
        if distance(expected, local) > TOLERANCE {
            return None;
        }
        self.service.checked_add(elapsed)
    }
}

/// Returns the time between two points in time.
fn distance(a: SystemTime, b: SystemTime) -> Duration {
    a.duration_since(b).unwrap_or_else(|error| error.duration())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(60 * 60);

    /// 2026-12-01.
    fn local() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_796_083_200)
    }

    #[test]
    fn corrects_by_at_most_a_day() {
        let now = Instant::now();
        for service in [local() + 24 * HOUR, local() - 24 * HOUR, local() + HOUR] {
            let correction = Correction::new(service, local(), now).unwrap();
            assert_eq!(correction.service_time(local(), now), Some(service));
        }
        for service in [local() + 25 * HOUR, local() - 25 * HOUR, local() + 24 * 365 * HOUR] {
            assert!(Correction::new(service, local(), now).is_none());
        }
    }

    #[test]
    fn rejects_a_time_before_the_release_even_if_it_is_near() {
        let long_ago = SystemTime::UNIX_EPOCH + RELEASED_AT - HOUR;
        assert!(Correction::new(long_ago, long_ago + HOUR, Instant::now()).is_none());
    }

    #[test]
    fn corrected_time_follows_the_monotonic_clock() {
        let now = Instant::now();
        let service = local() + HOUR;
        let correction = Correction::new(service, local(), now).unwrap();
        assert_eq!(correction.service_time(local() + 5 * HOUR, now + 5 * HOUR), Some(service + 5 * HOUR));
        let stepped = local() + 5 * HOUR + Duration::from_secs(30);
        assert_eq!(correction.service_time(stepped, now + 5 * HOUR), Some(service + 5 * HOUR));
    }

    #[test]
    fn correction_ends_when_the_local_clock_is_set() {
        let now = Instant::now();
        let correction = Correction::new(local() + HOUR, local(), now).unwrap();
        assert_eq!(correction.service_time(local() + HOUR, now), None);
        assert_eq!(correction.service_time(local() - HOUR, now), None);
    }

    #[test]
    fn time_of_a_signature_advances_with_the_local_clock() {
        let signed = SignedAt { local: local(), signed: local() + HOUR };
        assert_eq!(signed.expected_at(local() + HOUR), local() + 2 * HOUR);
    }
}
