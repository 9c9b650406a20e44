//! Checks of [endpoint discovery](https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery).

use super::raw::RawModel;
use crate::model::{Model, Skipped};
use crate::{Diagnostic, Diagnostics};

const SERVICE: &str = "aws.api#clientEndpointDiscovery";

/// Checks that the operation that returns endpoints is one of the service. Lists the operations that need a
/// discovered endpoint if the service has no such operation.
pub(super) fn check(model: &mut Model, raw_model: &RawModel<'_>, diagnostics: &mut Diagnostics) {
    let Some(discovery) = &model.service.traits.endpoint_discovery else {
        let unsupported = model.operations.values().filter(|o| o.traits.discovered_endpoint == Some(true));
        let skipped = unsupported.map(|operation| Skipped {
            part: "endpoint discovery of operation",
            operation: operation.id.clone(),
            reason: format!("its service has no `{SERVICE}`"),
        });
        model.skipped.extend(skipped);
        return;
    };
    if model.operations.keys().any(|id| id.as_str() == discovery.operation) {
        return;
    }
    let span = raw_model.trait_span(&model.service.id, None, SERVICE);
    let message =
        format!("`{SERVICE}`: `{}` is not an operation of the service", discovery.operation.escape_debug());
    let diagnostic = Diagnostic::new(span, message).label("not an operation of the service");
    diagnostics.push(diagnostic.help("use the id of the operation that returns endpoints"));
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{diagnostics_in, load};

    fn model(service_trait: &str) -> String {
        format!(
            r##"{{"smithy": "2.0", "shapes": {{
"a#S": {{"type": "service", "operations": [{{"target": "a#Op"}}], "traits": {{
{service_trait}"aws.protocols#awsJson1_0": {{}}}}}},
"a#Op": {{"type": "operation", "traits": {{"aws.api#clientDiscoveredEndpoint": {{"required": true}}}}}}}}}}"##
        )
    }

    #[test]
    fn rejects_an_unknown_operation() {
        let text = model("\"aws.api#clientEndpointDiscovery\": {\"operation\": \"a#Gone\"},\n");
        let found = diagnostics_in(&text);
        assert!(
            found.len() == 1 && found[0].contains("`a#Gone` is not an operation of the service"),
            "{found:?}"
        );
    }

    #[test]
    fn lists_operations_whose_service_has_no_discovery() {
        let model = load(&model("")).unwrap();
        assert_eq!(
            model.skipped.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["endpoint discovery of operation `a#Op`: its service has no `aws.api#clientEndpointDiscovery`"]
        );
    }
}
