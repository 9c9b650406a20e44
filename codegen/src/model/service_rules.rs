//! The endpoint rules in a file, including those of services that the generator does not support.

use super::endpoint::{self, EndpointCase, RuleSet};
use super::raw::TraitMap;
use super::resolve::merge;
use crate::Diagnostics;
use crate::ast::{Ast, ShapeType};

/// The endpoint rules of a service and their test cases.
#[derive(Clone, Debug)]
pub struct ServiceRules {
    /// The shape id of the service.
    pub service: String,
    /// The rules in `smithy.rules#endpointRuleSet`, if the service has the trait, or the errors in them.
    pub tree: Option<Result<RuleSet, Diagnostics>>,
    /// The rules in `smithy.rules#endpointBdd`, if the service has the trait, or the errors in them.
    pub bdd: Option<Result<RuleSet, Diagnostics>>,
    /// The test cases; empty if all rules have errors.
    pub cases: Vec<EndpointCase>,
}

/// Reads the endpoint rules of all services in a file, sorted by shape id.
///
/// # Errors
/// Returns the diagnostics of the AST and those for invalid test cases.
pub(crate) fn service_rules(ast: &Ast<'_>) -> Result<Vec<ServiceRules>, Diagnostics> {
    let (raw_model, mut diagnostics) = merge(ast);
    let mut services = Vec::new();
    for shape in raw_model.by_id.values() {
        if shape.ty == ShapeType::Service && !shape.is_mixin() {
            services.extend(ServiceRules::read(shape.id.as_str(), &shape.traits, &mut diagnostics));
        }
    }
    diagnostics.into_result(services)
}

impl ServiceRules {
    /// Returns `None` if the service has no rules.
    fn read(service: &str, traits: &TraitMap<'_>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let tree = form(|diagnostics| endpoint::read_tree(traits, diagnostics));
        let bdd = form(|diagnostics| endpoint::read_bdd(traits, diagnostics));
        let valid = bdd.iter().chain(&tree).find_map(|rules| rules.as_ref().ok());
        let cases = valid.map(|rules| endpoint::read_cases(traits, &rules.parameters, diagnostics));
        let has_rules = tree.is_some() || bdd.is_some();
        let cases = cases.unwrap_or_default();
        has_rules.then(|| Self { service: service.to_owned(), tree, bdd, cases })
    }
}

/// Reads rules in one form, with diagnostics of their own.
fn form(
    read: impl FnOnce(&mut Diagnostics) -> Option<Option<RuleSet>>,
) -> Option<Result<RuleSet, Diagnostics>> {
    let mut diagnostics = Diagnostics::default();
    read(&mut diagnostics).map(|rules| rules.ok_or(diagnostics))
}

#[cfg(test)]
mod tests {

    #[test]
    fn reads_rules_of_services_with_any_protocol() {
        let source = r#"{"smithy": "2", "shapes": {
            "a#None": {"type": "service"},
            "a#S": {"type": "service", "traits": {"aws.protocols#restXml": {},
                "smithy.rules#endpointRuleSet": {"parameters": {}, "rules": [
                    {"type": "error", "conditions": [], "error": "no"}]},
                "smithy.rules#endpointBdd": {"parameters": {}, "conditions": 1, "results": []},
                "smithy.rules#endpointTests": {"testCases": [{"expect": {"error": "no"}}]}}}}}"#;
        let services = crate::endpoint_rules(&[crate::Source::new("model.json", source)]).unwrap();
        let [service] = &services[..] else { panic!("{services:?}") };
        assert_eq!((service.service.as_str(), service.cases.len()), ("a#S", 1));
        assert!(matches!(service.tree, Some(Ok(_))), "{service:?}");
        assert!(matches!(service.bdd, Some(Err(_))), "{service:?}");
    }
}
