//! Endpoint rules and their tests, parsed from models at run time, to test the rules of many services in one
//! program.
//!
//! The data that generated code has in `static`s is leaked.

mod bdd;
mod expression;
mod names;
mod parameters;
mod tree;

pub mod report;

pub use farrier_runtime::testing::{EndpointCase as Case, PartitionData};

use farrier_runtime::endpoint::RuleSet;
use serde_json::Value;

/// The endpoint rules of a service and their tests.
pub struct Service {
    /// The absolute id of the service's shape.
    pub id: String,
    /// The rules in each form of the model, `rule set` and `bdd`, or the parse error.
    pub forms: Vec<(&'static str, Result<&'static RuleSet, String>)>,
    /// The cases of `endpointTests`.
    pub cases: Vec<Case>,
}

/// Returns the services of a JSON AST model that have endpoint rules.
///
/// # Errors
/// Returns a message if the file is not a JSON AST model or a test case is invalid.
pub fn services(model: &[u8]) -> Result<Vec<Service>, String> {
    let model: Value = serde_json::from_slice(model).map_err(|error| format!("invalid JSON: {error}"))?;
    let shapes = model["shapes"].as_object().ok_or("`shapes` is missing")?;
    let mut services = Vec::new();
    for (id, shape) in shapes {
        let traits = &shape["traits"];
        let mut forms = Vec::new();
        if let Some(rules) = traits.get("smithy.rules#endpointRuleSet") {
            forms.push(("rule set", tree::load(rules)));
        }
        if let Some(rules) = traits.get("smithy.rules#endpointBdd") {
            forms.push(("bdd", bdd::load(rules)));
        }
        if !forms.is_empty() {
            let cases = Case::parse_all(list(&traits["smithy.rules#endpointTests"], "testCases")?)?;
            services.push(Service { id: id.clone(), forms, cases });
        }
    }
    Ok(services)
}

/// Leaks the items, since rules hold `'static` data.
fn leak<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}

fn leak_str(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn text<'v>(value: &'v Value, name: &str) -> Result<&'v str, String> {
    value[name].as_str().ok_or_else(|| format!("`{name}` is not a string in {value}"))
}

fn list<'v>(value: &'v Value, name: &str) -> Result<&'v [Value], String> {
    match &value[name] {
        Value::Null => Ok(&[]),
        Value::Array(items) => Ok(items),
        _ => Err(format!("`{name}` is not a list in {value}")),
    }
}

fn members<'v>(
    value: &'v Value,
    name: &str,
) -> Result<impl Iterator<Item = (&'v String, &'v Value)>, String> {
    match &value[name] {
        Value::Null => Ok(None.into_iter().flatten()),
        Value::Object(members) => Ok(Some(members).into_iter().flatten()),
        _ => Err(format!("`{name}` is not an object in {value}")),
    }
}
