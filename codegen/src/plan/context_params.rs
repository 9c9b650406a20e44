//! Endpoint parameters that operations set.

use super::value::Value;
use crate::model::endpoint::{ParameterValue, PathStep};
use crate::model::{Model, Traits};

/// Returns the endpoint parameters that an operation sets, as traits, if the service has endpoint rules.
pub(super) fn operation<'a>(model: &Model, traits: &'a Traits) -> impl Iterator<Item = Value> + use<'a> {
    let has_rules = model.service.endpoints.is_some();
    let statics = traits.static_context_params.iter().map(|(name, value)| {
        Value::call("OperationTrait::StaticContextParam", [Value::str(name), self::value(value)])
    });
    let paths = traits.operation_context_params.iter().map(|(name, path)| {
        Value::call("OperationTrait::OperationContextParam", [Value::str(name), self::path(path)])
    });
    statics.chain(paths).filter(move |_| has_rules)
}

/// Returns true if an operation sets endpoint parameters.
pub(super) fn are_used(model: &Model) -> bool {
    model.operations.values().any(|operation| self::operation(model, &operation.traits).next().is_some())
}

/// Returns the value of a parameter, such as `StaticValue::Boolean(true)`.
pub(super) fn value(value: &ParameterValue) -> Value {
    match value {
        ParameterValue::Boolean(value) => Value::call("StaticValue::Boolean", [Value::Bool(*value)]),
        ParameterValue::String(value) => Value::call("StaticValue::String", [Value::str(value)]),
        ParameterValue::StringArray(values) => {
            Value::call("StaticValue::StringArray", [Value::strings(values)])
        }
    }
}

/// Returns the path to a parameter's value in the input of an operation.
fn path(path: &[PathStep]) -> Value {
    Value::slice(path.iter().map(|step| match step {
        PathStep::Field(name) => Value::call("PathStep::Field", [Value::str(name)]),
        PathStep::Items => Value::path("PathStep::Items"),
        PathStep::Values => Value::path("PathStep::Values"),
        PathStep::Flatten => Value::path("PathStep::Flatten"),
        PathStep::Select(paths) => {
            let paths = paths.iter().map(|path| self::path(path));
            Value::call("PathStep::Select", [Value::slice(paths)])
        }
        PathStep::Keys => Value::path("PathStep::Keys"),
    }))
}
