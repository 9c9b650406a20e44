//! Settings that the default transports share.

use super::{Proxy, Roots, TransportBuildError};
use std::time::Duration;

/// Leaves time for one TCP retransmission.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3100);
/// Shorter than the idle timeout of most servers and load balancers (60 s or more), so that requests rarely
/// use a connection that the server is about to close.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(20);
/// Longer durations count as unlimited: they would overflow an `Instant`.
pub(super) const FOREVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// The settings of a default transport, as documented at the setters of its builder.
#[derive(Clone, Debug)]
pub(super) struct TransportSettings {
    pub(super) connect_timeout: Duration,
    pub(super) pool_idle_timeout: Duration,
    pub(super) pool_max_idle_per_host: usize,
    pub(super) max_response_headers: Option<usize>,
    pub(super) roots: Roots,
    pub(super) proxy: Proxy,
}

impl Default for TransportSettings {
    fn default() -> Self {
        Self {
            connect_timeout: CONNECT_TIMEOUT,
            pool_idle_timeout: POOL_IDLE_TIMEOUT,
            pool_max_idle_per_host: usize::MAX,
            max_response_headers: None,
            roots: Roots::bundled(),
            proxy: Proxy::none(),
        }
    }
}

impl TransportSettings {
    /// Returns an error if a timeout or size is invalid.
    pub(super) fn validate(&self) -> Result<(), TransportBuildError> {
        if self.connect_timeout.is_zero() {
            return Err(TransportBuildError::ConnectTimeout);
        }
        TransportBuildError::check_response_headers(self.max_response_headers)
    }
}
