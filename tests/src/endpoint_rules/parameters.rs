//! Parsing of endpoint parameters.

use super::{leak, leak_str, members, text};
use farrier_runtime::endpoint::{Parameter, ParameterKind, StaticValue};
use serde_json::Value;

pub(super) fn load(rules: &Value) -> Result<&'static [Parameter], String> {
    let mut parameters = Vec::new();
    for (name, parameter) in members(rules, "parameters")? {
        let kind = match text(parameter, "type")? {
            // Older models capitalize the types.
            "boolean" | "Boolean" => ParameterKind::Boolean,
            "string" | "String" => ParameterKind::String,
            "stringArray" | "StringArray" => ParameterKind::StringArray,
            other => return Err(format!("parameter `{name}` has unknown type `{other}`")),
        };
        parameters.push(Parameter {
            name: leak_str(name),
            kind,
            built_in: parameter["builtIn"].as_str().map(leak_str),
            required: parameter["required"] == true,
            default: default(&parameter["default"], kind)?,
        });
    }
    Ok(leak(parameters))
}

fn default(value: &Value, kind: ParameterKind) -> Result<Option<StaticValue>, String> {
    Ok(Some(match (value, kind) {
        (Value::Null, _) => return Ok(None),
        (Value::Bool(value), ParameterKind::Boolean) => StaticValue::Boolean(*value),
        (Value::String(value), ParameterKind::String) => StaticValue::String(leak_str(value)),
        (Value::Array(values), ParameterKind::StringArray) => {
            let values: Option<Vec<_>> = values.iter().map(|value| value.as_str().map(leak_str)).collect();
            StaticValue::StringArray(leak(values.ok_or("a default value is not a list of strings")?))
        }
        _ => return Err(format!("default value {value} does not match the type of its parameter")),
    }))
}
