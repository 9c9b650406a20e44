//! Slots of endpoint parameters and variables.

use crate::model::endpoint::Parameter;
use std::collections::BTreeMap;

/// The slot of each parameter and variable in scope: parameters first, in their order in the rules, then
/// variables. Variables that are never in scope together may share a slot.
///
/// In a rule tree, a variable is in scope until the end of its rule. In a decision diagram, all variables are
/// in scope everywhere: assign those of all conditions first.
pub struct Slots<'r> {
    /// The names by slot.
    names: Vec<&'r str>,
    index: BTreeMap<&'r str, usize>,
    parameters: usize,
    /// The largest length of `names` so far.
    max_len: usize,
}

impl<'r> Slots<'r> {
    /// Creates the slots of the parameters.
    pub fn new(parameters: &'r [Parameter]) -> Self {
        let names: Vec<_> = parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        let index = names.iter().enumerate().map(|(slot, name)| (*name, slot)).collect();
        Self { parameters: names.len(), max_len: names.len(), names, index }
    }

    /// Returns the slot of a parameter or variable. The model has been checked: the name is in scope.
    pub fn get(&self, name: &str) -> usize {
        self.index.get(name).copied().unwrap_or_default()
    }

    /// Returns the slot of a variable, which is in scope from now on.
    pub fn assign(&mut self, name: &'r str) -> usize {
        let slot = *self.index.entry(name).or_insert(self.names.len());
        if slot == self.names.len() {
            self.names.push(name);
            self.max_len = self.max_len.max(self.names.len());
        }
        slot
    }

    /// Returns the number of names in scope, to be passed to [`truncate`](Self::truncate).
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Returns true if no names are in scope.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Removes the most recent variables until `len` names are in scope.
    pub fn truncate(&mut self, len: usize) {
        for name in self.names.drain(len.max(self.parameters)..) {
            self.index.remove(name);
        }
    }

    /// Returns the number of slots for variables.
    pub fn variables(&self) -> usize {
        self.max_len - self.parameters
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::endpoint::ParameterKind;

    #[test]
    fn variables_that_are_not_in_scope_together_share_a_slot() {
        let kind = ParameterKind::String;
        let region =
            Parameter { name: "Region".to_owned(), kind, built_in: None, required: false, default: None };
        let parameters = [region];
        let mut slots = Slots::new(&parameters);
        let outer = slots.len();
        assert_eq!((slots.get("Region"), slots.assign("a"), slots.assign("b")), (0, 1, 2));
        assert_eq!((slots.assign("a"), slots.get("b")), (1, 2));
        slots.truncate(outer);
        assert_eq!((slots.assign("c"), slots.variables()), (1, 2));
    }
}
