//! From a rule set and its parameters to an endpoint.

use super::MAX_DEPTH;
use super::error::EndpointError;
use super::expression::Scope;
use super::params::Params;
use super::partitions::{PARTITIONS, Partition};
use super::resolved::ResolvedEndpoint;
use super::rules::{Endpoint, Outcome, Property, Rule, RuleSet, Rules};
use super::value::Value;
use crate::types::Document;

/// Finds the endpoint that the rules give for these values, as
/// [the specification](https://smithy.io/2.0/additional-specs/rules-engine/specification.html) has it.
///
/// # Errors
/// [`EndpointError::Missing`] if a required parameter has no value, [`EndpointError::Rules`] if the rules lead to
/// an error, [`EndpointError::NoMatch`] if none matches, [`EndpointError::Broken`] if the rule set breaks the
/// rules of rule sets.
pub fn resolve(rules: &RuleSet, params: &Params) -> Result<ResolvedEndpoint, EndpointError> {
    resolve_with(rules, params, PARTITIONS)
}

/// Finds the endpoint by other facts of partitions than those of [`PARTITIONS`]. The first is that of regions of
/// which nothing is known.
///
/// # Errors
/// As [`resolve`].
pub fn resolve_with(
    rules: &RuleSet,
    params: &Params,
    partitions: &'static [Partition],
) -> Result<ResolvedEndpoint, EndpointError> {
    let mut scope = Scope::new(rules, params, partitions)?;
    let outcome = match &rules.rules {
        Rules::Tree(rules) => matching(rules, &mut scope)?,
        Rules::Bdd(bdd) => bdd.outcome(&mut scope)?,
    };
    match outcome {
        Outcome::Endpoint(endpoint) => resolved(endpoint, &scope),
        Outcome::Error(message) => Err(EndpointError::Rules(scope.text(message)?)),
        Outcome::Tree(_) => Err(EndpointError::Broken("a result is a tree of rules")),
    }
}

/// The outcome of the first rule that matches, among those of a tree if that is a tree.
fn matching(mut rules: &'static [Rule], scope: &mut Scope<'_>) -> Result<&'static Outcome, EndpointError> {
    for _ in 0..MAX_DEPTH {
        match first(rules, scope)? {
            Some(Outcome::Tree(inner)) => rules = inner,
            Some(outcome) => return Ok(outcome),
            None => return Err(EndpointError::NoMatch),
        }
    }
    Err(EndpointError::Broken("its rules nest too deep"))
}

fn first(rules: &'static [Rule], scope: &mut Scope<'_>) -> Result<Option<&'static Outcome>, EndpointError> {
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

fn resolved(endpoint: &'static Endpoint, scope: &Scope<'_>) -> Result<ResolvedEndpoint, EndpointError> {
    let header = |(name, values): &(&'static str, &'static [_])| {
        let values: Result<_, _> = values.iter().map(|value| scope.text(value)).collect();
        Ok((*name, values?))
    };
    Ok(ResolvedEndpoint {
        url: scope.text(&endpoint.url)?,
        headers: endpoint.headers.iter().map(header).collect::<Result<_, _>>()?,
        properties: endpoint
            .properties
            .iter()
            .map(|(name, value)| Ok((*name, document(value, scope, 0)?)))
            .collect::<Result<_, _>>()?,
    })
}

fn document(property: &'static Property, scope: &Scope<'_>, depth: usize) -> Result<Document, EndpointError> {
    if depth > MAX_DEPTH {
        return Err(EndpointError::Broken("a property nests too deep"));
    }
    Ok(match property {
        Property::Value(value) => match scope.value(value)? {
            Some(Value::Bool(value)) => Document::Bool(value),
            Some(Value::Int(value)) => Document::from(value),
            Some(Value::String(value)) => Document::String(value.into_owned()),
            _ => return Err(EndpointError::Broken("a property has no plain value")),
        },
        Property::List(items) => Document::Array(
            items.iter().map(|item| document(item, scope, depth + 1)).collect::<Result<_, _>>()?,
        ),
        Property::Record(members) => Document::Object(
            members
                .iter()
                .map(|(name, value)| Ok(((*name).to_owned(), document(value, scope, depth + 1)?)))
                .collect::<Result<_, _>>()?,
        ),
    })
}
