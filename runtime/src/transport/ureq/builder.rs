//! Settings of the blocking transport.

use super::connect::{OuterResolver, connector};
use super::{UreqProxy, UreqTransport};
use crate::transport::proxy::{ProxyRules, name};
use crate::transport::roots::bundled_tls_config;
use crate::transport::settings::{FOREVER, TransportSettings};
use crate::transport::{Proxy, Roots, TransportBuildError};
use rustls::ClientConfig;
use std::sync::Arc;
use std::time::Duration;
use ureq::Agent;
use ureq::config::Config;

/// A builder of a [`UreqTransport`].
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
    settings: TransportSettings,
}

impl UreqTransportBuilder {
    fn new() -> Self {
        Self { settings: TransportSettings::default() }
    }

    /// Sets the connect timeout, which covers TCP and the TLS handshake. The DNS lookup has a separate
    /// timeout of the same length. Default: 3.1 s, which leaves time for one TCP retransmission.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings.connect_timeout = limit;
        self
    }

    /// Sets the time after which an idle connection is closed. Default: 20 s, shorter than the idle timeout
    /// of most servers, so that requests rarely use a connection that the server is about to close.
    pub fn pool_idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.pool_idle_timeout = limit;
        self
    }

    /// Sets the maximum number of idle connections per host. Default: unlimited. With 0, connections are not
    /// reused.
    pub fn pool_max_idle_per_host(mut self, count: usize) -> Self {
        self.settings.pool_max_idle_per_host = count;
        self
    }

    /// Sets the maximum size of the status line and headers of a response in bytes, at least 8192. Default:
    /// 64 KiB.
    pub fn max_response_headers(mut self, bytes: usize) -> Self {
        self.settings.max_response_headers = Some(bytes);
        self
    }

    /// Sets the trusted root certificates. Default: [`Roots::bundled`].
    pub fn roots(mut self, roots: Roots) -> Self {
        self.settings.roots = roots;
        self
    }

    /// Sets the proxies. Default: none. [`Proxy::from_env`] reads the environment variables. Requests to
    /// `http` URLs go through a tunnel too, which the proxy has to allow.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.settings.proxy = proxy;
        self
    }

    /// Builds the transport.
    ///
    /// # Errors
    /// Returns an error if a setting is invalid.
    pub fn build(self) -> Result<UreqTransport, TransportBuildError> {
        self.settings.validate()?;
        let proxies = self.settings.proxy.rules(|url| {
            Some(UreqProxy { proxy: ureq::Proxy::new(&url.to_string()).ok()?, name: name(url) })
        })?;
        let tls = self.settings.roots.tls_config()?;
        Ok(UreqTransport { proxies, ..self.with_tls(tls) })
    }

    /// Builds the transport from validated settings, without proxies.
    fn with_tls(self, tls: ClientConfig) -> UreqTransport {
        let connect_timeout = self.settings.connect_timeout.min(FOREVER);
        let agent = Agent::with_parts(self.config(), connector(Arc::new(tls)), OuterResolver::default());
        UreqTransport { agent, connect_timeout, proxies: ProxyRules::none() }
    }

    /// Disables what ureq does by default: extra headers, redirects, and errors for statuses.
    fn config(&self) -> Config {
        let connect_timeout = Some(self.settings.connect_timeout.min(FOREVER));
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
            .max_idle_age(self.settings.pool_idle_timeout)
            .max_idle_connections(usize::MAX)
            .max_idle_connections_per_host(self.settings.pool_max_idle_per_host);
        match self.settings.max_response_headers {
            Some(bytes) => config.max_response_header_size(bytes).build(),
            None => config.build(),
        }
    }
}

impl UreqTransport {
    /// Creates a transport with the default settings and its own connection pool. Clones share the pool.
    pub fn new() -> Self {
        UreqTransportBuilder::new().with_tls(bundled_tls_config())
    }

    /// Returns a builder with the default settings.
    pub fn builder() -> UreqTransportBuilder {
        UreqTransportBuilder::new()
    }
}

impl Default for UreqTransport {
    fn default() -> Self {
        Self::new()
    }
}
