//! Configuration of the transport.

use super::UreqTransport;
use super::connect::{Connecting, Resolving};
use super::error::Limits;
use std::fmt;
use std::time::Duration;
use ureq::Agent;
use ureq::config::Config;

const CONNECT_TIMEOUT: Duration = Duration::from_millis(3100);
const IDLE_TIMEOUT: Duration = Duration::from_secs(90);
const MAX_IDLE: usize = 32;

/// Configures a [`UreqTransport`].
#[must_use]
pub struct UreqBuilder {
    connect_timeout: Option<Duration>,
    pool_idle_timeout: Duration,
    pool_max_idle_per_host: usize,
}

impl UreqBuilder {
    pub(super) fn new() -> Self {
        Self {
            connect_timeout: Some(CONNECT_TIMEOUT),
            pool_idle_timeout: IDLE_TIMEOUT,
            pool_max_idle_per_host: MAX_IDLE,
        }
    }

    /// How long making a connection may take, TLS included, and how long finding the host's address. 3.1 seconds
    /// unless set.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = Limits::reachable(Some(limit));
        self
    }

    /// How long a connection is kept that nobody uses. 90 seconds unless set.
    pub fn pool_idle_timeout(mut self, limit: Duration) -> Self {
        self.pool_idle_timeout = limit;
        self
    }

    /// How many connections to a host are kept that nobody uses. 32 unless set.
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.pool_max_idle_per_host = connections;
        self
    }

    /// The transport.
    pub fn build(self) -> UreqTransport {
        let connect_timeout = self.connect_timeout;
        let agent = Agent::with_parts(self.config(), Connecting::default(), Resolving::default());
        UreqTransport { agent, connect_timeout }
    }

    /// What ureq would add on its own is left out: headers, redirects, errors by status.
    fn config(&self) -> Config {
        Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .user_agent("")
            .accept("")
            .accept_encoding("")
            .proxy(None)
            .timeout_connect(self.connect_timeout)
            .timeout_resolve(self.connect_timeout)
            .max_idle_age(self.pool_idle_timeout)
            .max_idle_connections(usize::MAX)
            .max_idle_connections_per_host(self.pool_max_idle_per_host)
            .build()
    }
}

impl fmt::Debug for UreqBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqBuilder").finish_non_exhaustive()
    }
}
