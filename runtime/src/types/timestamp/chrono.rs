//! Conversions between timestamps and those of `chrono`.

use super::{Timestamp, TimestampError};
use chrono::{DateTime, TimeZone, Utc};

impl<Z: TimeZone> From<DateTime<Z>> for Timestamp {
    fn from(time: DateTime<Z>) -> Self {
        // A leap second has a billion nanoseconds or more, which carry over.
        Self::from_secs_and_nanos(time.timestamp(), time.timestamp_subsec_nanos())
    }
}

impl TryFrom<Timestamp> for DateTime<Utc> {
    type Error = TimestampError;

    /// Converts the timestamp.
    ///
    /// # Errors
    /// Returns an error if `DateTime` cannot represent the timestamp.
    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampError> {
        Self::from_timestamp(timestamp.secs(), timestamp.subsec_nanos()).ok_or(TimestampError::OutOfRange)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_times_of_chrono() {
        for (seconds, nanos) in [(1_576_540_098, 123_456_789), (-1, 500_000_000), (0, 0)] {
            let timestamp = Timestamp::from_secs_and_nanos(seconds, nanos);
            let time = DateTime::<Utc>::try_from(timestamp).unwrap();
            assert_eq!((time.timestamp(), time.timestamp_subsec_nanos()), (seconds, nanos));
            assert_eq!(Timestamp::from(time), timestamp);
        }
        let most = Timestamp::from_secs(i64::MAX);
        assert_eq!(DateTime::<Utc>::try_from(most), Err(TimestampError::OutOfRange));
    }
}
