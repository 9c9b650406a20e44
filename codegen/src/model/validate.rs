//! Validation that involves more than one shape, such as HTTP bindings and recursion.

mod bindings;
mod defaults;
mod nesting;
mod operations;
mod recursion;
mod wire_names;

use super::closure::Closure;
use super::raw::RawModel;
use crate::Diagnostics;
use crate::model::{Member, Protocol, Shape, ShapeKind, Traits};
use crate::shape_id::ShapeId;

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

/// The input of the checks: the resolved shapes, and the raw model for the locations of traits.
struct Context<'c, 'a> {
    raw_model: &'c RawModel<'a>,
    closure: &'c Closure,
}

impl<'c> Context<'c, '_> {
    fn shape(&self, id: &ShapeId) -> Option<&'c Shape> {
        self.closure.shapes.get(id)
    }

    fn kind(&self, id: &ShapeId) -> Option<&'c ShapeKind> {
        self.shape(id).map(|shape| &shape.kind)
    }

    /// Returns the structures in the closure and their members.
    fn structures(&self) -> impl Iterator<Item = (&'c Shape, &'c [Member])> {
        self.closure.shapes.values().filter_map(|shape| match &shape.kind {
            ShapeKind::Structure(members) => Some((shape, members.as_slice())),
            _ => None,
        })
    }

    /// Returns the members of a structure; an empty slice for other shapes.
    fn members(&self, id: &ShapeId) -> &'c [Member] {
        match self.kind(id) {
            Some(ShapeKind::Structure(members)) => members,
            _ => &[],
        }
    }
}

/// Returns true if an input member is bound to a part of the request other than the document in its body.
fn is_bound_in_request(traits: &Traits) -> bool {
    traits.http_label
        || traits.http_query.is_some()
        || traits.http_query_params
        || traits.http_header.is_some()
        || traits.http_prefix_headers.is_some()
        || traits.http_payload
}

/// Returns true if an output or error member is bound to a part of the response other than the document in
/// its body.
fn is_bound_in_response(traits: &Traits) -> bool {
    traits.http_header.is_some()
        || traits.http_prefix_headers.is_some()
        || traits.http_payload
        || traits.http_response_code
}
