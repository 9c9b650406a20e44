//! What the probes share.

use bytes::Bytes;
use farrier_runtime::transport::{BoxFuture, Transport, TransportError};
use farrier_runtime::types::Body;
use harness::{CLIENT_ID, TOKENS};
use http::{HeaderValue, Request, Response, header};
use signin_client::types::CreateOAuth2TokenRequestBody;

/// Asks to refresh credentials.
pub fn grant() -> CreateOAuth2TokenRequestBody {
    CreateOAuth2TokenRequestBody::new(CLIENT_ID, "refresh_token").refresh_token("the-refresh-token")
}

/// The answer to it.
pub fn granted<B: From<Bytes>>() -> Response<B> {
    let mut response = Response::new(Bytes::from_static(TOKENS.as_bytes()).into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// A transport that grants whatever it is asked for, in memory.
#[derive(Debug)]
pub struct Granting;

impl Transport for Granting {
    fn send(&self, _: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async { Ok(granted()) })
    }
}
