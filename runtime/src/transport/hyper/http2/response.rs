//! Conversion of responses.

use super::super::limits::Limits;
use super::super::response::streamed;
use super::connection::Permit;
use super::whole_body::WholeBody;
use crate::transport::PooledConnection;
use crate::types::Body;
use hyper::body::Incoming;

/// Converts a response. `permit` is the place of the request on its connection.
pub(super) fn finish(
    mut response: http::Response<Incoming>,
    permit: Permit,
    method: &http::Method,
    limits: Option<Limits>,
) -> http::Response<Body> {
    let status = response.status();
    if !status.is_success() {
        response.extensions_mut().insert(PooledConnection::new(permit.retire_fn()));
    }
    response.map(|body| streamed(WholeBody::new(body, permit, method, status), limits))
}
