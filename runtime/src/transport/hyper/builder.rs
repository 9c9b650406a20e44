//! Settings of the default transport.

use super::HyperTransport;
use super::connector::Connector;
use super::proxy::HttpProxy;
use crate::transport::proxy::Rules;
use crate::transport::{Proxy, Roots, TransportBuildError};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::ClientConfig;
use std::time::Duration;

const CONNECT_TIMEOUT: Duration = Duration::from_millis(3100);
/// Servers and load balancers close idle connections after 60 s and more, as a rule. Well before that, there
/// is no request that meets a connection which is about to be closed.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(20);
/// Durations beyond this are as good as no end, and would overflow a clock.
const FOREVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
/// How long nothing may come on a connection of HTTP/2 with requests under way before it is probed, and how
/// long the answer to that may take.
#[cfg(feature = "http2")]
const HTTP2_PROBE: (Duration, Duration) = (Duration::from_secs(20), Duration::from_secs(10));

/// Sets what differs from the defaults of a [`HyperTransport`].
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
    connect_timeout: Duration,
    pool_idle_timeout: Duration,
    pool_max_idle_per_host: usize,
    max_response_headers: Option<usize>,
    roots: Roots,
    proxy: Proxy,
    #[cfg(feature = "http2")]
    http2: bool,
}

impl HyperTransportBuilder {
    pub(super) fn new() -> Self {
        Self {
            connect_timeout: CONNECT_TIMEOUT,
            pool_idle_timeout: POOL_IDLE_TIMEOUT,
            pool_max_idle_per_host: usize::MAX,
            max_response_headers: None,
            roots: Roots::bundled(),
            proxy: Proxy::none(),
            #[cfg(feature = "http2")]
            http2: true,
        }
    }

    /// How long it may take until there is a connection: looking up the name, TCP, the tunnel through a proxy
    /// and TLS, all in all. 3.1 s unless set, which leaves time for TCP to try a second time.
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

    /// How many bytes the status line and the headers of a response may have, at least 8192. About 400 KiB
    /// unless set, over HTTP/2 16 KiB. More than 100 headers are never read over HTTP/1.1.
    pub fn max_response_headers(mut self, bytes: usize) -> Self {
        self.max_response_headers = Some(bytes);
        self
    }

    /// The certificate authorities that may vouch for a server. Those of Mozilla unless set.
    pub fn roots(mut self, roots: Roots) -> Self {
        self.roots = roots;
        self
    }

    /// The proxies on the way to services. None unless set; [`Proxy::from_env`] asks the environment.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = proxy;
        self
    }

    /// Whether HTTP/2 is spoken where a server offers it. It is unless set.
    #[cfg(feature = "http2")]
    pub fn http2(mut self, on: bool) -> Self {
        self.http2 = on;
        self
    }

    /// The transport.
    ///
    /// # Errors
    /// When a setting cannot be used; the text says which, and how to mend it.
    pub fn build(self) -> Result<HyperTransport, TransportBuildError> {
        if self.connect_timeout.is_zero() {
            return Err(TransportBuildError::ConnectTimeout);
        }
        TransportBuildError::check_response_headers(self.max_response_headers)?;
        let proxies = self.proxy.rules(HttpProxy::read)?;
        let tls = self.roots.tls()?;
        Ok(self.with_tls(tls, proxies))
    }

    /// The transport, of settings that can be used.
    pub(super) fn with_tls(self, tls: ClientConfig, proxies: Rules<HttpProxy>) -> HyperTransport {
        let mut client = Client::builder(TokioExecutor::new());
        client
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Some(self.pool_idle_timeout).filter(|limit| *limit < FOREVER))
            .pool_max_idle_per_host(self.pool_max_idle_per_host);
        if let Some(bytes) = self.max_response_headers {
            client.http1_max_buf_size(bytes);
        }
        #[cfg(feature = "http2")]
        self.configure_http2(&mut client);
        let limit = self.connect_timeout.min(FOREVER);
        let connector = Connector::new(tls, self.protocols(), proxies.clone(), limit);
        HyperTransport { client: client.build(connector), proxies }
    }

    /// What is offered to servers in TLS.
    fn protocols(&self) -> Vec<Vec<u8>> {
        #[cfg(feature = "http2")]
        if self.http2 {
            return vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        }
        Vec::new()
    }

    /// Without the probes, requests on a connection that is gone would wait for their own limits, and each
    /// after them too.
    #[cfg(feature = "http2")]
    fn configure_http2(&self, client: &mut hyper_util::client::legacy::Builder) {
        let (interval, timeout) = HTTP2_PROBE;
        client.timer(TokioTimer::new()).http2_keep_alive_interval(interval).http2_keep_alive_timeout(timeout);
        if let Some(bytes) = self.max_response_headers {
            client.http2_max_header_list_size(u32::try_from(bytes).unwrap_or(u32::MAX));
        }
    }
}
