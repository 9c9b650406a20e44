//! The minimum throughput of uploads and downloads.

use std::time::Duration;

const DEFAULT_BYTES_PER_SECOND: u64 = 1;
const DEFAULT_GRACE_PERIOD: Duration = Duration::from_secs(20);

/// The minimum throughput of uploads and downloads, as in the AWS SDKs. A transfer that falls further behind it
/// than the grace period fails with a [`TransportErrorKind::Timeout`](super::TransportErrorKind::Timeout).
///
/// Only time that the client waits for the service counts: not the time that the service takes before it sends
/// the first byte of its response, for which there is the read timeout, nor the time in which a caller does not
/// read a streamed output or does not provide data for a streamed input.
///
/// It is set as an extension of the request; a request without the extension has the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinThroughput {
    bytes_per_second: u64,
    grace_period: Duration,
}

impl MinThroughput {
    /// Creates a minimum in bytes per second, with a grace period of 20 seconds. 0 is the same as
    /// [`off`](Self::off).
    pub fn new(bytes_per_second: u64) -> Self {
        Self { bytes_per_second, grace_period: DEFAULT_GRACE_PERIOD }
    }

    /// Allows any throughput.
    pub fn off() -> Self {
        Self::new(0)
    }

    /// Sets how far a transfer may fall behind. Default: 20 seconds. A transfer of no bytes fails after this
    /// time.
    pub fn grace_period(self, limit: Duration) -> Self {
        Self { grace_period: limit, ..self }
    }

    #[cfg(any(feature = "async", feature = "blocking"))]
    pub(super) fn is_off(self) -> bool {
        self.bytes_per_second == 0
    }

    /// Returns what a transfer must not be, for a message.
    #[cfg(any(feature = "async", feature = "blocking"))]
    pub(super) fn describe(self) -> String {
        let unit = if self.bytes_per_second == 1 { "byte" } else { "bytes" };
        format!("slower than {} {unit} per second for {:?}", self.bytes_per_second, self.grace_period)
    }
}

impl Default for MinThroughput {
    /// Returns 1 byte per second with a grace period of 20 seconds.
    fn default() -> Self {
        Self::new(DEFAULT_BYTES_PER_SECOND)
    }
}

/// Measures how far a transfer is behind the minimum.
#[cfg(any(feature = "async", feature = "blocking"))]
#[derive(Clone, Copy, Debug)]
pub(super) struct Meter {
    min: MinThroughput,
    behind: Duration,
}

#[cfg(any(feature = "async", feature = "blocking"))]
impl Meter {
    pub(super) fn new(min: MinThroughput) -> Self {
        Self { min, behind: Duration::ZERO }
    }

    /// Returns the longest time until the next bytes must arrive. `None` if it is unlimited.
    pub(super) fn allowance(&self) -> Option<Duration> {
        let limit = Some(self.min.grace_period.saturating_sub(self.behind));
        limit.filter(|_| !self.min.is_off())
    }

    /// Records a transfer of bytes, for which the client has waited for some time. A time longer than
    /// [`allowance`](Self::allowance) is one in which the caller did not ask for bytes, and does not count.
    pub(super) fn record(&mut self, waited: Duration, bytes: usize) {
        let Some(nanoseconds) =
            (bytes as u64).saturating_mul(1_000_000_000).checked_div(self.min.bytes_per_second)
        else {
            return;
        };
        if self.allowance().is_some_and(|allowance| waited <= allowance) {
            self.behind += waited;
        }
        self.behind = self.behind.saturating_sub(Duration::from_nanos(nanoseconds));
    }

    pub(super) fn min(&self) -> MinThroughput {
        self.min
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn bytes_make_up_for_waiting_up_to_the_minimum() {
        let mut meter = Meter::new(MinThroughput::new(10).grace_period(5 * SECOND));
        assert_eq!(meter.allowance(), Some(5 * SECOND));
        meter.record(2 * SECOND, 5);
        assert_eq!(meter.allowance(), Some(Duration::from_millis(3500)));
        meter.record(SECOND, 0);
        assert_eq!(meter.allowance(), Some(Duration::from_millis(2500)));
        meter.record(SECOND, 1_000_000);
        assert_eq!(meter.allowance(), Some(5 * SECOND));
    }

    #[test]
    fn a_transfer_at_the_minimum_never_falls_behind() {
        let mut meter = Meter::new(MinThroughput::default());
        for _ in 0..1000 {
            meter.record(10 * SECOND, 10);
        }
        assert_eq!(meter.allowance(), Some(20 * SECOND));
    }

    #[test]
    fn time_in_which_the_caller_does_not_read_does_not_count() {
        let mut meter = Meter::new(MinThroughput::default());
        meter.record(3600 * SECOND, 1);
        assert_eq!(meter.allowance(), Some(20 * SECOND));
    }

    #[test]
    fn off_has_no_limit() {
        let mut meter = Meter::new(MinThroughput::off());
        meter.record(3600 * SECOND, 0);
        assert_eq!(meter.allowance(), None);
    }
}
