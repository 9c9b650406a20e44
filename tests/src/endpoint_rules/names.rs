//! Which names are in scope, and where their values are.

use farrier_runtime::endpoint::{Parameter, Slot};

/// Parameters, then the variables in scope, by their places.
pub(super) struct Names {
    names: Vec<String>,
    parameters: usize,
    most: usize,
    is_flat: bool,
}

impl Names {
    pub(super) fn new(parameters: &[Parameter]) -> Self {
        let names: Vec<String> = parameters.iter().map(|parameter| parameter.name.to_owned()).collect();
        Self { parameters: names.len(), most: names.len(), names, is_flat: false }
    }

    /// All variables are in one scope, and may be assigned more than once.
    pub(super) fn flat(parameters: &[Parameter]) -> Self {
        Self { is_flat: true, ..Self::new(parameters) }
    }

    pub(super) fn slot(&self, name: &str) -> Result<Slot, String> {
        let index = self.names.iter().position(|known| known == name);
        let index = index.ok_or_else(|| format!("`{name}` is not in scope"))?;
        Slot::try_from(index).map_err(|_| "there are too many variables".to_owned())
    }

    /// A variable comes into scope.
    pub(super) fn assign(&mut self, name: &str) -> Result<Slot, String> {
        if let Ok(slot) = self.slot(name) {
            if self.is_flat && usize::from(slot) >= self.parameters {
                return Ok(slot);
            }
            return Err(format!("`{name}` is in scope already"));
        }
        self.names.push(name.to_owned());
        self.most = self.most.max(self.names.len());
        self.slot(name)
    }

    /// A mark to return to.
    pub(super) fn mark(&self) -> usize {
        self.names.len()
    }

    /// The variables since the mark go out of scope.
    pub(super) fn leave(&mut self, mark: usize) {
        self.names.truncate(mark.max(self.parameters));
    }

    /// How many variables were in scope together at most.
    pub(super) fn variables(&self) -> Result<Slot, String> {
        Slot::try_from(self.most - self.parameters).map_err(|_| "there are too many variables".to_owned())
    }
}
