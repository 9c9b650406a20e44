//! JSON response bodies.

use crate::operations::{RestTree, RestTypes, RpcJsonTree, RpcJsonTypes};
use crate::round_trip::round_trip;

/// Reads a body with restJson1 and rpcv2Json, the JSON protocols that differ most.
pub fn json(body: &[u8]) {
    let plain = http::Response::new(());
    round_trip::<RestTypes>(&plain, body);
    round_trip::<RestTree>(&plain, body);
    let mut rpc = http::Response::new(());
    rpc.headers_mut().insert("smithy-protocol", http::HeaderValue::from_static("rpc-v2-json"));
    round_trip::<RpcJsonTypes>(&rpc, body);
    round_trip::<RpcJsonTree>(&rpc, body);
}
