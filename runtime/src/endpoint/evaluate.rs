//! Evaluation of rule sets.

use super::MAX_DEPTH;
use super::authority;
use super::error::EndpointError;
use super::expression::Scope;
use super::params::Params;
use super::partitions::{PARTITIONS, Partition};
use super::resolved::ResolvedEndpoint;
use super::rules::{Endpoint, Expr, Outcome, Property, Rule, RuleSet, Rules, Step};
use super::value::Value;
use crate::types::Document;

/// Resolves the endpoint for parameter values, as defined by the
/// [specification](https://smithy.io/2.0/additional-specs/rules-engine/specification.html).
///
/// # Errors
/// - [`EndpointError::Missing`] if a required parameter is unset.
/// - [`EndpointError::Rules`] if the matching rule is an error rule.
/// - [`EndpointError::NoMatch`] if no rule matches.
/// - [`EndpointError::InvalidRules`] if the rule set is invalid.
pub fn resolve(rules: &RuleSet, params: &Params) -> Result<ResolvedEndpoint, EndpointError> {
    resolve_with(rules, params, PARTITIONS)
}

/// Resolves the endpoint with other partition data than [`PARTITIONS`]. The first partition is the default
/// for unknown regions.
///
/// # Errors
/// Returns the errors of [`resolve`].
pub fn resolve_with(
    rules: &RuleSet,
    params: &Params,
    partitions: &'static [Partition],
) -> Result<ResolvedEndpoint, EndpointError> {
    let mut scope = Scope::new(rules, params, partitions)?;
    let outcome = match &rules.rules {
        Rules::Tree(rules) => evaluate_tree(rules, &mut scope)?,
        Rules::Bdd(bdd) => bdd.outcome(&mut scope)?,
    };
    match outcome {
        Outcome::Endpoint(endpoint) => resolve_endpoint(endpoint, &scope),
        Outcome::Error(message) => Err(EndpointError::Rules(scope.text(message)?)),
        Outcome::Tree(_) => {
            Err(EndpointError::InvalidRules("a result of the decision diagram is a rule tree"))
        }
    }
}

/// Returns the outcome of the first matching rule. A matching tree rule is final: later siblings are not
/// tried.
fn evaluate_tree(
    mut rules: &'static [Rule],
    scope: &mut Scope<'_>,
) -> Result<&'static Outcome, EndpointError> {
    for _ in 0..MAX_DEPTH {
        match first_match(rules, scope)? {
            Some(Outcome::Tree(inner)) => rules = inner,
            Some(outcome) => return Ok(outcome),
            None => return Err(EndpointError::NoMatch),
        }
    }
    Err(EndpointError::InvalidRules("rules are nested too deeply"))
}

fn first_match(
    rules: &'static [Rule],
    scope: &mut Scope<'_>,
) -> Result<Option<&'static Outcome>, EndpointError> {
    for rule in rules {
        let mut matches = true;
        for condition in rule.conditions {
            matches = scope.matches(condition)?;
            if !matches {
                break;
            }
        }
        if matches {
            return Ok(Some(&rule.outcome));
        }
    }
    Ok(None)
}

fn resolve_endpoint(
    endpoint: &'static Endpoint,
    scope: &Scope<'_>,
) -> Result<ResolvedEndpoint, EndpointError> {
    let header = |(name, values): &(&'static str, &'static [_])| {
        let values: Result<_, _> = values.iter().map(|value| scope.text(value)).collect();
        Ok((*name, values?))
    };
    Ok(ResolvedEndpoint {
        url: url(&endpoint.url, scope)?,
        headers: endpoint.headers.iter().map(header).collect::<Result<_, _>>()?,
        properties: endpoint
            .properties
            .iter()
            .map(|(name, value)| Ok((*name, property_value(value, scope, 0)?)))
            .collect::<Result<_, _>>()?,
    })
}

/// Evaluates the URL of an endpoint. Values of parameters may fill the host but not end it: a region
/// `evil.com/` must not become the host.
fn url(expr: &'static Expr, scope: &Scope<'_>) -> Result<String, EndpointError> {
    let Expr::Template(parts @ [_, _, ..]) = expr else { return scope.text(expr) };
    let mut url = String::new();
    for part in *parts {
        let text = scope.text(part)?;
        let attribute = match part {
            Expr::Attr(_, name) | Expr::GetAttr(_, [.., Step::Key(name)]) => Some(*name),
            _ => None,
        };
        if !matches!(part, Expr::Str(_)) && !authority::may_follow(&url, &text, attribute) {
            let reason = "a value in its host contains a character that is not allowed in a host name";
            return Err(EndpointError::InvalidUrl(reason));
        }
        url.push_str(&text);
    }
    Ok(url)
}

fn property_value(
    property: &'static Property,
    scope: &Scope<'_>,
    depth: usize,
) -> Result<Document, EndpointError> {
    if depth > MAX_DEPTH {
        return Err(EndpointError::InvalidRules("a property is nested too deeply"));
    }
    Ok(match property {
        Property::Value(value) => match scope.value(value)? {
            Some(Value::Bool(value)) => Document::Bool(value),
            Some(Value::Int(value)) => Document::from(value),
            Some(Value::String(value)) => Document::String(value.into_owned()),
            _ => return Err(EndpointError::InvalidRules("a property is not a string, boolean or integer")),
        },
        Property::List(items) => Document::Array(
            items.iter().map(|item| property_value(item, scope, depth + 1)).collect::<Result<_, _>>()?,
        ),
        Property::Record(members) => {
            // `collect` would sort the members, with code that nothing else in a client needs.
            let mut object = serde_json::Map::new();
            for (name, value) in *members {
                object.insert((*name).to_owned(), property_value(value, scope, depth + 1)?);
            }
            Document::Object(object)
        }
    })
}
