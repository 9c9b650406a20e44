//! [Smithy RPC v2 CBOR](https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2-cbor.html).

use super::error_report::CodeLocation;
use super::preset::Preset;
use super::rpc::{Route, RpcProtocol};
use crate::codec::cbor::Cbor;
use crate::service::Protocol;

/// The protocol `smithy.protocols#rpcv2Cbor`.
#[derive(Clone, Copy, Debug)]
pub struct RpcV2Cbor;

impl Preset for RpcV2Cbor {
    const PROTOCOL: &'static dyn Protocol = &RpcProtocol {
        id: "smithy.protocols#rpcv2Cbor",
        codec: Cbor,
        route: Route::Path { protocol: "rpc-v2-cbor" },
        error_code: &[CodeLocation::Type],
    };
}

#[cfg(test)]
mod tests;
