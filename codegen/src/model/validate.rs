//! Checks that need more than one shape: what is bound where, what leads back to itself.

mod bindings;
mod defaults;
mod nesting;
mod operations;
mod recursion;
mod wire_names;

use super::closure::Closure;
use super::draft::Drafts;
use crate::Diagnostics;
use crate::model::{Member, Protocol, Shape, ShapeId, ShapeKind, Traits};

/// Runs every check over a service's closure. Shapes that are missing in it were reported before.
pub(super) fn validate(
    drafts: &Drafts<'_>,
    closure: &Closure,
    protocol: Option<Protocol>,
    diagnostics: &mut Diagnostics,
) {
    let context = Context { drafts, closure };
    defaults::check(&context, diagnostics);
    bindings::check(&context, diagnostics);
    match protocol {
        Some(Protocol::RestJson1) => {
            operations::check(&context, diagnostics);
            wire_names::check(&context, diagnostics);
        }
        // These read no HTTP bindings, and write members by their own names.
        Some(Protocol::RpcV2Cbor | Protocol::RpcV2Json | Protocol::AwsJson1_0 | Protocol::AwsJson1_1)
        | None => {}
    }
    nesting::check(&context, diagnostics);
    recursion::check(&context, diagnostics);
}

/// What checks look at: the typed shapes, and the drafts for the places of traits.
struct Context<'c, 'a> {
    drafts: &'c Drafts<'a>,
    closure: &'c Closure,
}

impl<'c> Context<'c, '_> {
    fn shape(&self, id: &ShapeId) -> Option<&'c Shape> {
        self.closure.shapes.get(id)
    }

    fn kind(&self, id: &ShapeId) -> Option<&'c ShapeKind> {
        self.shape(id).map(|shape| &shape.kind)
    }

    /// The structures of the closure.
    fn structures(&self) -> impl Iterator<Item = (&'c Shape, &'c [Member])> {
        self.closure.shapes.values().filter_map(|shape| match &shape.kind {
            ShapeKind::Structure(members) => Some((shape, members.as_slice())),
            _ => None,
        })
    }

    /// The members of a structure; none for another shape.
    fn members(&self, id: &ShapeId) -> &'c [Member] {
        match self.kind(id) {
            Some(ShapeKind::Structure(members)) => members,
            _ => &[],
        }
    }
}

/// Whether the member of an input is bound to another part of the request than the body's document.
fn is_bound_in_request(traits: &Traits) -> bool {
    traits.http_label
        || traits.http_query.is_some()
        || traits.http_query_params
        || traits.http_header.is_some()
        || traits.http_prefix_headers.is_some()
        || traits.http_payload
}

/// Whether the member of an output or error is bound to another part of the response than the document.
fn is_bound_in_response(traits: &Traits) -> bool {
    traits.http_header.is_some()
        || traits.http_prefix_headers.is_some()
        || traits.http_payload
        || traits.http_response_code
}
