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
use crate::protocols::Protocol;

/// Runs all checks on a service's closure. Targets that are not in the closure are already reported.
pub(super) fn validate(
    raw_model: &RawModel<'_>,
    closure: &Closure,
    protocol: Option<&Protocol>,
    diagnostics: &mut Diagnostics,
) {
    let context = Context { raw_model, closure };
    defaults::check(&context, diagnostics);
    bindings::check(&context, diagnostics);
    if protocol.is_some_and(|protocol| protocol.has_http_bindings) {
        operations::check(&context, diagnostics);
    }
    if protocol.is_some_and(|protocol| protocol.has_json_names) {
        wire_names::check(&context, diagnostics);
    }
    nesting::check(&context, diagnostics);
    recursion::check(&context, diagnostics);
}
