//! Which names are in scope, where their values are and of what type.

use super::types::Type;
use super::{Parameter, Slot};
use std::collections::BTreeMap;

/// Parameters, then the variables in scope, by their places.
#[derive(Clone, Default)]
pub(super) struct Names {
    names: Vec<(String, Type)>,
    /// Where each is in the list.
    index: BTreeMap<String, usize>,
    parameters: usize,
    most: usize,
    is_flat: bool,
}

/// Why a variable cannot come into scope.
pub(super) enum AssignError {
    /// There is one of that name, or a parameter.
    InScope,
    /// There are more than places can be numbered.
    TooMany,
}

impl Names {
    pub(super) fn new(parameters: &[Parameter]) -> Self {
        let names: Vec<_> =
            parameters.iter().map(|parameter| (parameter.name.clone(), parameter.kind.ty())).collect();
        let index = names.iter().enumerate().map(|(index, (name, _))| (name.clone(), index)).collect();
        Self { parameters: names.len(), most: names.len(), names, index, is_flat: false }
    }

    /// All variables are in one scope, and may be assigned more than once.
    pub(super) fn flat(parameters: &[Parameter]) -> Self {
        Self { is_flat: true, ..Self::new(parameters) }
    }

    /// The place and type of a name.
    pub(super) fn find(&self, name: &str) -> Option<(Slot, Type)> {
        let index = *self.index.get(name)?;
        Some((Slot::try_from(index).ok()?, self.names.get(index)?.1))
    }

    /// The names in scope.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| name.as_str())
    }

    /// A variable comes into scope.
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
        self.most = self.most.max(self.names.len());
        Ok(slot)
    }

    /// What is known of the type of variables: that of each one's assignments if these agree.
    pub(super) fn learn(&mut self, types: &[(Slot, Type)]) {
        let mut learned: BTreeMap<Slot, Type> = BTreeMap::new();
        for (slot, ty) in types {
            learned.entry(*slot).and_modify(|known| *known = known.or(*ty)).or_insert(*ty);
        }
        for (slot, ty) in learned {
            if let Some(name) = self.names.get_mut(usize::from(slot)) {
                name.1 = ty;
            }
        }
    }

    /// A mark to return to.
    pub(super) fn mark(&self) -> usize {
        self.names.len()
    }

    /// The variables since the mark go out of scope.
    pub(super) fn leave(&mut self, mark: usize) {
        for (name, _) in self.names.drain(mark.max(self.parameters)..) {
            self.index.remove(&name);
        }
    }

    /// How many variables were in scope together at most.
    pub(super) fn variables(&self) -> Slot {
        Slot::try_from(self.most.saturating_sub(self.parameters)).unwrap_or(Slot::MAX)
    }
}
