//! Endpoint rules of models and their tests, to test the rules of many services in one program.

mod convert;
pub mod report;

pub use farrier_runtime::testing::{EndpointCase as Case, PartitionData};

use farrier_codegen::Source;
use farrier_codegen::endpoint_rules::ServiceRules;
use farrier_runtime::endpoint::RuleSet;
use serde_json::Value;

/// The endpoint rules of a service and their tests.
pub struct Service {
    /// The shape id of the service.
    pub id: String,
    /// The rules in each form of the model, `rule set` and `bdd`, or the errors in them.
    pub forms: Vec<(&'static str, Result<&'static RuleSet, String>)>,
    /// The cases of `endpointTests`.
    pub cases: Vec<Case>,
}

/// Returns the services of a JSON AST model that have endpoint rules.
///
/// # Errors
/// Returns a message if the model is structurally invalid or a test case is invalid.
pub fn services(model: &[u8]) -> Result<Vec<Service>, String> {
    let sources = [Source::new("model", model)];
    let services =
        farrier_codegen::endpoint_rules(&sources).map_err(|diagnostics| diagnostics.to_string())?;
    services.iter().map(service).collect()
}

fn service(rules: &ServiceRules) -> Result<Service, String> {
    let forms = [("rule set", &rules.tree), ("bdd", &rules.bdd)].into_iter();
    let forms = forms.filter_map(|(form, rules)| Some((form, rules.as_ref()?)));
    let forms = forms.map(|(form, rules)| {
        let rules = rules.as_ref().map_err(|diagnostics| diagnostics.to_string());
        (form, rules.and_then(convert::rule_set))
    });
    let cases: serde_json::Result<Vec<Value>> =
        rules.cases.iter().map(|case| serde_json::from_str(&case.to_json())).collect();
    let cases = cases.map_err(|error| error.to_string())?;
    Ok(Service { id: rules.service.clone(), forms: forms.collect(), cases: Case::parse_all(&cases)? })
}
