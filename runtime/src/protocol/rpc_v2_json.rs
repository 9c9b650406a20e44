//! [Smithy RPC v2 JSON](https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2-json.html).

use super::error_report::CodeLocation;
use super::preset::Preset;
use super::rpc::{Route, RpcProtocol};
use crate::codec::json::Json;
use crate::schema::NameKind;
use crate::service::Protocol;

/// The protocol `smithy.protocols#rpcv2Json`.
#[derive(Clone, Copy, Debug)]
pub struct RpcV2Json;

impl Preset for RpcV2Json {
    const PROTOCOL: &'static dyn Protocol = &RpcProtocol {
        id: "smithy.protocols#rpcv2Json",
        codec: Json {
            media_type: "application/json",
            name_kind: NameKind::Member,
            timestamp_formats: false,
            big_numbers_as_text: true,
        },
        route: Route::Path { protocol: "rpc-v2-json" },
        error_code: &[CodeLocation::Type],
    };
}

#[cfg(test)]
mod tests;
