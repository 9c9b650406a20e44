//! The default transport: hyper and rustls on tokio.

use super::{BoxFuture, Transport, TransportError};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::fmt;
use std::time::Duration;

const CONNECT_TIMEOUT: Duration = Duration::from_millis(3100);

/// HTTP/1.1 over TCP or TLS, with pooled connections. It must be used inside a tokio runtime.
///
/// TLS trusts the Mozilla root certificates that are compiled in. A connection that is not made within
/// 3.1 seconds is given up.
#[derive(Clone)]
pub struct HyperTransport {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl HyperTransport {
    /// A transport with a pool of its own. Clones share it.
    pub fn new() -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(CONNECT_TIMEOUT));
        let connector = HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(connector);
        Self { client }
    }
}

impl Default for HyperTransport {
    fn default() -> Self {
        Self::new()
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
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let exchange = self.client.request(request.map(Full::new));
        Box::pin(async move {
            let response = exchange.await.map_err(|error| {
                if error.is_connect() {
                    TransportError::connect(error)
                } else {
                    TransportError::interrupted(error)
                }
            })?;
            let (head, incoming) = response.into_parts();
            let (body, result) = collect(incoming).await;
            let response = http::Response::from_parts(head, body);
            match result {
                Ok(()) => Ok(response),
                Err(error) => Err(TransportError::interrupted(error).with_partial_response(response)),
            }
        })
    }
}

/// The body, or the part of it that came before the connection broke.
async fn collect(mut body: Incoming) -> (Bytes, hyper::Result<()>) {
    let mut chunks = Vec::new();
    let result = loop {
        match body.frame().await {
            None => break Ok(()),
            Some(Ok(frame)) => chunks.extend(frame.into_data()),
            Some(Err(error)) => break Err(error),
        }
    };
    let body = match chunks.as_mut_slice() {
        [chunk] => std::mem::take(chunk),
        chunks => chunks.concat().into(),
    };
    (body, result)
}
