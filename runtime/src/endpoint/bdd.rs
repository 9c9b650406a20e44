//! Evaluation of binary decision diagrams.

use super::error::EndpointError;
use super::expression::Scope;
use super::rules::{Bdd, Outcome};

impl Bdd {
    /// Evaluates the diagram and returns its result.
    pub(super) fn outcome(&self, scope: &mut Scope<'_>) -> Result<&'static Outcome, EndpointError> {
        let mut reference = self.root;
        // A path evaluates each condition at most once, so a longer path has a cycle.
        for _ in 0..=self.conditions.len() {
            if matches!(reference, 1 | -1 | Self::NO_MATCH) {
                return Err(EndpointError::NoMatch);
            }
            if reference > Self::NO_MATCH {
                let index = usize::try_from(reference - Self::NO_MATCH - 1).unwrap_or(usize::MAX);
                return self
                    .results
                    .get(index)
                    .ok_or(EndpointError::InvalidRules("a result index is out of range"));
            }
            reference = self.follow(reference, scope)?;
        }
        Err(EndpointError::InvalidRules("the decision diagram has a cycle"))
    }

    fn follow(&self, reference: i32, scope: &mut Scope<'_>) -> Result<i32, EndpointError> {
        let index = usize::try_from(reference.unsigned_abs()).ok().and_then(|index| index.checked_sub(1));
        let node = index.and_then(|index| self.nodes.get(index));
        let [condition, high, low] =
            *node.ok_or(EndpointError::InvalidRules("a node index is out of range"))?;
        let condition = usize::try_from(condition).ok().and_then(|index| self.conditions.get(index));
        let condition = condition.ok_or(EndpointError::InvalidRules("a condition index is out of range"))?;
        let is_high = scope.matches(condition)? != (reference < 0);
        Ok(if is_high { high } else { low })
    }
}
