//! The default transport: hyper and rustls on tokio.

mod builder;
mod connector;
mod error;
#[cfg(feature = "http2")]
mod http2;
mod limits;
mod proxy;
mod request_body;
mod resolver;
mod response;
mod stream;
mod tunnel;
mod writes;

pub use builder::HyperTransportBuilder;

use super::proxy::ProxyRules;
use super::{BoxFuture, Transport, TransportError, framing, require_tokio};
use crate::types::Body;
use connector::Connector;
#[cfg(feature = "http2")]
use http2::{Http2Pool, Outcome};
use hyper_util::client::legacy::Client;
use limits::{Activity, Limits};
use proxy::HttpProxy;
use request_body::RequestBody;
use response::Pending;
use std::fmt;
use std::task::{Context, Poll};

/// The default transport of async clients: HTTP/1.1 over TCP or TLS, with pooled connections. It must be used
/// inside a tokio runtime whose I/O and timers are enabled, as `#[tokio::main]` and `Builder::enable_all` do.
/// Without them tokio panics: it has no function to ask for them.
///
/// By default it trusts the compiled-in Mozilla root certificates and uses no proxy, regardless of the
/// environment; [`builder`](Self::builder) configures these and more. With the feature `http2`, it uses
/// HTTP/2 if the server offers it in the TLS handshake, with up to 100 requests at once on each connection.
///
/// It also implements [`tower_service::Service`], so that layers can be added: see
/// [`TowerTransport`](super::TowerTransport).
#[derive(Clone)]
pub struct HyperTransport {
    http1: Http1Client,
    #[cfg(feature = "http2")]
    http2: Option<Http2Pool>,
    proxies: ProxyRules<HttpProxy>,
}

type Http1Client = Client<Connector, RequestBody>;

impl HyperTransport {
    fn exchange(
        &self,
        mut request: http::Request<Body>,
    ) -> BoxFuture<'static, Result<http::Response<Body>, TransportError>> {
        if let Err(error) = require_tokio().and_then(|()| framing::check(&mut request)) {
            return Box::pin(std::future::ready(Err(error)));
        }
        if let Some(proxy) = self.proxies.choose(request.uri()) {
            proxy.authorize(&mut request);
        }
        let limits = Limits::of(&request);
        #[cfg(feature = "http2")]
        if let Some(pool) = self.http2.as_ref().filter(|pool| pool.may_send(request.uri())) {
            let (sending, http1) = (pool.clone().send(request, limits), self.http1.clone());
            return Box::pin(async move {
                match sending.await? {
                    Outcome::Sent(response) => Ok(response),
                    Outcome::Http1(request) => send_http1(&http1, request, limits).await,
                }
            });
        }
        send_http1(&self.http1, request, limits)
    }
}

/// Sends a request over HTTP/1.1.
fn send_http1(
    client: &Http1Client,
    request: http::Request<Body>,
    limits: Option<Limits>,
) -> BoxFuture<'static, Result<http::Response<Body>, TransportError>> {
    let Some(limits) = limits else {
        let mut request = request.map(RequestBody);
        let pending = Pending::new(&mut request);
        let exchange = client.request(request);
        return Box::pin(async move {
            let response = exchange.await.map_err(error::transport_error)?;
            Ok(pending.finish(response, None))
        });
    };
    let activity = Activity::new(limits);
    let mut request = request.map(|body| RequestBody(activity.watch(body)));
    let pending = Pending::new(&mut request);
    let exchange = client.request(request);
    Box::pin(async move {
        let exchange = async move { exchange.await.map_err(error::transport_error) };
        let response = activity.enforce(limits, pending.connected(), exchange).await?;
        Ok(pending.finish(response, Some(limits)))
    })
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport").finish_non_exhaustive()
    }
}

impl Transport for HyperTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.exchange(request)
    }
}

impl tower_service::Service<http::Request<Body>> for HyperTransport {
    type Response = http::Response<Body>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        self.exchange(request)
    }
}
