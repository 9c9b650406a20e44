//! Client-side rate limiting of adaptive mode, after TCP's CUBIC ([RFC
//! 9438](https://www.rfc-editor.org/rfc/rfc9438)): the rate drops when the service throttles and recovers
//! along a cubic curve that is flat near the rate of the last throttling.

use std::time::Duration;

/// Factor applied to the rate on throttling.
const BETA: f64 = 0.7;
/// CUBIC's constant `C`: how fast the rate recovers.
const SCALE: f64 = 0.4;
/// Weight of the latest measurement.
const SMOOTHING: f64 = 0.8;
/// In attempts per second.
const MIN_RATE: f64 = 0.5;
const MIN_CAPACITY: f64 = 1.0;

/// A token bucket that fills at the current rate; an attempt acquires one token. Times are since the client
/// was built.
#[derive(Debug, Default)]
pub(super) struct RateLimiter {
    /// False until the service throttles for the first time.
    enabled: bool,
    fill_rate: f64,
    capacity: f64,
    tokens: f64,
    filled_at: f64,
    measured_rate: f64,
    measured_at: f64,
    attempts: f64,
    throttled_rate: f64,
    throttled_at: f64,
}

impl RateLimiter {
    /// Acquires the token of an attempt and returns the delay until it is available. Returns `None` if the
    /// rate is not limited.
    pub(super) fn acquire(&mut self, now: Duration) -> Option<Duration> {
        if !self.enabled {
            return None;
        }
        self.fill(now.as_secs_f64());
        self.tokens -= 1.0;
        let missing = (-self.tokens).max(0.0);
        Some(Duration::try_from_secs_f64(missing / self.fill_rate.max(MIN_RATE)).unwrap_or_default())
    }

    /// Returns the token of an attempt that did not start.
    pub(super) fn release(&mut self) {
        self.tokens = (self.tokens + 1.0).min(self.capacity);
    }

    /// Records the result of an attempt and updates the rate.
    pub(super) fn record(&mut self, now: Duration, throttled: bool) {
        let now = now.as_secs_f64();
        self.measure(now);
        let rate = if throttled {
            let rate = if self.enabled { self.measured_rate.min(self.fill_rate) } else { self.measured_rate };
            self.throttled_rate = rate;
            self.throttled_at = now;
            self.enabled = true;
            rate * BETA
        } else {
            self.cubic_rate(now)
        };
        if self.enabled {
            self.set_rate(now, rate.min(2.0 * self.measured_rate));
        }
    }

    /// Returns the rate on the cubic curve since the last throttling.
    fn cubic_rate(&self, now: f64) -> f64 {
        let plateau_after = (self.throttled_rate * (1.0 - BETA) / SCALE).cbrt();
        let since = now - self.throttled_at - plateau_after;
        SCALE * since.powi(3) + self.throttled_rate
    }

    fn set_rate(&mut self, now: f64, rate: f64) {
        self.fill(now);
        self.fill_rate = rate.max(MIN_RATE);
        self.capacity = rate.max(MIN_CAPACITY);
        self.tokens = self.tokens.min(self.capacity);
    }

    fn fill(&mut self, now: f64) {
        let filled = (now - self.filled_at).max(0.0) * self.fill_rate;
        self.tokens = (self.tokens + filled).min(self.capacity);
        self.filled_at = now;
    }

    /// Counts an attempt and updates the smoothed rate of attempts every half second.
    fn measure(&mut self, now: f64) {
        self.attempts += 1.0;
        let half_second = (now * 2.0).floor() / 2.0;
        if half_second > self.measured_at {
            let rate = self.attempts / (half_second - self.measured_at);
            self.measured_rate = rate * SMOOTHING + self.measured_rate * (1.0 - SMOOTHING);
            self.attempts = 0.0;
            self.measured_at = half_second;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds)
    }

    /// Returns a limiter after 10 attempts per second for ten seconds.
    fn steady() -> RateLimiter {
        let mut rate = RateLimiter::default();
        for tenth in 0..100 {
            let now = at(f64::from(tenth) / 10.0);
            assert_eq!(rate.acquire(now), None);
            rate.record(now, false);
        }
        rate
    }

    #[test]
    fn does_not_delay_before_the_service_throttles() {
        let mut rate = steady();
        assert!((9.0..11.0).contains(&rate.measured_rate), "{}", rate.measured_rate);
        assert_eq!(rate.acquire(at(10.0)), None);
    }

    #[test]
    fn throttling_lowers_the_rate_and_delays_attempts() {
        let mut rate = steady();
        rate.record(at(10.0), true);
        assert!((6.0..8.0).contains(&rate.fill_rate), "{}", rate.fill_rate);
        let waits: Vec<_> = (0..3).map(|_| rate.acquire(at(10.0)).unwrap().as_secs_f64()).collect();
        assert!(waits[0] > 0.1 && waits[1] > waits[0] && waits[2] > waits[1], "{waits:?}");
    }

    #[test]
    fn rate_recovers_and_drops_again_on_throttling() {
        let mut rate = steady();
        rate.record(at(10.0), true);
        let low = rate.fill_rate;
        for tenth in 100..160 {
            rate.record(at(f64::from(tenth) / 10.0), false);
        }
        assert!(rate.fill_rate > low, "{} {low}", rate.fill_rate);
        let high = rate.fill_rate;
        rate.record(at(16.0), true);
        assert!(rate.fill_rate < high);
    }

    #[test]
    fn rate_stays_above_the_minimum() {
        let mut rate = RateLimiter::default();
        for second in 0..50 {
            rate.record(at(f64::from(second)), true);
        }
        assert!(rate.fill_rate >= MIN_RATE);
        assert!(rate.acquire(at(50.0)).unwrap() <= Duration::from_secs(2));
    }

    #[test]
    fn released_tokens_do_not_delay_later_attempts() {
        let mut rate = steady();
        rate.record(at(10.0), true);
        let first = rate.acquire(at(10.0));
        for _ in 0..50 {
            rate.acquire(at(10.0)).unwrap();
        }
        (0..51).for_each(|_| rate.release());
        assert_eq!(rate.acquire(at(10.0)), first);
    }
}
