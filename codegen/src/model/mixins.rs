//! Copies [mixins](https://smithy.io/2.0/spec/mixins.html) into the shapes that use them.
//!
//! A shape's mixins, and theirs, form a graph. Two walks over it, each visiting a mixin once, give the two
//! orders that matter: members stand where a mixin comes *first*; of a trait's values the one counts whose
//! mixin comes *last*, the shape itself being the very last.

mod graph;
mod merge;

use super::draft::Drafts;
use crate::model::ShapeId;
use crate::{Diagnostic, Diagnostics};

/// The trait that marks a mixin.
pub(super) const MIXIN: &str = "smithy.api#mixin";

/// How many times all mixins together may be mixed in, lest a small model grow out of all bounds.
const MOST: usize = 2_000_000;

/// Gives every shape that uses mixins, and is none itself, the members and traits of its mixins.
pub(super) fn flatten(drafts: &mut Drafts<'_>, mistakes: &mut Diagnostics) {
    graph::drop_wrong_references(drafts, mistakes);
    graph::drop_cycles(drafts, mistakes);
    let used = |(id, draft): (&ShapeId, &super::draft::Draft<'_>)| {
        (!draft.mixins.is_empty() && !draft.has(MIXIN)).then(|| id.clone())
    };
    let users: Vec<ShapeId> = drafts.by_id.iter().filter_map(used).collect();
    let mut budget = MOST;
    for id in users {
        let first = graph::in_order_of_first(drafts, &id);
        let last = graph::in_order_of_last(drafts, &id);
        let Some(left) = budget.checked_sub(first.len()) else {
            let span = drafts.get(&id).map(|draft| draft.span).unwrap_or_default();
            mistakes.push(Diagnostic::new(span, "too many mixins are mixed in").label("gave up here"));
            return;
        };
        budget = left;
        if let Some(merged) = merge::merge(drafts, &id, &first, &last, mistakes) {
            drafts.by_id.insert(id, merged);
        }
    }
}
