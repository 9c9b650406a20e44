//! Conversions between timestamps and those of `jiff`.

use super::{NANOS_PER_SECOND, Timestamp, TimestampError, from_nanos};

impl From<jiff::Timestamp> for Timestamp {
    fn from(time: jiff::Timestamp) -> Self {
        // In range: `jiff` ends at year 9999.
        from_nanos(time.as_nanosecond()).unwrap_or_default()
    }
}

impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = TimestampError;

    /// Converts the timestamp.
    ///
    /// # Errors
    /// Returns an error if `jiff` cannot represent the timestamp.
    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampError> {
        let seconds = i128::from(timestamp.secs()) * i128::from(NANOS_PER_SECOND);
        Self::from_nanosecond(seconds + i128::from(timestamp.subsec_nanos()))
            .map_err(|_| TimestampError::OutOfRange)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_times_of_jiff() {
        for (seconds, nanos) in [(1_576_540_098, 123_456_789), (-1, 500_000_000), (0, 0)] {
            let timestamp = Timestamp::from_secs_and_nanos(seconds, nanos);
            let time = jiff::Timestamp::try_from(timestamp).unwrap();
            assert_eq!(time.as_nanosecond(), i128::from(seconds) * 1_000_000_000 + i128::from(nanos));
            assert_eq!(Timestamp::from(time), timestamp);
        }
        let most = Timestamp::from_secs(i64::MAX);
        assert_eq!(jiff::Timestamp::try_from(most).ok(), None);
    }
}
