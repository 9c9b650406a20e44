//! What protocol tests a file has, whether or not a client can be generated from it.

use super::draft::{Draft, Drafts};
use super::mixins::MIXIN;
use super::{apply, mixins, service, trait_values, upgrade};
use crate::Diagnostics;
use crate::ast::{Ast, Node, ShapeType};
use crate::model::{AppliesTo, HttpMessageTest};

const EVENT_STREAM_TESTS: &str = "smithy.test#eventStreamTests";

/// The services of a file, and the cases that its shapes carry for clients.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Each service's shape id, and the shape ids of the supported protocols that it offers, best first.
    pub services: Vec<(String, Vec<&'static str>)>,
    /// Every case that is not for servers alone.
    pub cases: Vec<SurveyedCase>,
}

/// A case in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyedCase {
    /// The case's id.
    pub id: String,
    /// The shape that carries it.
    pub shape: String,
    /// The shape id of the protocol's trait.
    pub protocol: String,
    /// Whether it is one of `smithy.test#eventStreamTests`.
    pub is_event_stream: bool,
}

/// Finds the services and cases of a file.
///
/// # Errors
/// Mistakes in the traits that hold the cases, and those of form that the AST carries.
pub fn survey(ast: &Ast<'_>) -> Result<Survey, Diagnostics> {
    let mut diagnostics = ast.diagnostics.clone();
    let mut drafts = Drafts::new(ast);
    apply::merge(&mut drafts, ast, &mut diagnostics);
    mixins::flatten(&mut drafts, &mut diagnostics);
    upgrade::upgrade(&mut drafts, ast.version, &mut diagnostics);
    let mut survey = Survey::default();
    for draft in drafts.by_id.values().filter(|draft| !draft.has(MIXIN)) {
        if draft.ty == ShapeType::Service {
            survey.services.push((draft.id.to_string(), service::supported(draft)));
        }
        survey.add_cases(draft, &mut diagnostics);
    }
    diagnostics.into_result(survey)
}

impl Survey {
    fn add_cases(&mut self, draft: &Draft<'_>, diagnostics: &mut Diagnostics) {
        if !draft.traits.keys().any(|id| id.starts_with("smithy.test#")) {
            return;
        }
        let traits = trait_values::read(&draft.traits, diagnostics);
        let requests = traits.http_request_tests.iter().map(|case| &case.message);
        let responses = traits.http_response_tests.iter().map(|case| &case.message);
        for message in requests.chain(responses) {
            self.add_message(draft, message);
        }
        let streams = draft.traits.get(EVENT_STREAM_TESTS).and_then(|applied| applied.value.items());
        for case in streams.unwrap_or_default() {
            self.add_event_stream(draft, &case);
        }
    }

    fn add_message(&mut self, draft: &Draft<'_>, message: &HttpMessageTest) {
        if message.applies_to != Some(AppliesTo::Server) {
            let (id, protocol) = (message.id.clone(), message.protocol.clone());
            self.cases.push(SurveyedCase {
                id,
                shape: draft.id.to_string(),
                protocol,
                is_event_stream: false,
            });
        }
    }

    /// Nothing reads these cases yet but to count them.
    fn add_event_stream(&mut self, draft: &Draft<'_>, case: &Node<'_>) {
        let entries = case.entries().unwrap_or_default();
        let string = |key: &str| {
            let entry = entries.iter().find(|entry| entry.key == key);
            entry.and_then(|entry| entry.value.string()).unwrap_or_default().into_owned()
        };
        if string("appliesTo") != "server" {
            let (id, protocol) = (string("id"), string("protocol"));
            self.cases.push(SurveyedCase {
                id,
                shape: draft.id.to_string(),
                protocol,
                is_event_stream: true,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast;

    #[test]
    fn cases_for_clients_are_found_on_every_shape_and_services_of_any_protocol() {
        let source = r#"{"smithy": "2", "shapes": {
            "a#S": {"type": "service", "traits": {"aws.protocols#restXml": {}}},
            "a#T": {"type": "service", "traits": {"aws.protocols#restJson1": {}}},
            "a#O": {"type": "operation", "traits": {"smithy.test#eventStreamTests": [
                {"id": "both", "protocol": "a#p"}, {"id": "not", "protocol": "a#p", "appliesTo": "server"}]}},
            "a#E": {"type": "structure", "traits": {"smithy.test#httpResponseTests": [
                {"id": "one", "protocol": "a#p", "code": 400, "appliesTo": "client"},
                {"id": "none", "protocol": "a#p", "code": 400, "appliesTo": "server"}]}}}}"#;
        let survey = survey(&ast::parse(source).unwrap()).unwrap();
        let services = [("a#S".to_owned(), Vec::new()), ("a#T".to_owned(), vec!["aws.protocols#restJson1"])];
        assert_eq!(survey.services, services);
        let cases: Vec<_> =
            survey.cases.iter().map(|c| (c.id.as_str(), c.shape.as_str(), c.is_event_stream)).collect();
        assert_eq!(cases, [("one", "a#E", false), ("both", "a#O", true)]);
    }
}
