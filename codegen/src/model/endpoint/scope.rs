//! Parameters and variables in scope, with their slots and types.

use super::types::Type;
use super::{Parameter, Slot};
use std::collections::BTreeMap;

/// The parameters and variables in scope.
#[derive(Clone, Default)]
pub(super) struct Scope {
    /// Parameters, then variables, by slot.
    names: Vec<(String, Type)>,
    /// The index of each name in `names`.
    index: BTreeMap<String, usize>,
    /// The number of parameters.
    parameters: usize,
    /// The largest length of `names` so far.
    max_len: usize,
    is_flat: bool,
}

/// The reason that a variable cannot be added to the scope.
pub(super) enum AssignError {
    /// The name is already in scope.
    InScope,
    /// All slots are in use.
    TooMany,
}

impl Scope {
    pub(super) fn new(parameters: &[Parameter]) -> Self {
        let names: Vec<_> =
            parameters.iter().map(|parameter| (parameter.name.clone(), parameter.kind.ty())).collect();
        let index = names.iter().enumerate().map(|(index, (name, _))| (name.clone(), index)).collect();
        Self { parameters: names.len(), max_len: names.len(), names, index, is_flat: false }
    }

    /// Creates a scope in which variables may be assigned more than once.
    pub(super) fn flat(parameters: &[Parameter]) -> Self {
        Self { is_flat: true, ..Self::new(parameters) }
    }

    /// Returns the slot and type of a name.
    pub(super) fn find(&self, name: &str) -> Option<(Slot, Type)> {
        let index = *self.index.get(name)?;
        Some((Slot::try_from(index).ok()?, self.names.get(index)?.1))
    }

    /// Returns the names in scope.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| name.as_str())
    }

    /// Adds a variable to the scope.
    pub(super) fn assign(&mut self, name: &str, ty: Type) -> Result<Slot, AssignError> {
        if let Some(&index) = self.index.get(name) {
            if !self.is_flat || index < self.parameters {
                return Err(AssignError::InScope);
            }
            return Slot::try_from(index).map_err(|_| AssignError::TooMany);
        }
        let slot = Slot::try_from(self.names.len()).map_err(|_| AssignError::TooMany)?;
        self.index.insert(name.to_owned(), self.names.len());
        self.names.push((name.to_owned(), ty));
        self.max_len = self.max_len.max(self.names.len());
        Ok(slot)
    }

    /// Sets the type of each variable to the common type of its assignments.
    pub(super) fn set_types(&mut self, assignments: &[(Slot, Type)]) {
        let mut types: BTreeMap<Slot, Type> = BTreeMap::new();
        for (slot, ty) in assignments {
            types.entry(*slot).and_modify(|known| *known = known.join(*ty)).or_insert(*ty);
        }
        for (slot, ty) in types {
            if let Some(name) = self.names.get_mut(usize::from(slot)) {
                name.1 = ty;
            }
        }
    }

    /// Returns the number of names in scope, to be passed to [`truncate`](Self::truncate).
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// Removes the most recent variables until `len` names are in scope.
    pub(super) fn truncate(&mut self, len: usize) {
        for (name, _) in self.names.drain(len.max(self.parameters)..) {
            self.index.remove(&name);
        }
    }

    /// Returns the largest number of variables that were in scope at the same time.
    pub(super) fn variables(&self) -> Slot {
        Slot::try_from(self.max_len.saturating_sub(self.parameters)).unwrap_or(Slot::MAX)
    }
}
