//! From the AST to the model, a step a line.

use super::draft::{Draft, Drafts};
use super::{
    apply, auth, closure, customizations, endpoint, mixins, service, trait_values, upgrade, validate,
};
use crate::Diagnostics;
use crate::ast::{Ast, Body};
use crate::model::{Model, Protocol, Selection, Service};
use std::collections::BTreeMap;

/// Works out what the AST means for one service: the only one, or the one whose shape id or name is given.
///
/// Beside the model come every mistake of meaning, and those of form that the AST carries; what follows only
/// from another mistake is not among them. A model with mistakes is good for nothing but finding more.
///
/// # Errors
/// When there is no one service to work out.
pub fn resolve(ast: &Ast<'_>, selection: Selection<'_>) -> Result<(Model, Diagnostics), Diagnostics> {
    let mut diagnostics = ast.diagnostics.clone();
    let mut drafts = Drafts::new(ast);
    apply::merge(&mut drafts, ast, &mut diagnostics);
    mixins::flatten(&mut drafts, &mut diagnostics);
    upgrade::upgrade(&mut drafts, ast.version, &mut diagnostics);
    let chosen = match service::choose(&drafts, selection.service) {
        Ok(chosen) => chosen,
        Err(diagnostic) => return Err(give_up(diagnostics, diagnostic)),
    };
    let protocol = service::protocol(&drafts, chosen, selection.protocol, &mut diagnostics);
    let closure = closure::walk(&drafts, chosen, &mut diagnostics);
    validate::validate(&drafts, &closure, protocol, &mut diagnostics);
    let service = service_of(chosen, protocol.unwrap_or(Protocol::RestJson1), &mut diagnostics);
    let closure::Closure { operations, shapes, skipped } = closure;
    let mut model = Model { service, operations, shapes, skipped };
    auth::resolve(&mut model, &drafts, chosen, &mut diagnostics);
    endpoint::context::check(&model, &drafts, &mut diagnostics);
    customizations::apply(&mut model);
    Ok((model, diagnostics))
}

/// All that was found, when there is no going on.
fn give_up(mut diagnostics: Diagnostics, last: Option<crate::Diagnostic>) -> Diagnostics {
    last.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
    diagnostics.into_result(()).err().unwrap_or_default()
}

fn service_of(draft: &Draft<'_>, protocol: Protocol, diagnostics: &mut Diagnostics) -> Service {
    let traits = trait_values::read(&draft.traits, diagnostics);
    let endpoints = endpoint::read(&draft.traits, diagnostics);
    let (version, rename) = match &draft.body {
        Body::Service(body) => (
            body.version.as_deref().unwrap_or_default().to_owned(),
            body.rename.iter().map(|(id, _, name)| (id.clone(), name.to_string())).collect(),
        ),
        _ => (String::new(), BTreeMap::new()),
    };
    Service {
        id: draft.id.clone(),
        version,
        traits,
        auth: Vec::new(),
        endpoints,
        protocol,
        rename,
        span: draft.span,
    }
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{diagnostics, diagnostics_in, helps, input, model, resolved};

    #[test]
    fn a_small_model_resolves() {
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
    fn every_mistake_is_found_in_one_run() {
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
                "4:17 «\"a#Op\"» a member must target a data shape, and `a#Op` is an operation",
                "5:72 «1» `smithy.api#jsonName` takes a string, not a number",
            ]
        );
        assert_eq!(helps(&model(&shapes))[0], "did you mean `smithy.api#String`?");
    }

    #[test]
    fn mistakes_of_form_and_of_meaning_are_found_together_and_nothing_follows_from_them() {
        let shapes = input(r#""x": {"target": "a#Bad"}, "y": {"target": "a#Gone"}"#)
            + r#",
"a#Bad": {"type": "structur"},
"a#Bad$x": {"type": "apply", "traits": {}}"#;
        assert_eq!(
            diagnostics(&shapes),
            [
                "2:85 «\"a#Gone\"» shape `a#Gone` does not exist",
                "3:19 «\"structur\"» there is no shape type `structur`",
            ]
        );
        assert_eq!(
            diagnostics_in("{\"smithy\": \"2\", \"shapes\": []}"),
            ["1:27 «[]» `shapes` takes an object, not an array"]
        );
        let service = model(&input("")).replace("\"version\": \"1\"", "\"version\": 1");
        assert_eq!(diagnostics_in(&service), ["3:41 «1» `version` takes a string, not a number"]);
    }

    #[test]
    fn a_mistake_in_the_service_hides_no_other_and_brings_none_along() {
        let service = model(&input(r#""x": {"target": "a#Gone"}"#))
            .replace("\"traits\": {\"aws.protocols#restJson1\": {}}", "\"traits\": []");
        assert_eq!(
            diagnostics_in(&service),
            [
                "2:59 «\"a#Gone\"» shape `a#Gone` does not exist",
                "4:13 «[]» `traits` takes an object, not an array",
            ]
        );
    }
}
