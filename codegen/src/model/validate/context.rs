//! The input of the checks, and properties of traits that several checks use.

use crate::model::closure::Closure;
use crate::model::raw::RawModel;
use crate::model::{Member, Shape, ShapeKind, Traits};
use crate::shape_id::ShapeId;

/// The input of the checks: the resolved shapes, and the raw model for the locations of traits.
pub(super) struct Context<'c, 'a> {
    pub(super) raw_model: &'c RawModel<'a>,
    pub(super) closure: &'c Closure,
}

impl<'c> Context<'c, '_> {
    pub(super) fn shape(&self, id: &ShapeId) -> Option<&'c Shape> {
        self.closure.shapes.get(id)
    }

    pub(super) fn kind(&self, id: &ShapeId) -> Option<&'c ShapeKind> {
        self.shape(id).map(|shape| &shape.kind)
    }

    /// Returns the structures in the closure and their members.
    pub(super) fn structures(&self) -> impl Iterator<Item = (&'c Shape, &'c [Member])> {
        self.closure.shapes.values().filter_map(|shape| match &shape.kind {
            ShapeKind::Structure(members) => Some((shape, members.as_slice())),
            _ => None,
        })
    }

    /// Returns the members of a structure; an empty slice for other shapes.
    pub(super) fn members(&self, id: &ShapeId) -> &'c [Member] {
        match self.kind(id) {
            Some(ShapeKind::Structure(members)) => members,
            _ => &[],
        }
    }
}

/// Returns true if an input member is bound to a part of the request other than the document in its body.
pub(super) fn is_bound_in_request(traits: &Traits) -> bool {
    traits.http_label
        || traits.http_query.is_some()
        || traits.http_query_params
        || traits.http_header.is_some()
        || traits.http_prefix_headers.is_some()
        || traits.http_payload
}

/// Returns true if an output or error member is bound to a part of the response other than the document in
/// its body.
pub(super) fn is_bound_in_response(traits: &Traits) -> bool {
    traits.http_header.is_some()
        || traits.http_prefix_headers.is_some()
        || traits.http_payload
        || traits.http_response_code
}
