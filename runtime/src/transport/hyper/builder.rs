//! Settings of the default transport.

use super::HyperTransport;
use super::connector::Connector;
#[cfg(feature = "http2")]
use super::http2::{self, Http2Pool};
use super::proxy::HttpProxy;
use crate::transport::proxy::ProxyRules;
use crate::transport::roots::bundled_tls_config;
use crate::transport::settings::{FOREVER, TransportSettings};
use crate::transport::{Proxy, Roots, TransportBuildError};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::ClientConfig;
use std::time::Duration;

#[cfg(feature = "http2")]
const HTTP2_KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(20);
#[cfg(feature = "http2")]
const HTTP2_KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(10);

/// A builder of a [`HyperTransport`].
///
/// ```
/// # use farrier_runtime::transport::{HyperTransport, Proxy};
/// # use std::time::Duration;
/// # fn example() -> Result<(), farrier_runtime::transport::TransportBuildError> {
/// let transport = HyperTransport::builder()
///     .connect_timeout(Duration::from_secs(1))
///     .proxy(Proxy::from_env())
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct HyperTransportBuilder {
    settings: TransportSettings,
    #[cfg(feature = "http2")]
    http2: bool,
}

impl HyperTransportBuilder {
    fn new() -> Self {
        Self {
            settings: TransportSettings::default(),
            #[cfg(feature = "http2")]
            http2: true,
        }
    }

    /// Sets the connect timeout, which covers the DNS lookup, TCP, the tunnel through a proxy and the TLS
    /// handshake. Default: 3.1 s, which leaves time for one TCP retransmission.
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
    /// about 400 KiB, for HTTP/2 16 KiB. HTTP/1.1 responses are limited to 100 headers in any case.
    pub fn max_response_headers(mut self, bytes: usize) -> Self {
        self.settings.max_response_headers = Some(bytes);
        self
    }

    /// Sets the trusted root certificates. Default: [`Roots::bundled`].
    pub fn roots(mut self, roots: Roots) -> Self {
        self.settings.roots = roots;
        self
    }

    /// Sets the proxies. Default: none. [`Proxy::from_env`] reads the environment variables.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.settings.proxy = proxy;
        self
    }

    /// Enables or disables HTTP/2 for servers that offer it. Default: enabled.
    #[cfg(feature = "http2")]
    pub fn http2(mut self, enabled: bool) -> Self {
        self.http2 = enabled;
        self
    }

    /// Builds the transport.
    ///
    /// # Errors
    /// Returns an error if a setting is invalid.
    pub fn build(self) -> Result<HyperTransport, TransportBuildError> {
        self.settings.validate()?;
        let proxies = self.settings.proxy.rules(HttpProxy::from_url)?;
        let tls = self.settings.roots.tls_config()?;
        Ok(self.with_tls(tls, proxies))
    }

    /// Builds the transport from validated settings.
    fn with_tls(self, tls: ClientConfig, proxies: ProxyRules<HttpProxy>) -> HyperTransport {
        let mut client = Client::builder(TokioExecutor::new());
        client
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(self.idle_timeout())
            .pool_max_idle_per_host(self.settings.pool_max_idle_per_host);
        if let Some(bytes) = self.settings.max_response_headers {
            client.http1_max_buf_size(bytes);
        }
        let limit = self.settings.connect_timeout.min(FOREVER);
        let connector = Connector::new(tls, proxies.clone(), limit);
        HyperTransport {
            #[cfg(feature = "http2")]
            http2: self.http2.then(|| self.http2_pool(connector.with_http2())),
            http1: client.build(connector),
            proxies,
        }
    }

    fn idle_timeout(&self) -> Option<Duration> {
        Some(self.settings.pool_idle_timeout).filter(|limit| *limit < FOREVER)
    }

    /// Enables keep-alive pings: on a dead connection, all requests would otherwise wait for their own
    /// timeouts.
    #[cfg(feature = "http2")]
    fn http2_pool(&self, connector: Connector) -> Http2Pool {
        let mut builder = hyper::client::conn::http2::Builder::new(TokioExecutor::new());
        builder
            .timer(TokioTimer::new())
            .keep_alive_interval(HTTP2_KEEP_ALIVE_INTERVAL)
            .keep_alive_timeout(HTTP2_KEEP_ALIVE_TIMEOUT);
        if let Some(bytes) = self.settings.max_response_headers {
            builder.max_header_list_size(u32::try_from(bytes).unwrap_or(u32::MAX));
        }
        Http2Pool::new(http2::Settings {
            connector,
            builder,
            idle_timeout: self.idle_timeout(),
            max_idle_per_host: self.settings.pool_max_idle_per_host,
        })
    }
}

impl HyperTransport {
    /// Creates a transport with the default settings and its own connection pool. Clones share the pool.
    pub fn new() -> Self {
        HyperTransportBuilder::new().with_tls(bundled_tls_config(), ProxyRules::none())
    }

    /// Returns a builder with the default settings.
    pub fn builder() -> HyperTransportBuilder {
        HyperTransportBuilder::new()
    }
}

impl Default for HyperTransport {
    fn default() -> Self {
        Self::new()
    }
}
