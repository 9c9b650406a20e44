//! Rules as a binary decision diagram.

use super::error::EndpointError;
use super::expression::Scope;
use super::rules::{Condition, Outcome};

/// A decision: the index of the condition, the reference to follow if it matches, and the one to follow if not. The
/// first node, which nothing refers to, has -1 for a condition.
pub type BddNode = [i32; 3];

/// Rules as a binary decision diagram:
/// [`endpointBdd`](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointbdd-trait).
///
/// A reference *n* of 2 and up is `nodes[n - 1]`; a negative one is that node with its branches exchanged; 1 and
/// -1 are no match; [`Bdd::NO_MATCH`] is no match too, and from there on they are `results`.
#[derive(Debug)]
pub struct Bdd {
    /// The reference to begin with.
    pub root: i32,
    /// The decisions.
    pub nodes: &'static [BddNode],
    /// What nodes decide by.
    pub conditions: &'static [Condition],
    /// What they lead to.
    pub results: &'static [Outcome],
}

impl Bdd {
    /// The reference of the result that is in no list: no match. That of `results[0]` is one more.
    pub const NO_MATCH: i32 = 100_000_000;

    /// What the decisions lead to.
    pub(super) fn outcome(&self, scope: &mut Scope<'_>) -> Result<&'static Outcome, EndpointError> {
        let mut reference = self.root;
        // A path meets a condition once, so that a longer one is a circle.
        for _ in 0..=self.conditions.len() {
            if matches!(reference, 1 | -1 | Self::NO_MATCH) {
                return Err(EndpointError::NoMatch);
            }
            if reference > Self::NO_MATCH {
                let index = usize::try_from(reference - Self::NO_MATCH - 1).unwrap_or(usize::MAX);
                return self.results.get(index).ok_or(EndpointError::Broken("a result is missing"));
            }
            reference = self.follow(reference, scope)?;
        }
        Err(EndpointError::Broken("its decisions go round in circles"))
    }

    fn follow(&self, reference: i32, scope: &mut Scope<'_>) -> Result<i32, EndpointError> {
        let index = usize::try_from(reference.unsigned_abs()).ok().and_then(|index| index.checked_sub(1));
        let node = index.and_then(|index| self.nodes.get(index));
        let [condition, high, low] = *node.ok_or(EndpointError::Broken("a node is missing"))?;
        let condition = usize::try_from(condition).ok().and_then(|index| self.conditions.get(index));
        let condition = condition.ok_or(EndpointError::Broken("a condition is missing"))?;
        let is_high = scope.matches(condition)? != (reference < 0);
        Ok(if is_high { high } else { low })
    }
}
