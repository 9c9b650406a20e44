//! Endpoint rules and their tests, read from a model at run time: what generated code would hold as `static`s
//! is leaked here, so that the rules of many services can be tried in one program.
//!
//! What is wrong in a model is an error, with the place where it is.

mod bdd;
mod expression;
mod names;
mod parameters;
mod tree;

pub mod report;

pub use farrier_runtime::testing::{EndpointCase as Case, EndpointPassed as Passed};

use farrier_runtime::endpoint::RuleSet;
use serde_json::Value;

/// The rules of a service, in each form that the model has, and what must come of them.
pub struct Service {
    /// The absolute id of the service's shape.
    pub id: String,
    /// The rules by their form: `rule set`, `bdd`. A form that cannot be read has a reason.
    pub forms: Vec<(&'static str, Result<&'static RuleSet, String>)>,
    /// The cases of `endpointTests`.
    pub cases: Vec<Case>,
}

/// The services of a JSON AST model that have endpoint rules.
///
/// # Errors
/// What is wrong, if the file is no JSON AST or a case cannot be read.
pub fn services(model: &[u8]) -> Result<Vec<Service>, String> {
    let model: Value = serde_json::from_slice(model).map_err(|error| format!("it is no JSON: {error}"))?;
    let shapes = model["shapes"].as_object().ok_or("it has no `shapes`")?;
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
            let cases = Case::all(list(&traits["smithy.rules#endpointTests"], "testCases")?)?;
            services.push(Service { id: id.clone(), forms, cases });
        }
    }
    Ok(services)
}

/// As static as what generated code holds.
fn leak<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}

fn leak_str(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn text<'v>(value: &'v Value, name: &str) -> Result<&'v str, String> {
    value[name].as_str().ok_or_else(|| format!("`{name}` is no text in {value}"))
}

fn list<'v>(value: &'v Value, name: &str) -> Result<&'v [Value], String> {
    match &value[name] {
        Value::Null => Ok(&[]),
        Value::Array(items) => Ok(items),
        _ => Err(format!("`{name}` is no list in {value}")),
    }
}

fn members<'v>(
    value: &'v Value,
    name: &str,
) -> Result<impl Iterator<Item = (&'v String, &'v Value)>, String> {
    match &value[name] {
        Value::Null => Ok(None.into_iter().flatten()),
        Value::Object(members) => Ok(Some(members).into_iter().flatten()),
        _ => Err(format!("`{name}` is no object in {value}")),
    }
}
