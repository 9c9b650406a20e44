//! Conversion of hyper's responses.

use super::read_timeout::ReadTimeoutBody;
#[cfg(feature = "http2")]
use super::whole_body::WholeBody;
use crate::transport::PooledConnection;
use crate::types::Body;
use hyper::body::Incoming;
use hyper_util::client::legacy::connect::{CaptureConnection, Connected, capture_connection};
use std::time::Duration;

/// A request in progress, as far as its response depends on it.
pub(super) struct Pending {
    connection: CaptureConnection,
    #[cfg(feature = "http2")]
    method: http::Method,
}

impl Pending {
    pub(super) fn new<B>(request: &mut http::Request<B>) -> Self {
        Self {
            connection: capture_connection(request),
            #[cfg(feature = "http2")]
            method: request.method().clone(),
        }
    }

    /// Completes when a connection was established or chosen.
    pub(super) fn connected(&self) -> impl Future<Output = ()> + use<> {
        let mut connection = self.connection.clone();
        async move { drop(connection.wait_for_connection_metadata().await) }
    }

    /// Prevents that further requests use the connection.
    pub(super) fn do_not_reuse(&self) {
        poison(&self.connection);
    }

    /// Converts the response. `read` is the read timeout of its body.
    pub(super) fn finish(
        self,
        mut response: http::Response<Incoming>,
        read: Option<Duration>,
    ) -> http::Response<Body> {
        if !response.status().is_success() {
            let connection = self.connection;
            response.extensions_mut().insert(PooledConnection::new(move || poison(&connection)));
        }
        #[cfg(feature = "http2")]
        if response.version() == http::Version::HTTP_2 {
            let status = response.status();
            return response.map(|body| streamed(WholeBody::new(body, &self.method, status), read));
        }
        response.map(|body| streamed(body, read))
    }
}

fn poison(connection: &CaptureConnection) {
    if let Some(connected) = connection.connection_metadata().as_ref() {
        Connected::poison(connected);
    }
}

fn streamed<B>(body: B, read: Option<Duration>) -> Body
where
    B: http_body::Body<Data = bytes::Bytes> + Send + Unpin + 'static,
    B::Error: Into<crate::transport::BoxError>,
{
    match read {
        Some(limit) => Body::stream(ReadTimeoutBody::new(body, limit)),
        None => Body::stream(body),
    }
}
