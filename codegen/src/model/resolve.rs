//! The pipeline from the AST to the model.

use super::raw::{RawModel, RawShape};
use super::{
    apply, auth, closure, context_params, customizations, endpoint, endpoint_discovery, inputs, mixins,
    prelude, service, trait_values, upgrade, validate,
};
use crate::Diagnostics;
use crate::ast::{Ast, Body};
use crate::model::{Model, Selection, Service};
use crate::protocols::{self, Protocol};
use std::collections::BTreeMap;

/// Resolves and validates the model of one service: the selected one, or the only one.
///
/// The returned diagnostics include those of the AST, but not errors that are only the result of others. If
/// there are any, the model is incomplete and may only be used to find further errors.
///
/// # Errors
/// Returns the diagnostics if no service could be selected.
pub(crate) fn resolve(ast: &Ast<'_>, selection: Selection<'_>) -> Result<(Model, Diagnostics), Diagnostics> {
    let (raw_model, mut diagnostics) = merge(ast);
    let raw_service = match service::select(&raw_model, selection.service) {
        Ok(raw_service) => raw_service,
        Err(diagnostic) => return Err(with_last(diagnostics, diagnostic)),
    };
    let protocol = service::select_protocol(&raw_model, raw_service, selection.protocol, &mut diagnostics);
    let closure = closure::walk(&raw_model, raw_service, selection.operations, &mut diagnostics);
    validate::validate(&raw_model, &closure, protocol, &mut diagnostics);
    let service =
        convert_service(raw_service, protocol.unwrap_or(&protocols::SUPPORTED[0]), &mut diagnostics);
    let closure::Closure { operations, shapes, skipped } = closure;
    let mut model = Model { service, operations, shapes, skipped };
    auth::resolve(&mut model, &raw_model, raw_service, &mut diagnostics);
    context_params::check(&model, &raw_model, &mut diagnostics);
    endpoint_discovery::check(&mut model, &raw_model, &mut diagnostics);
    inputs::mark(&mut model);
    customizations::apply(&mut model);
    Ok((model, diagnostics))
}

/// Merges `apply` statements and mixins, and upgrades the model to Smithy 2.0. Returns the raw model and the
/// diagnostics, which include those of the AST.
pub(super) fn merge<'a>(ast: &Ast<'a>) -> (RawModel<'a>, Diagnostics) {
    let mut diagnostics = ast.diagnostics.clone();
    let mut raw_model = RawModel::new(ast, prelude::shapes());
    apply::merge(&mut raw_model, ast, &mut diagnostics);
    mixins::flatten(&mut raw_model, &mut diagnostics);
    upgrade::upgrade(&mut raw_model, &mut diagnostics);
    (raw_model, diagnostics)
}

/// Adds the last diagnostic, if any, and sorts all of them.
fn with_last(mut diagnostics: Diagnostics, last: Option<crate::Diagnostic>) -> Diagnostics {
    last.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
    diagnostics.into_result(()).err().unwrap_or_default()
}

fn convert_service(
    raw_service: &RawShape<'_>,
    protocol: &'static Protocol,
    diagnostics: &mut Diagnostics,
) -> Service {
    let traits = trait_values::read(&raw_service.traits, diagnostics);
    let endpoints = endpoint::read(&raw_service.traits, diagnostics);
    let (version, rename) = match &raw_service.body {
        Body::Service(body) => (
            body.version.unwrap_or_default().to_owned(),
            body.rename.iter().map(|(id, _, name)| (id.clone(), name.to_string())).collect(),
        ),
        _ => (String::new(), BTreeMap::new()),
    };
    Service {
        id: raw_service.id.clone(),
        version,
        traits,
        auth: Vec::new(),
        endpoints,
        protocol,
        omits_nested_defaults: false,
        rename,
    }
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{diagnostics, diagnostics_in, helps, input, model, resolved};

    #[test]
    fn resolves_minimal_model() {
        let model = resolved(&input(
            r#""x": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}"#,
        ));
        let ids: Vec<&str> = model.shapes.keys().map(|id| id.as_str()).collect();
        assert_eq!(ids, ["a#In", "smithy.api#String", "smithy.api#Unit"]);
        let operation = model.operations.values().next().unwrap();
        assert_eq!(operation.output.as_str(), "smithy.api#Unit");
        assert_eq!(operation.traits.http.as_ref().map(|http| http.code), Some(200));
    }

    #[test]
    fn reports_all_errors_in_one_run() {
        let shapes = input(
            r#"
"x": {"target": "smithy.api#Strin"},
"y": {"target": "a#Op"},
"z": {"target": "smithy.api#String", "traits": {"smithy.api#jsonName": 1}}"#,
        );
        assert_eq!(
            diagnostics(&shapes),
            [
                "3:17 «\"smithy.api#Strin\"» shape `smithy.api#Strin` does not exist",
                "4:17 «\"a#Op\"» a member must target a data shape, but `a#Op` is an operation",
                "5:72 «1» `smithy.api#jsonName`: expected a string, found a number",
            ]
        );
        assert_eq!(helps(&model(&shapes))[0], "did you mean `smithy.api#String`?");
    }

    #[test]
    fn reports_syntax_and_semantic_errors_without_follow_ups() {
        let shapes = input(r#""x": {"target": "a#Bad"}, "y": {"target": "a#Gone"}"#)
            + r#",
"a#Bad": {"type": "structur"},
"a#Bad$x": {"type": "apply", "traits": {}}"#;
        assert_eq!(
            diagnostics(&shapes),
            [
                "2:85 «\"a#Gone\"» shape `a#Gone` does not exist",
                "3:19 «\"structur\"» unknown shape type `structur`",
            ]
        );
        assert_eq!(
            diagnostics_in("{\"smithy\": \"2\", \"shapes\": []}"),
            ["1:27 «[]» `shapes`: expected an object, found an array"]
        );
        let service = model(&input("")).replace("\"version\": \"1\"", "\"version\": 1");
        assert_eq!(diagnostics_in(&service), ["3:41 «1» `version`: expected a string, found a number"]);
    }

    #[test]
    fn reports_errors_besides_invalid_service() {
        let service = model(&input(r#""x": {"target": "a#Gone"}"#))
            .replace("\"traits\": {\"aws.protocols#restJson1\": {}}", "\"traits\": []");
        assert_eq!(
            diagnostics_in(&service),
            [
                "2:59 «\"a#Gone\"» shape `a#Gone` does not exist",
                "4:13 «[]» `traits`: expected an object, found an array",
            ]
        );
    }
}
