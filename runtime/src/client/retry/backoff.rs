//! Exponential back-off with jitter, and `Retry-After`.

use crate::error::Reason;
use std::time::Duration;

const TRANSIENT_BASE: Duration = Duration::from_millis(50);
const THROTTLING_BASE: Duration = Duration::from_secs(1);

/// A `Retry-After` up to this is accepted even if `max_backoff` is shorter.
const MIN_RETRY_AFTER_LIMIT: Duration = Duration::from_secs(5);

/// Returns the delay after the given number of attempts: a random part (full jitter) of a base that doubles
/// with each attempt. `random` is from 0 to 1.
pub(super) fn delay(attempts: u32, reason: Reason, max_backoff: Duration, random: f64) -> Duration {
    let base = match reason {
        Reason::Transient => TRANSIENT_BASE,
        Reason::Throttling => THROTTLING_BASE,
    };
    let doublings = attempts.saturating_sub(1).min(16);
    base.saturating_mul(1 << doublings).min(max_backoff).mul_f64(random.clamp(0.0, 1.0))
}

/// Returns the delay, raised to the service's `Retry-After`; `None` if that exceeds the limit.
pub(super) fn apply_retry_after(
    delay: Duration,
    retry_after: Option<Duration>,
    max_backoff: Duration,
) -> Option<Duration> {
    match retry_after {
        Some(retry_after) if retry_after > max_backoff.max(MIN_RETRY_AFTER_LIMIT) => None,
        Some(retry_after) => Some(delay.max(retry_after)),
        None => Some(delay),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAX_BACKOFF: Duration = Duration::from_secs(20);

    #[test]
    fn delay_doubles_up_to_the_maximum() {
        let delays = |reason| {
            (1..=10).map(|attempts| delay(attempts, reason, MAX_BACKOFF, 1.0).as_millis()).collect::<Vec<_>>()
        };
        assert_eq!(delays(Reason::Transient), [50, 100, 200, 400, 800, 1600, 3200, 6400, 12800, 20000]);
        assert_eq!(delays(Reason::Throttling)[..6], [1000, 2000, 4000, 8000, 16000, 20000]);
        assert_eq!(
            delay(u32::MAX, Reason::Transient, MAX_BACKOFF, 1.0),
            Duration::from_millis(3_276_800).min(MAX_BACKOFF)
        );
    }

    #[test]
    fn delay_is_multiplied_by_the_random_factor() {
        assert_eq!(delay(2, Reason::Throttling, MAX_BACKOFF, 0.0), Duration::ZERO);
        assert_eq!(delay(2, Reason::Throttling, MAX_BACKOFF, 0.25), Duration::from_millis(500));
    }

    #[test]
    fn retry_after_raises_the_delay_up_to_the_limit() {
        let second = Duration::from_secs(1);
        assert_eq!(apply_retry_after(second, None, MAX_BACKOFF), Some(second));
        assert_eq!(apply_retry_after(second, Some(second * 3), MAX_BACKOFF), Some(second * 3));
        assert_eq!(apply_retry_after(second, Some(Duration::ZERO), MAX_BACKOFF), Some(second));
        assert_eq!(apply_retry_after(second, Some(second * 20), MAX_BACKOFF), Some(second * 20));
        assert_eq!(apply_retry_after(second, Some(second * 21), MAX_BACKOFF), None);
    }
}
