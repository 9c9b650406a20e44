//! The default transport of blocking clients: ureq and rustls.

mod builder;
mod connect;
mod error;
mod exchange;
mod pooled;
mod progress;
mod request;
mod tls;

pub use builder::UreqTransportBuilder;

use super::proxy::ProxyRules;
use super::settings::FOREVER;
use super::{BoxFuture, MinThroughput, PooledConnection, Timeouts, Transport, TransportError, framing};
use crate::types::Body;
use ::ureq::SendBody;
use error::RequestTimeouts;
use pooled::Reusable;
use progress::Progress;
use std::fmt;
use std::io::Read;
use std::time::{Duration, Instant};

/// The default transport of blocking clients: HTTP/1.1 over TCP or TLS, with pooled connections. Sending a
/// request blocks the thread.
///
/// By default it trusts the compiled-in Mozilla root certificates and uses no proxy, regardless of the
/// environment; [`builder`](Self::builder) configures these and more.
///
/// It enforces the [`Timeouts`] and the [`MinThroughput`] of a request. `read` applies to each single read or
/// write on the connection.
///
/// ureq logs with the crate `log`. At the level `trace`, target `ureq_proto`, it logs requests and responses
/// including secrets: do not enable that in production.
#[derive(Clone)]
pub struct UreqTransport {
    agent: ::ureq::Agent,
    connect_timeout: Duration,
    proxies: ProxyRules<UreqProxy>,
}

/// A proxy, with its name for error messages.
#[derive(Clone)]
struct UreqProxy {
    proxy: ::ureq::Proxy,
    name: String,
}

impl UreqTransport {
    fn exchange(&self, mut request: http::Request<Body>) -> Result<http::Response<Body>, TransportError> {
        framing::check(&mut request)?;
        let timeouts = request.extensions().get::<Timeouts>().copied().unwrap_or_default();
        let timeouts = RequestTimeouts {
            connect: self.connect_timeout,
            read: timeouts.read.filter(|limit| *limit < FOREVER),
            total: timeouts.total.filter(|limit| *limit < FOREVER),
            started: Instant::now(),
        };
        let proxy = self.proxies.choose(request.uri());
        let min = request.extensions().get::<MinThroughput>().copied().unwrap_or_default();
        let mut progress = Progress::new(timeouts.read, min);
        let response = progress.during(|| self.run(request, timeouts, proxy)).map_err(|error| {
            error::transport_error(error, timeouts, proxy.map(|proxy| proxy.name.as_str()))
        })?;
        let (mut head, body) = response.into_parts();
        // ureq's own extensions are not part of the interface.
        head.extensions.clear();
        let connection = Reusable::take_last().filter(|_| !head.status.is_success());
        if let Some(connection) = connection {
            head.extensions.insert(PooledConnection::from(connection));
        }
        Ok(http::Response::from_parts(head, response_body(body, timeouts, progress)))
    }

    fn run(
        &self,
        request: http::Request<Body>,
        timeouts: RequestTimeouts,
        proxy: Option<&UreqProxy>,
    ) -> Result<http::Response<::ureq::Body>, ::ureq::Error> {
        let (reader, head) = request::split(request);
        let body = reader.map_or_else(SendBody::none, SendBody::from_owned_reader);
        let request = http::Request::from_parts(head, body);
        if timeouts.read.is_none() && timeouts.total.is_none() && proxy.is_none() {
            return self.agent.run(request);
        }
        let configured = self
            .agent
            .configure_request(request)
            .proxy(proxy.map(|proxy| proxy.proxy.clone()))
            .timeout_per_read(timeouts.read)
            .timeout_per_write(timeouts.read)
            .timeout_global(timeouts.total);
        self.agent.run(configured.build())
    }
}

/// Converts the body of a response, which is read lazily.
fn response_body(body: ::ureq::Body, timeouts: RequestTimeouts, mut progress: Progress) -> Body {
    let length = body.content_length();
    let mut reader = body.into_reader();
    Body::from_read_fn(length, move |buffer| {
        progress.during(|| reader.read(buffer)).map_err(|error| error::body_error(error, timeouts))
    })
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
