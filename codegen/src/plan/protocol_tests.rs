//! Protocol tests: selection of the cases for this client, and names of the test functions.

use super::context::Context;
use super::data::{Message, ProtocolTest};
use super::names;
use super::value::Value;
use crate::docs::to_rustdoc;
use crate::model::{HttpMessageTest, HttpRequestTest, HttpResponseTest, Operation, Shape};
use std::collections::BTreeSet;

/// Plans a test for each case of the client's protocol: first the cases of operations, sorted by operation
/// name, then the cases of errors, each tested with one operation that declares the error.
pub(super) fn protocol_tests(context: &Context<'_>) -> Vec<ProtocolTest> {
    let mut tests = Tests::new(context);
    let mut operations: Vec<&Operation> = context.model.operations.values().collect();
    operations.sort_by_key(|operation| context.operations.ty(&operation.id));
    for operation in &operations {
        operation.traits.http_request_tests.iter().for_each(|case| tests.request(operation, case));
        operation.traits.http_response_tests.iter().for_each(|case| tests.response(operation, case, None));
    }
    for shape in context.model.shapes.values() {
        let declares = |operation: &&&Operation| operation.errors.contains(&shape.id);
        let Some(operation) = operations.iter().find(declares) else { continue };
        shape.traits.http_response_tests.iter().for_each(|case| tests.response(operation, case, Some(shape)));
    }
    tests.list
}

struct Tests<'a> {
    context: &'a Context<'a>,
    protocol: &'static str,
    names: BTreeSet<String>,
    list: Vec<ProtocolTest>,
}

impl<'a> Tests<'a> {
    fn new(context: &'a Context<'a>) -> Self {
        let protocol = context.model.service.protocol.trait_id;
        // Names used by the test harness and by imports.
        let names = ["check_request", "check_response", "main"].map(str::to_owned).into();
        Self { context, protocol, names, list: Vec::new() }
    }

    fn request(&mut self, operation: &Operation, case: &HttpRequestTest) {
        if case.message.is_for_client(self.protocol) {
            let (id, members) = (operation.id.as_str(), request_members(case));
            self.push(operation, id, &case.message, Message::Request, members);
        }
    }

    fn response(&mut self, operation: &Operation, case: &HttpResponseTest, error: Option<&Shape>) {
        if case.message.is_for_client(self.protocol) {
            let error = error.map(|shape| shape.id.as_str());
            let (id, members) = (error.unwrap_or(operation.id.as_str()), response_members(case, error));
            self.push(operation, id, &case.message, Message::Response, members);
        }
    }

    fn push(
        &mut self,
        operation: &Operation,
        shape: &str,
        case: &HttpMessageTest,
        message: Message,
        members: Vec<Option<Member>>,
    ) {
        let name = self.name(&case.id, message);
        self.list.push(ProtocolTest {
            name,
            docs: case.documentation.as_deref().map(to_rustdoc).unwrap_or_default(),
            operation: self.context.operations.ty(&operation.id).to_owned(),
            id: case.id.clone(),
            shape: shape.to_owned(),
            message,
            members: members.into_iter().flatten().collect(),
        });
    }

    /// Returns a unique function name for the id. If the name is taken, adds the kind of message, then a
    /// number.
    fn name(&mut self, id: &str, message: Message) -> String {
        let side = match message {
            Message::Request => "_request",
            Message::Response => "_response",
        };
        let plain = names::snake_name(id);
        let with_side = format!("{}{side}", plain.trim_start_matches("r#"));
        let numbered = (2u32..).map(|number| format!("{with_side}_{number}"));
        let mut candidates = [plain, with_side.clone()].into_iter().chain(numbered);
        let name = candidates.find(|name| !self.names.contains(name)).unwrap_or(with_side);
        self.names.insert(name.clone());
        name
    }
}

/// A member of a case.
type Member = (&'static str, Value);

fn request_members(case: &HttpRequestTest) -> Vec<Option<Member>> {
    let mut members = vec![
        Some(("id", Value::str(&case.message.id))),
        Some(("method", Value::str(&case.method))),
        Some(("uri", text(&case.uri))),
        optional("host", case.host.as_ref()),
        optional("resolved_host", case.resolved_host.as_ref()),
        list("query_params", &case.query_params),
        list("forbid_query_params", &case.forbid_query_params),
        list("require_query_params", &case.require_query_params),
        list("forbid_headers", &case.message.forbid_headers),
        list("require_headers", &case.message.require_headers),
    ];
    members.extend(message_members(&case.message));
    members
}

/// A client test has the complete response, so `forbidHeaders` and `requireHeaders` do not apply.
fn response_members(case: &HttpResponseTest, error: Option<&str>) -> Vec<Option<Member>> {
    let mut members = vec![
        Some(("id", Value::str(&case.message.id))),
        Some(("code", Value::Int(case.code.into()))),
        optional("error", error),
        optional("error_code", case.error_code.as_ref().filter(|_| error.is_some())),
    ];
    members.extend(message_members(&case.message));
    members
}

/// Returns the members that request and response cases share.
fn message_members(message: &HttpMessageTest) -> [Option<Member>; 4] {
    let headers = message.headers.iter().map(|(name, value)| Value::Tuple(vec![text(name), text(value)]));
    [
        (!message.headers.is_empty()).then(|| ("headers", Value::slice(headers))),
        message.params.as_ref().map(|params| ("params", text(params))),
        optional("body", message.body.as_ref()),
        optional("body_media_type", message.body_media_type.as_ref()),
    ]
}

fn optional(member: &'static str, value: Option<impl Into<String>>) -> Option<Member> {
    let value = Value::Text(value?.into());
    Some((member, Value::option(Some(value))))
}

fn list(member: &'static str, values: &[String]) -> Option<Member> {
    (!values.is_empty()).then(|| (member, Value::slice(values.iter().map(|value| text(value)))))
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}
