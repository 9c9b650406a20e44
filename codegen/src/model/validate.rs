//! Validation that involves more than one shape, such as HTTP bindings and recursion.

mod bindings;
mod context;
mod defaults;
mod nesting;
mod operations;
mod recursion;
mod wire_names;

use self::context::Context;
use super::closure::Closure;
use super::raw::RawModel;
use crate::Diagnostics;
use crate::model::Protocol;

/// Runs all checks on a service's closure. Targets that are not in the closure are already reported.
pub(super) fn validate(
    raw_model: &RawModel<'_>,
    closure: &Closure,
    protocol: Option<Protocol>,
    diagnostics: &mut Diagnostics,
) {
    let context = Context { raw_model, closure };
    defaults::check(&context, diagnostics);
    bindings::check(&context, diagnostics);
    match protocol {
        Some(Protocol::RestJson1) => {
            operations::check(&context, diagnostics);
            wire_names::check(&context, diagnostics);
        }
        // These protocols ignore HTTP bindings and `jsonName`.
        Some(Protocol::RpcV2Cbor | Protocol::RpcV2Json | Protocol::AwsJson1_0 | Protocol::AwsJson1_1)
        | None => {}
    }
    nesting::check(&context, diagnostics);
    recursion::check(&context, diagnostics);
}
