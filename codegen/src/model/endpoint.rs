//! Parsed [endpoint rules](https://smithy.io/2.0/additional-specs/rules-engine/specification.html), either a
//! rule tree or a binary decision diagram (BDD).
//!
//! The rules are validated: parameters and variables are in scope where they are used, and expressions have
//! the right number and, if known, types of function arguments.

mod bdd;
mod expression;
mod functions;
mod jmespath;
mod parameter;
mod parameters;
mod reader;
mod rules;
mod scope;
mod test_cases;
mod tree;
mod types;

pub use functions::Function;
#[cfg(test)]
pub(crate) use functions::functions;
pub(crate) use jmespath::PathStep;
pub(super) use jmespath::parse as parse_path;
pub use parameter::{Parameter, ParameterKind, ParameterValue};
pub(crate) use rules::Endpoints;
pub use rules::{
    Bdd, Condition, Endpoint, EndpointCase, Expr, Outcome, Property, Rule, RuleBody, RuleSet, Rules,
};
pub use types::Step;

use super::raw::TraitMap;
use crate::Diagnostics;
use reader::Reader;

#[cfg(test)]
mod tests;

const RULE_SET: &str = "smithy.rules#endpointRuleSet";
const BDD: &str = "smithy.rules#endpointBdd";
const TESTS: &str = "smithy.rules#endpointTests";
const CLIENT: &str = "smithy.rules#clientContextParams";

/// Reads the endpoint rules of a service. Prefers the BDD over the rule tree because it is smaller.
pub(super) fn read(traits: &TraitMap<'_>, diagnostics: &mut Diagnostics) -> Option<Endpoints> {
    let tree = read_tree(traits, diagnostics);
    let bdd = read_bdd(traits, diagnostics);
    let rules = bdd.or(tree)??;
    let client_parameters = traits.get(CLIENT).map_or_else(Vec::new, |applied| {
        let mut reader = Reader::new(CLIENT, diagnostics);
        parameters::read_client_parameters(&mut reader, &applied.value, &rules.parameters)
    });
    let cases = read_cases(traits, &rules.parameters, diagnostics);
    Some(Endpoints { rules, client_parameters, cases })
}

/// Reads the rule tree, if the service has one. The inner option is `None` if the tree has errors.
pub(super) fn read_tree(traits: &TraitMap<'_>, diagnostics: &mut Diagnostics) -> Option<Option<RuleSet>> {
    let applied = traits.get(RULE_SET)?;
    Some(tree::read(&mut Reader::new(RULE_SET, diagnostics), &applied.value))
}

/// Reads the BDD, if the service has one. The inner option is `None` if the BDD has errors.
pub(super) fn read_bdd(traits: &TraitMap<'_>, diagnostics: &mut Diagnostics) -> Option<Option<RuleSet>> {
    let applied = traits.get(BDD)?;
    Some(bdd::read(&mut Reader::new(BDD, diagnostics), &applied.value))
}

/// Reads the test cases of rules with these parameters.
pub(super) fn read_cases(
    traits: &TraitMap<'_>,
    parameters: &[Parameter],
    diagnostics: &mut Diagnostics,
) -> Vec<EndpointCase> {
    traits.get(TESTS).map_or_else(Vec::new, |applied| {
        test_cases::read(&mut Reader::new(TESTS, diagnostics), &applied.value, parameters)
    })
}
