//! Names in scope and their slots.

use farrier_runtime::endpoint::{Parameter, SlotIndex};

/// The parameters and the variables in scope, in the order of their slots.
pub(super) struct Names {
    names: Vec<String>,
    parameters: usize,
    max_len: usize,
    is_flat: bool,
}

impl Names {
    pub(super) fn new(parameters: &[Parameter]) -> Self {
        let names: Vec<String> = parameters.iter().map(|parameter| parameter.name.to_owned()).collect();
        Self { parameters: names.len(), max_len: names.len(), names, is_flat: false }
    }

    /// Creates names with a single scope, in which variables may be assigned more than once.
    pub(super) fn flat(parameters: &[Parameter]) -> Self {
        Self { is_flat: true, ..Self::new(parameters) }
    }

    pub(super) fn slot(&self, name: &str) -> Result<SlotIndex, String> {
        let index = self.names.iter().position(|known| known == name);
        let index = index.ok_or_else(|| format!("`{name}` is not in scope"))?;
        SlotIndex::try_from(index).map_err(|_| "too many variables".to_owned())
    }

    /// Adds a variable to the scope.
    pub(super) fn assign(&mut self, name: &str) -> Result<SlotIndex, String> {
        if let Ok(slot) = self.slot(name) {
            if self.is_flat && usize::from(slot) >= self.parameters {
                return Ok(slot);
            }
            return Err(format!("`{name}` is already in scope"));
        }
        self.names.push(name.to_owned());
        self.max_len = self.max_len.max(self.names.len());
        self.slot(name)
    }

    /// Returns a mark for [`leave`](Self::leave).
    pub(super) fn mark(&self) -> usize {
        self.names.len()
    }

    /// Removes the variables added since the mark.
    pub(super) fn leave(&mut self, mark: usize) {
        self.names.truncate(mark.max(self.parameters));
    }

    /// Returns the maximum number of variables in scope at once.
    pub(super) fn variables(&self) -> Result<SlotIndex, String> {
        SlotIndex::try_from(self.max_len - self.parameters).map_err(|_| "too many variables".to_owned())
    }
}
