//! Any tower service as a transport.

use super::{BoxError, BoxFuture, Transport, TransportError, TransportErrorKind};
use crate::types::Body;
use bytes::Bytes;
use http_body::Body as HttpBody;
use std::fmt;
use std::future::poll_fn;
use tower_service::Service;

/// Sends requests by a [tower](https://docs.rs/tower) service, so that its layers, and every HTTP client that
/// is such a service, can be used.
///
/// A clone of the service takes each request, once it is ready.
#[derive(Clone)]
pub struct TowerTransport<S> {
    service: S,
}

impl<S> TowerTransport<S> {
    /// A transport that sends requests by a service.
    pub fn new(service: S) -> Self {
        Self { service }
    }
}

impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TowerTransport").finish_non_exhaustive()
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut service = self.service.clone();
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context)).await.map_err(not_ready)?;
            let response = service.call(request).await.map_err(failed)?;
            Ok(response.map(Body::stream))
        })
    }
}

/// A service that is not ready has not been given the request.
fn not_ready(error: impl Into<BoxError>) -> TransportError {
    kept(error.into(), TransportErrorKind::Connect, "the service cannot take requests", false)
}

fn failed(error: impl Into<BoxError>) -> TransportError {
    kept(error.into(), TransportErrorKind::Interrupted, "the exchange failed", true)
}

/// The error itself where a transport below has given it.
fn kept(
    error: BoxError,
    kind: TransportErrorKind,
    message: &'static str,
    may_have_been_sent: bool,
) -> TransportError {
    match error.downcast() {
        Ok(error) => *error,
        Err(error) => TransportError::new(kind, message, may_have_been_sent, error),
    }
}
