//! Parsing of the `endpointRuleSet` trait, and of rule outcomes for both traits.

use super::expression::{condition, expression, expressions};
use super::names::Names;
use super::{leak, leak_str, list, members, parameters, text};
use farrier_runtime::endpoint::{Endpoint, Outcome, Property, Rule, RuleSet, Rules};
use serde_json::Value;

pub(super) fn load(value: &Value) -> Result<&'static RuleSet, String> {
    let parameters = parameters::load(value)?;
    let mut names = Names::new(parameters);
    let rules = Rules::Tree(rules(list(value, "rules")?, &mut names)?);
    Ok(Box::leak(Box::new(RuleSet { parameters, variables: names.variables()?, rules })))
}

fn rules(list: &[Value], names: &mut Names) -> Result<&'static [Rule], String> {
    let rules: Result<Vec<_>, _> = list.iter().map(|value| rule(value, names)).collect();
    rules.map(leak)
}

fn rule(value: &Value, names: &mut Names) -> Result<Rule, String> {
    let mark = names.mark();
    let conditions: Result<Vec<_>, _> =
        list(value, "conditions")?.iter().map(|value| condition(value, names)).collect();
    let conditions = leak(conditions?);
    let outcome = match text(value, "type")? {
        "tree" => Outcome::Tree(rules(list(value, "rules")?, names)?),
        _ => outcome(value, names)?,
    };
    names.leave(mark);
    Ok(Rule { conditions, outcome })
}

/// Parses the outcome of a rule: an endpoint or an error.
pub(super) fn outcome(value: &Value, names: &Names) -> Result<Outcome, String> {
    Ok(match text(value, "type")? {
        "endpoint" => Outcome::Endpoint(endpoint(&value["endpoint"], names)?),
        "error" => Outcome::Error(expression(&value["error"], names)?),
        other => return Err(format!("unexpected rule type `{other}`")),
    })
}

fn endpoint(value: &Value, names: &Names) -> Result<Endpoint, String> {
    let mut headers = Vec::new();
    for (name, values) in members(value, "headers")? {
        let values =
            values.as_array().ok_or_else(|| format!("the values of header `{name}` are not a list"))?;
        headers.push((leak_str(name), expressions(values, names)?));
    }
    let properties: Result<Vec<_>, String> = members(value, "properties")?
        .map(|(name, value)| Ok((leak_str(name), property(value, names)?)))
        .collect();
    let url = expression(&value["url"], names)?;
    Ok(Endpoint { url, headers: leak(headers), properties: leak(properties?) })
}

fn property(value: &Value, names: &Names) -> Result<Property, String> {
    Ok(match value {
        Value::Array(items) => {
            let items: Result<Vec<_>, _> = items.iter().map(|item| property(item, names)).collect();
            Property::List(leak(items?))
        }
        Value::Object(members) => {
            let members: Result<Vec<_>, String> =
                members.iter().map(|(name, value)| Ok((leak_str(name), property(value, names)?))).collect();
            Property::Record(leak(members?))
        }
        plain => Property::Value(expression(plain, names)?),
    })
}
