//! How long to wait before the next attempt.

use crate::error::Reason;
use std::time::Duration;

const TRANSIENT_BASE: Duration = Duration::from_millis(50);
const THROTTLING_BASE: Duration = Duration::from_secs(1);

/// How much longer than by its own reckoning a client waits because `x-amz-retry-after` says so.
const LONGEST_EXTRA: Duration = Duration::from_secs(5);

/// A random part of the delay, which doubles with each attempt made, so that clients that failed together do
/// not return together. `random` is from 0 to 1.
pub(super) fn delay(made: u32, reason: Reason, longest: Duration, random: f64) -> Duration {
    let base = match reason {
        Reason::Transient => TRANSIENT_BASE,
        Reason::Throttling => THROTTLING_BASE,
    };
    let doublings = made.saturating_sub(1).min(16);
    base.saturating_mul(1 << doublings).min(longest).mul_f64(random.clamp(0.0, 1.0))
}

/// The delay, at least as long as the service asks for; `None` where that is longer than anyone would wait.
pub(super) fn apply_retry_after(
    delay: Duration,
    asked: Option<Duration>,
    longest: Duration,
) -> Option<Duration> {
    match asked {
        Some(asked) if asked > longest.max(LONGEST_EXTRA) => None,
        Some(asked) => Some(delay.max(asked)),
        None => Some(delay),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONGEST: Duration = Duration::from_secs(20);

    #[test]
    fn delays_double_up_to_the_longest_and_throttling_waits_longer() {
        let delays =
            |reason| (1..=10).map(|made| delay(made, reason, LONGEST, 1.0).as_millis()).collect::<Vec<_>>();
        assert_eq!(delays(Reason::Transient), [50, 100, 200, 400, 800, 1600, 3200, 6400, 12800, 20000]);
        assert_eq!(delays(Reason::Throttling)[..6], [1000, 2000, 4000, 8000, 16000, 20000]);
        assert_eq!(
            delay(u32::MAX, Reason::Transient, LONGEST, 1.0),
            Duration::from_millis(3_276_800).min(LONGEST)
        );
    }

    #[test]
    fn a_random_part_of_the_delay_is_waited() {
        assert_eq!(delay(2, Reason::Throttling, LONGEST, 0.0), Duration::ZERO);
        assert_eq!(delay(2, Reason::Throttling, LONGEST, 0.25), Duration::from_millis(500));
    }

    #[test]
    fn what_the_service_asks_for_is_obeyed_unless_it_is_too_long() {
        let second = Duration::from_secs(1);
        assert_eq!(apply_retry_after(second, None, LONGEST), Some(second));
        assert_eq!(apply_retry_after(second, Some(second * 3), LONGEST), Some(second * 3));
        assert_eq!(apply_retry_after(second, Some(Duration::ZERO), LONGEST), Some(second));
        assert_eq!(apply_retry_after(second, Some(second * 20), LONGEST), Some(second * 20));
        assert_eq!(apply_retry_after(second, Some(second * 21), LONGEST), None);
    }
}
