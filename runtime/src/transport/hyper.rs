//! The default transport: hyper and rustls on tokio.

mod builder;
mod connector;
mod error;
mod limits;
mod proxy;
mod stream;
mod writes;

pub use builder::HyperTransportBuilder;

use super::proxy::ProxyRules;
use super::{BoxError, BoxFuture, Transport, TransportError, framing, require_tokio};
use crate::types::Body;
use connector::Connector;
use error::RequestBodyError;
use http_body_util::BodyExt;
use http_body_util::combinators::MapErr;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::capture_connection;
use limits::{Activity, LimitedBody, Limits};
use proxy::HttpProxy;
use std::fmt;
use std::task::{Context, Poll};

/// The default transport of async clients: HTTP/1.1 over TCP or TLS, with pooled connections. It must be used
/// inside a tokio runtime.
///
/// By default it trusts the compiled-in Mozilla root certificates and uses no proxy, regardless of the
/// environment; [`builder`](Self::builder) configures these and more. With the feature `http2`, it uses
/// HTTP/2 if the server offers it in the TLS handshake.
///
/// It also implements [`tower_service::Service`], so that layers can be added: see
/// [`TowerTransport`](super::TowerTransport).
#[derive(Clone)]
pub struct HyperTransport {
    client: Client<Connector, RequestBody>,
    proxies: ProxyRules<HttpProxy>,
}

/// A request body whose errors can be distinguished from those of the connection.
type RequestBody = MapErr<Body, fn(BoxError) -> RequestBodyError>;

fn request_body(body: Body) -> RequestBody {
    body.map_err(RequestBodyError::new as _)
}

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
        let Some(limits) = Limits::of(&request) else {
            let exchange = self.client.request(request.map(request_body));
            return Box::pin(async move {
                let response = exchange.await.map_err(error::transport_error)?;
                Ok(response.map(Body::stream))
            });
        };
        let activity = Activity::new(limits);
        let mut request = request.map(|body| request_body(activity.watch(body)));
        let mut connection = capture_connection(&mut request);
        let exchange = self.client.request(request);
        Box::pin(async move {
            let connected = async move { connection.wait_for_connection_metadata().await.is_some() };
            let exchange = async move { exchange.await.map_err(error::transport_error) };
            let response = activity.enforce(limits, connected, exchange).await?;
            Ok(response.map(|body| Body::stream(LimitedBody::new(body, limits))))
        })
    }
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
