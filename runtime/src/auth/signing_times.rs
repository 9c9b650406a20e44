//! The times of a signature.

use std::time::SystemTime;

/// The times of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SigningTimes {
    /// The time by the local clock, by which identities expire.
    pub(crate) local: SystemTime,
    /// The time by the service's clock, which is part of an AWS signature.
    pub(crate) service: SystemTime,
}

impl From<SystemTime> for SigningTimes {
    fn from(now: SystemTime) -> Self {
        Self { local: now, service: now }
    }
}
