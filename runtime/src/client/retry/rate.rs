//! The rate of attempts in adaptive mode: what CUBIC
//! ([RFC 9438](https://www.rfc-editor.org/rfc/rfc9438)) does for the windows of TCP. It falls when the service
//! throttles, and grows back, slowly near the rate at which it was throttled last.

use std::time::Duration;

/// How much of the rate is left after throttling.
const BETA: f64 = 0.7;
/// How fast the rate grows back.
const SCALE: f64 = 0.4;
/// How much the latest measurement counts.
const SMOOTH: f64 = 0.8;
/// Rates in attempts per second; the least is one every two seconds.
const LEAST_RATE: f64 = 0.5;
const LEAST_CAPACITY: f64 = 1.0;

/// A bucket of tokens that is filled at the rate; an attempt takes one. Times are since the client began.
#[derive(Debug, Default)]
pub(super) struct Rate {
    /// Off until the service throttles for the first time.
    on: bool,
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

impl Rate {
    /// How long the next attempt has to wait. Its token is taken.
    pub(super) fn wait(&mut self, now: Duration) -> Duration {
        if !self.on {
            return Duration::ZERO;
        }
        self.fill(now.as_secs_f64());
        self.tokens -= 1.0;
        let missing = (-self.tokens).max(0.0);
        Duration::try_from_secs_f64(missing / self.fill_rate.max(LEAST_RATE)).unwrap_or_default()
    }

    /// An attempt was answered, with throttling or without.
    pub(super) fn record(&mut self, now: Duration, throttled: bool) {
        let now = now.as_secs_f64();
        self.measure(now);
        let rate = if throttled {
            let rate = if self.on { self.measured_rate.min(self.fill_rate) } else { self.measured_rate };
            self.throttled_rate = rate;
            self.throttled_at = now;
            self.on = true;
            rate * BETA
        } else {
            self.grown(now)
        };
        if self.on {
            self.set_rate(now, rate.min(2.0 * self.measured_rate));
        }
    }

    /// The rate at this time after the last throttling.
    fn grown(&self, now: f64) -> f64 {
        let plateau_after = (self.throttled_rate * (1.0 - BETA) / SCALE).cbrt();
        let since = now - self.throttled_at - plateau_after;
        SCALE * since.powi(3) + self.throttled_rate
    }

    fn set_rate(&mut self, now: f64, rate: f64) {
        self.fill(now);
        self.fill_rate = rate.max(LEAST_RATE);
        self.capacity = rate.max(LEAST_CAPACITY);
        self.tokens = self.tokens.min(self.capacity);
    }

    fn fill(&mut self, now: f64) {
        let filled = (now - self.filled_at).max(0.0) * self.fill_rate;
        self.tokens = (self.tokens + filled).min(self.capacity);
        self.filled_at = now;
    }

    /// The rate of attempts, smoothed, measured every half second.
    fn measure(&mut self, now: f64) {
        self.attempts += 1.0;
        let half_second = (now * 2.0).floor() / 2.0;
        if half_second > self.measured_at {
            let rate = self.attempts / (half_second - self.measured_at);
            self.measured_rate = rate * SMOOTH + self.measured_rate * (1.0 - SMOOTH);
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

    /// Attempts at 10 a second for ten seconds.
    fn steady() -> Rate {
        let mut rate = Rate::default();
        for tenth in 0..100 {
            let now = at(f64::from(tenth) / 10.0);
            assert_eq!(rate.wait(now), Duration::ZERO);
            rate.record(now, false);
        }
        rate
    }

    #[test]
    fn nothing_waits_until_the_service_throttles() {
        let mut rate = steady();
        assert!((9.0..11.0).contains(&rate.measured_rate), "{}", rate.measured_rate);
        assert_eq!(rate.wait(at(10.0)), Duration::ZERO);
    }

    #[test]
    fn throttling_takes_the_rate_down_and_attempts_wait_for_their_turn() {
        let mut rate = steady();
        rate.record(at(10.0), true);
        assert!((6.0..8.0).contains(&rate.fill_rate), "{}", rate.fill_rate);
        let waits: Vec<_> = (0..3).map(|_| rate.wait(at(10.0)).as_secs_f64()).collect();
        assert!(waits[0] > 0.1 && waits[1] > waits[0] && waits[2] > waits[1], "{waits:?}");
    }

    #[test]
    fn the_rate_grows_back_without_throttling_and_falls_again_with_it() {
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
    fn the_rate_never_stops() {
        let mut rate = Rate::default();
        for second in 0..50 {
            rate.record(at(f64::from(second)), true);
        }
        assert!(rate.fill_rate >= LEAST_RATE);
        assert!(rate.wait(at(50.0)) <= Duration::from_secs(2));
    }
}
