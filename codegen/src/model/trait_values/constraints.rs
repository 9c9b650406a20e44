//! Values of constraint traits.

use super::reader::{ReadResult, TraitReader};
use crate::ast::Node;
use crate::model::traits::{Length, Range};

impl TraitReader<'_> {
    pub(super) fn length(&self, value: &Node<'_>) -> ReadResult<Length> {
        let members = self.structure(value, "an object with optional `min` and `max`")?;
        let bound = |key: &str| {
            let expected = "a non-negative integer";
            let read = |node: Node<'_>| match node.integer().map(u64::try_from) {
                Some(Ok(bound)) => Ok(bound),
                Some(Err(_)) => Err(self.invalid(&node, expected)),
                None => Err(self.unexpected(&node, expected)),
            };
            members.get(key).map(read).transpose()
        };
        Ok(Length { min: bound("min")?, max: bound("max")? })
    }

    pub(super) fn range(&self, value: &Node<'_>) -> ReadResult<Range> {
        let members = self.structure(value, "an object with optional `min` and `max`")?;
        let bound = |key: &str| {
            let read = |node: Node<'_>| match node.number() {
                Some(number) => Ok(number.to_owned()),
                None => Err(self.unexpected(&node, "a number")),
            };
            members.get(key).map(read).transpose()
        };
        Ok(Range { min: bound("min")?, max: bound("max")? })
    }
}
