//! Conversion of hyper's responses.

use super::limits::{LimitedBody, Limits};
use crate::transport::PooledConnection;
use crate::types::Body;
use hyper::body::Incoming;
use hyper_util::client::legacy::connect::{CaptureConnection, Connected, capture_connection};

/// A request in progress over HTTP/1.1, as far as its response depends on it.
pub(super) struct Pending {
    connection: CaptureConnection,
}

impl Pending {
    pub(super) fn new<B>(request: &mut http::Request<B>) -> Self {
        Self { connection: capture_connection(request) }
    }

    /// Completes when a connection was established or chosen.
    pub(super) fn connected(&self) -> impl Future<Output = ()> + use<> {
        let mut connection = self.connection.clone();
        async move { drop(connection.wait_for_connection_metadata().await) }
    }

    /// Converts the response. `limits` are those of its body.
    pub(super) fn finish(
        self,
        mut response: http::Response<Incoming>,
        limits: Option<Limits>,
    ) -> http::Response<Body> {
        if !response.status().is_success() {
            let connection = self.connection;
            response.extensions_mut().insert(PooledConnection::new(move || poison(&connection)));
        }
        response.map(|body| streamed(body, limits))
    }
}

fn poison(connection: &CaptureConnection) {
    if let Some(connected) = connection.connection_metadata().as_ref() {
        Connected::poison(connected);
    }
}

/// Converts a body, with its limits if there are any.
pub(super) fn streamed<B>(body: B, limits: Option<Limits>) -> Body
where
    B: http_body::Body<Data = bytes::Bytes> + Send + Unpin + 'static,
    B::Error: Into<crate::transport::BoxError>,
{
    match limits {
        Some(limits) => Body::stream(LimitedBody::new(body, limits)),
        None => Body::stream(body),
    }
}
