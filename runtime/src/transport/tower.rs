//! A transport that sends requests through a tower service.

use super::{BoxError, BoxFuture, Transport, TransportError, TransportErrorKind};
use crate::types::Body;
use bytes::Bytes;
use http_body::Body as HttpBody;
use std::fmt;
use std::future::poll_fn;
use tower_service::Service;

/// A transport that sends requests through a [tower](https://docs.rs/tower) service: an HTTP client, or
/// layers around one.
///
/// Each request is sent by a clone of the service, once that is ready.
#[derive(Clone)]
pub struct TowerTransport<S> {
    service: S,
}

impl<S> TowerTransport<S> {
    /// Creates a transport that sends requests through a service.
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
            let response = service.call(request).await.map_err(call_failed)?;
            Ok(response.map(Body::stream))
        })
    }
}

/// Maps an error of `poll_ready`, before the request was passed to the service.
fn not_ready(error: impl Into<BoxError>) -> TransportError {
    downcast_or_new(error.into(), TransportErrorKind::Connect, "the tower service is not ready", false)
}

fn call_failed(error: impl Into<BoxError>) -> TransportError {
    downcast_or_new(error.into(), TransportErrorKind::Interrupted, "the tower service failed", true)
}

/// Returns the error itself if it is a `TransportError`, for example of a transport inside the service.
fn downcast_or_new(
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
