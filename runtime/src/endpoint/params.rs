//! Parameter values of a rule set.

use super::error::EndpointError;
use super::rules::{Parameter, ParameterKind, RuleSet, StaticValue};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// The parameter values of a rule set. `Debug` shows the names of the parameters that are set, not their
/// values. Clones share the values until one of them is modified.
#[derive(Clone)]
pub struct Params {
    parameters: &'static [Parameter],
    values: Arc<[Option<ParamValue>]>,
}

/// The value of a parameter.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum ParamValue {
    /// `true` or `false`.
    Boolean(bool),
    /// A string.
    String(String),
    /// A list of strings.
    StringArray(Vec<String>),
}

impl Params {
    /// Creates the parameters of a rule set. All are unset.
    pub fn new(rules: &RuleSet) -> Self {
        Self { parameters: rules.parameters, values: rules.parameters.iter().map(|_| None).collect() }
    }

    /// Sets the parameter with this name.
    ///
    /// # Errors
    /// Returns [`EndpointError::UnknownParameter`] if the rule set has no such parameter, and
    /// [`EndpointError::WrongType`] if the parameter has another type.
    pub fn set(&mut self, name: &str, value: impl Into<ParamValue>) -> Result<(), EndpointError> {
        self.set_value(name, value.into())
    }

    fn set_value(&mut self, name: &str, value: ParamValue) -> Result<(), EndpointError> {
        let found = self.parameters.iter().enumerate().find(|(_, parameter)| parameter.name == name);
        let (index, parameter) = found.ok_or_else(|| EndpointError::UnknownParameter(name.to_owned()))?;
        if value.kind() != parameter.kind {
            return Err(EndpointError::WrongType { parameter: parameter.name, expected: parameter.kind });
        }
        if let Some(slot) = Arc::make_mut(&mut self.values).get_mut(index) {
            *slot = Some(value);
        }
        Ok(())
    }

    /// Returns the values, in the order of the parameters.
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

/// Parameters are equal if they belong to the same rule set and all values are equal.
impl PartialEq for Params {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.parameters, other.parameters) && self.values == other.values
    }
}

impl Eq for Params {}

impl Hash for Params {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.values.hash(state);
    }
}

impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = self.parameters.iter().zip(&*self.values).filter(|(_, value)| value.is_some());
        f.debug_set().entries(set.map(|(parameter, _)| parameter.name)).finish()
    }
}

impl From<StaticValue> for ParamValue {
    fn from(value: StaticValue) -> Self {
        match value {
            StaticValue::Boolean(value) => Self::Boolean(value),
            StaticValue::String(value) => Self::from(value),
            StaticValue::StringArray(values) => {
                values.iter().map(|&value| value.to_owned()).collect::<Vec<_>>().into()
            }
        }
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
