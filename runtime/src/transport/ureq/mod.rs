//! The default transport of blocking clients: ureq and rustls.

mod builder;
mod connect;
mod error;
mod request;
mod tls;

pub use builder::UreqTransportBuilder;

use super::proxy::Rules;
use super::{BoxFuture, Timeouts, Transport, TransportError, roots};
use crate::types::Body;
use ::ureq::SendBody;
use builder::FOREVER;
use error::Limits;
use std::fmt;
use std::io::Read;
use std::time::Duration;

/// HTTP/1.1 over TCP or TLS, with pooled connections. Sending a request blocks the thread.
///
/// TLS trusts the Mozilla root certificates that are compiled in, and no proxy is used, whatever the environment
/// says; [`builder`](Self::builder) changes that and more.
///
/// It keeps the [`Timeouts`] of a request. `read` is the longest time that one operation on the connection may
/// take, writing included.
///
/// ureq logs with the crate `log`. At the level `trace` it logs what is sent and received, secrets and all, under
/// the target `ureq_proto`: leave that off where logs are kept.
#[derive(Clone)]
pub struct UreqTransport {
    agent: ::ureq::Agent,
    connect_timeout: Duration,
    proxies: Rules<::ureq::Proxy>,
}

impl UreqTransport {
    /// A transport with a pool of its own. Clones share it.
    pub fn new() -> Self {
        UreqTransportBuilder::new().with_tls(roots::bundled())
    }

    /// Configures a transport.
    pub fn builder() -> UreqTransportBuilder {
        UreqTransportBuilder::new()
    }

    fn exchange(&self, request: http::Request<Body>) -> Result<http::Response<Body>, TransportError> {
        let timeouts = request.extensions().get::<Timeouts>().copied().unwrap_or_default();
        let timeouts = Limits {
            connect: self.connect_timeout,
            read: timeouts.read.filter(|limit| *limit < FOREVER),
            total: timeouts.total.filter(|limit| *limit < FOREVER),
        };
        let proxy = self.proxies.choose(request.uri());
        let response = self
            .run(request, timeouts, proxy)
            .map_err(|error| error::transport_error(error, timeouts, proxy.is_some()))?;
        let (mut head, body) = response.into_parts();
        // What ureq notes there is of no use to others.
        head.extensions.clear();
        Ok(http::Response::from_parts(head, response_body(body, timeouts)))
    }

    fn run(
        &self,
        request: http::Request<Body>,
        timeouts: Limits,
        proxy: Option<&::ureq::Proxy>,
    ) -> Result<http::Response<::ureq::Body>, ::ureq::Error> {
        let (reader, head) = request::part(request);
        let body = reader.map_or_else(SendBody::none, SendBody::from_owned_reader);
        let request = http::Request::from_parts(head, body);
        if timeouts.read.is_none() && timeouts.total.is_none() && proxy.is_none() {
            return self.agent.run(request);
        }
        let configured = self
            .agent
            .configure_request(request)
            .proxy(proxy.cloned())
            .timeout_per_read(timeouts.read)
            .timeout_per_write(timeouts.read)
            .timeout_global(timeouts.total);
        self.agent.run(configured.build())
    }
}

/// The body of a response, read when it is asked for.
fn response_body(body: ::ureq::Body, timeouts: Limits) -> Body {
    let length = body.content_length();
    let mut reader = body.into_reader();
    Body::pull(length, move |buffer| reader.read(buffer).map_err(|error| error::body_error(error, timeouts)))
}

impl Default for UreqTransport {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for UreqTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqTransport").finish_non_exhaustive()
    }
}

impl Transport for UreqTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move { self.exchange(request) })
    }
}
