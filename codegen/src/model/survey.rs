//! The services and protocol tests in a model, including those that the generator does not support.

use super::raw::RawShape;
use super::resolve::merge;
use super::{service, trait_values};
use crate::Diagnostics;
use crate::ast::{Ast, Node, ShapeType};
use crate::model::{AppliesTo, HttpMessageTest};

const EVENT_STREAM_TESTS: &str = "smithy.test#eventStreamTests";

/// The services and the client protocol tests in a model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// The shape id of each service, and those of its supported protocols in order of preference.
    pub services: Vec<(String, Vec<&'static str>)>,
    /// The test cases, except those only for servers.
    pub cases: Vec<SurveyedCase>,
}

/// A protocol test case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyedCase {
    /// The id of the test case.
    pub id: String,
    /// The id of the shape with the test trait.
    pub shape: String,
    /// The shape id of the protocol's trait.
    pub protocol: String,
    /// True if the case is in `smithy.test#eventStreamTests`.
    pub is_event_stream: bool,
}

/// Returns the services and client protocol tests in a model.
///
/// # Errors
/// Returns the diagnostics of the AST and those for invalid test traits.
pub(crate) fn survey(ast: &Ast<'_>) -> Result<Survey, Diagnostics> {
    let (raw_model, mut diagnostics) = merge(ast);
    let mut survey = Survey::default();
    for shape in raw_model.by_id.values().filter(|shape| !shape.is_mixin()) {
        if shape.ty == ShapeType::Service {
            survey.services.push((shape.id.to_string(), service::supported_protocols(shape)));
        }
        survey.add_cases(shape, &mut diagnostics);
    }
    diagnostics.into_result(survey)
}

impl Survey {
    fn add_cases(&mut self, shape: &RawShape<'_>, diagnostics: &mut Diagnostics) {
        if !shape.traits.keys().any(|id| id.starts_with("smithy.test#")) {
            return;
        }
        let traits = trait_values::read(&shape.traits, diagnostics);
        let requests = traits.http_request_tests.iter().map(|case| &case.message);
        let responses = traits.http_response_tests.iter().map(|case| &case.message);
        for message in requests.chain(responses) {
            self.add_message(shape, message);
        }
        let streams = shape.traits.get(EVENT_STREAM_TESTS).and_then(|applied| applied.value.items());
        for case in streams.unwrap_or_default() {
            self.add_event_stream(shape, case);
        }
    }

    fn add_message(&mut self, shape: &RawShape<'_>, message: &HttpMessageTest) {
        if message.applies_to != Some(AppliesTo::Server) {
            let (id, protocol) = (message.id.clone(), message.protocol.clone());
            self.cases.push(SurveyedCase {
                id,
                shape: shape.id.to_string(),
                protocol,
                is_event_stream: false,
            });
        }
    }

    /// Adds an event stream test. These tests are listed but not parsed: event streams are not supported.
    fn add_event_stream(&mut self, shape: &RawShape<'_>, case: &Node<'_>) {
        let entries = case.entries().unwrap_or_default();
        let string = |key: &str| {
            let entry = entries.iter().find(|entry| entry.key == key);
            entry.and_then(|entry| entry.value.string()).unwrap_or_default().to_owned()
        };
        if string("appliesTo") != "server" {
            let (id, protocol) = (string("id"), string("protocol"));
            self.cases.push(SurveyedCase {
                id,
                shape: shape.id.to_string(),
                protocol,
                is_event_stream: true,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::with_ast;

    #[test]
    fn finds_client_tests_and_services_of_any_protocol() {
        let source = r#"{"smithy": "2", "shapes": {
            "a#S": {"type": "service", "traits": {"aws.protocols#restXml": {}}},
            "a#T": {"type": "service", "traits": {"aws.protocols#restJson1": {}}},
            "a#O": {"type": "operation", "traits": {"smithy.test#eventStreamTests": [
                {"id": "both", "protocol": "a#p"}, {"id": "not", "protocol": "a#p", "appliesTo": "server"}]}},
            "a#E": {"type": "structure", "traits": {"smithy.test#httpResponseTests": [
                {"id": "one", "protocol": "a#p", "code": 400, "appliesTo": "client"},
                {"id": "none", "protocol": "a#p", "code": 400, "appliesTo": "server"}]}}}}"#;
        let survey = with_ast(&[source], |ast| survey(&ast.unwrap())).unwrap();
        let services = [("a#S".to_owned(), Vec::new()), ("a#T".to_owned(), vec!["aws.protocols#restJson1"])];
        assert_eq!(survey.services, services);
        let cases: Vec<_> =
            survey.cases.iter().map(|c| (c.id.as_str(), c.shape.as_str(), c.is_event_stream)).collect();
        assert_eq!(cases, [("one", "a#E", false), ("both", "a#O", true)]);
    }
}
