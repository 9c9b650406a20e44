//! Parameters and variables in scope, with their types.

use super::Parameter;
use super::types::Type;
use std::collections::BTreeMap;

/// The maximum number of parameters and variables in scope.
pub(super) const MAX_NAMES: usize = 65_535;

/// The parameters and variables in scope.
#[derive(Clone, Default)]
pub(super) struct Scope {
    /// Parameters, then variables in the order of their assignment.
    names: Vec<(String, Type)>,
    /// The index of each name in `names`.
    index: BTreeMap<String, usize>,
    /// The number of parameters.
    parameters: usize,
    is_flat: bool,
}

/// The reason that a variable cannot be added to the scope.
pub(super) enum AssignError {
    /// The name is already in scope.
    InScope,
    /// There are [`MAX_NAMES`] names in scope.
    TooMany,
}

impl Scope {
    pub(super) fn new(parameters: &[Parameter]) -> Self {
        let names: Vec<_> =
            parameters.iter().map(|parameter| (parameter.name.clone(), parameter.kind.ty())).collect();
        let index = names.iter().enumerate().map(|(index, (name, _))| (name.clone(), index)).collect();
        Self { parameters: names.len(), names, index, is_flat: false }
    }

    /// Creates a scope in which variables may be assigned more than once.
    pub(super) fn flat(parameters: &[Parameter]) -> Self {
        Self { is_flat: true, ..Self::new(parameters) }
    }

    /// Returns the type of a name.
    pub(super) fn find(&self, name: &str) -> Option<Type> {
        self.names.get(*self.index.get(name)?).map(|(_, ty)| *ty)
    }

    /// Returns the names in scope.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| name.as_str())
    }

    /// Adds a variable to the scope.
    pub(super) fn assign(&mut self, name: &str, ty: Type) -> Result<(), AssignError> {
        if let Some(&index) = self.index.get(name) {
            if !self.is_flat || index < self.parameters {
                return Err(AssignError::InScope);
            }
            return Ok(());
        }
        if self.names.len() >= MAX_NAMES {
            return Err(AssignError::TooMany);
        }
        self.index.insert(name.to_owned(), self.names.len());
        self.names.push((name.to_owned(), ty));
        Ok(())
    }

    /// Sets the type of each variable to the common type of its assignments.
    pub(super) fn set_types(&mut self, assignments: &[(String, Type)]) {
        let mut types: BTreeMap<&str, Type> = BTreeMap::new();
        for (name, ty) in assignments {
            types.entry(name).and_modify(|known| *known = known.join(*ty)).or_insert(*ty);
        }
        for (name, ty) in types {
            if let Some(known) = self.index.get(name).and_then(|index| self.names.get_mut(*index)) {
                known.1 = ty;
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
}
