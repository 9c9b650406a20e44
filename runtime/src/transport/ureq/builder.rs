//! Settings of the blocking transport.

use super::UreqTransport;
use super::connect::{Resolving, connector};
use crate::transport::proxy::Rules;
use crate::transport::{Proxy, Roots, TransportBuildError};
use rustls::ClientConfig;
use std::sync::Arc;
use std::time::Duration;
use ureq::Agent;
use ureq::config::Config;

const CONNECT_TIMEOUT: Duration = Duration::from_millis(3100);
/// Servers and load balancers close idle connections after 60 s and more, as a rule.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(20);
/// Durations beyond this are as good as no end, and would overflow a clock.
pub(super) const FOREVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// Sets what differs from the defaults of a [`UreqTransport`].
///
/// ```
/// # use farrier_runtime::transport::UreqTransport;
/// # use std::time::Duration;
/// # fn example() -> Result<(), farrier_runtime::transport::TransportBuildError> {
/// let transport = UreqTransport::builder().connect_timeout(Duration::from_secs(1)).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct UreqTransportBuilder {
    connect_timeout: Duration,
    pool_idle_timeout: Duration,
    pool_max_idle_per_host: usize,
    max_response_headers: Option<usize>,
    roots: Roots,
    proxy: Proxy,
}

impl UreqTransportBuilder {
    pub(super) fn new() -> Self {
        Self {
            connect_timeout: CONNECT_TIMEOUT,
            pool_idle_timeout: POOL_IDLE_TIMEOUT,
            pool_max_idle_per_host: usize::MAX,
            max_response_headers: None,
            roots: Roots::bundled(),
            proxy: Proxy::none(),
        }
    }

    /// How long TCP and TLS may take, together, until there is a connection. Looking up the name before that may
    /// take as long again. 3.1 s unless set, which leaves time for TCP to try a second time.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// How long a connection without a request is kept. 20 s unless set: less than servers keep theirs, so
    /// that requests seldom meet a connection which the server is about to close.
    pub fn pool_idle_timeout(mut self, limit: Duration) -> Self {
        self.pool_idle_timeout = limit;
        self
    }

    /// How many connections without a request are kept for each host. No limit unless set; with 0, no
    /// connection is used twice.
    pub fn pool_max_idle_per_host(mut self, count: usize) -> Self {
        self.pool_max_idle_per_host = count;
        self
    }

    /// How many bytes the status line and the headers of a response may have, at least 8192. 64 KiB unless set.
    pub fn max_response_headers(mut self, bytes: usize) -> Self {
        self.max_response_headers = Some(bytes);
        self
    }

    /// The certificate authorities that may vouch for a server. Those of Mozilla unless set.
    pub fn roots(mut self, roots: Roots) -> Self {
        self.roots = roots;
        self
    }

    /// The proxies on the way to services. None unless set; [`Proxy::from_env`] asks the environment. Services at
    /// `http` URLs are reached by a tunnel too, which the proxy has to allow.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = proxy;
        self
    }

    /// The transport.
    ///
    /// # Errors
    /// When a setting cannot be used; the text says which, and how to mend it.
    pub fn build(self) -> Result<UreqTransport, TransportBuildError> {
        if self.connect_timeout.is_zero() {
            return Err(TransportBuildError::ConnectTimeout);
        }
        TransportBuildError::check_response_headers(self.max_response_headers)?;
        let proxies = self.proxy.rules(|url| ureq::Proxy::new(&url.to_string()).ok())?;
        let tls = self.roots.tls()?;
        Ok(UreqTransport { proxies, ..self.with_tls(tls) })
    }

    /// The transport, of settings that can be used, without proxies.
    pub(super) fn with_tls(self, tls: ClientConfig) -> UreqTransport {
        let connect_timeout = self.connect_timeout.min(FOREVER);
        let agent = Agent::with_parts(self.config(), connector(Arc::new(tls)), Resolving::default());
        UreqTransport { agent, connect_timeout, proxies: Rules::none() }
    }

    /// What ureq would add on its own is left out: headers, redirects, errors by status.
    fn config(&self) -> Config {
        let connect_timeout = Some(self.connect_timeout.min(FOREVER));
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .user_agent("")
            .accept("")
            .accept_encoding("")
            .proxy(None)
            .timeout_resolve(connect_timeout)
            .timeout_connect(connect_timeout)
            .max_idle_age(self.pool_idle_timeout)
            .max_idle_connections(usize::MAX)
            .max_idle_connections_per_host(self.pool_max_idle_per_host);
        match self.max_response_headers {
            Some(bytes) => config.max_response_header_size(bytes).build(),
            None => config.build(),
        }
    }
}
