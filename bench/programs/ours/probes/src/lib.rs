//! Code shared by the probes.

use bytes::Bytes;
use farrier_runtime::transport::{BoxFuture, Transport, TransportError};
use farrier_runtime::types::Body;
use harness::{CLIENT_ID, TOKENS};
use http::{HeaderValue, Request, Response, header};
use signin_client::types::CreateOAuth2TokenRequestBody;

/// Returns a `refresh_token` grant.
pub fn grant() -> CreateOAuth2TokenRequestBody {
    CreateOAuth2TokenRequestBody::new(CLIENT_ID, "refresh_token").refresh_token("the-refresh-token")
}

/// Returns the response to [`grant`].
pub fn response<B: From<Bytes>>() -> Response<B> {
    let mut response = Response::new(Bytes::from_static(TOKENS.as_bytes()).into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// An in-memory transport that responds to every request with [`response`].
#[derive(Debug)]
pub struct FixedResponse;

impl Transport for FixedResponse {
    fn send(&self, _: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async { Ok(response()) })
    }
}
