//! The values that a rule set is evaluated for.

use super::error::EndpointError;
use super::rules::{Parameter, ParameterKind, RuleSet};
use std::fmt;

/// The values of a rule set's parameters. `Debug` shows which are set, not to what.
#[derive(Clone)]
pub struct Params {
    parameters: &'static [Parameter],
    values: Vec<Option<ParamValue>>,
}

/// The value of a parameter.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum ParamValue {
    /// `true` or `false`.
    Boolean(bool),
    /// A text.
    String(String),
    /// A list of texts.
    StringArray(Vec<String>),
}

impl Params {
    /// No value is set.
    pub fn new(rules: &RuleSet) -> Self {
        Self { parameters: rules.parameters, values: vec![None; rules.parameters.len()] }
    }

    /// Sets the parameter of that name.
    ///
    /// # Errors
    /// [`EndpointError::UnknownParameter`] if the rule set has no such parameter,
    /// [`EndpointError::WrongKind`] if it is of another type.
    pub fn set(&mut self, name: &str, value: impl Into<ParamValue>) -> Result<(), EndpointError> {
        let found =
            self.parameters.iter().zip(&mut self.values).find(|(parameter, _)| parameter.name == name);
        let (parameter, place) = found.ok_or_else(|| EndpointError::UnknownParameter(name.to_owned()))?;
        let value = value.into();
        if value.kind() != parameter.kind {
            return Err(EndpointError::WrongKind { parameter: parameter.name, expected: parameter.kind });
        }
        *place = Some(value);
        Ok(())
    }

    /// The values, in the order of the parameters.
    pub(super) fn values(&self) -> &[Option<ParamValue>] {
        &self.values
    }
}

impl ParamValue {
    pub(super) fn kind(&self) -> ParameterKind {
        match self {
            Self::Boolean(_) => ParameterKind::Boolean,
            Self::String(_) => ParameterKind::String,
            Self::StringArray(_) => ParameterKind::StringArray,
        }
    }
}

impl PartialEq for Params {
    fn eq(&self, o: &Self) -> bool {
        self.values == o.values
    }
}
impl Eq for Params {}
impl std::hash::Hash for Params {
    fn hash<H: std::hash::Hasher>(&self, h: &mut H) {
        self.values.hash(h)
    }
}
impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = self.parameters.iter().zip(&self.values).filter(|(_, value)| value.is_some());
        f.debug_set().entries(set.map(|(parameter, _)| parameter.name)).finish()
    }
}

impl From<bool> for ParamValue {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<&str> for ParamValue {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<String> for ParamValue {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<Vec<String>> for ParamValue {
    fn from(value: Vec<String>) -> Self {
        Self::StringArray(value)
    }
}
