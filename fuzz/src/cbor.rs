//! CBOR response bodies.

use crate::operations::{CborFail, CborTree, CborTypes};
use crate::round_trip::{error, round_trip};

/// Reads an rpcv2Cbor body, as an output and as an error.
pub fn cbor(body: &[u8]) {
    let mut head = http::Response::new(());
    head.headers_mut().insert("smithy-protocol", http::HeaderValue::from_static("rpc-v2-cbor"));
    round_trip::<CborTypes>(&head, body);
    round_trip::<CborTree>(&head, body);
    *head.status_mut() = http::StatusCode::BAD_REQUEST;
    error::<CborFail>(&head, body);
}
