//! Protocol tests: selection of the cases for this client, and names of the test functions.

use super::{Context, ProtocolCase, ProtocolTest, names};
use crate::docs::to_rustdoc;
use crate::model::{HttpMessageTest, HttpRequestTest, HttpResponseTest, Operation, Shape};
use std::collections::BTreeSet;

/// Plans a test for each case of the client's protocol: first the cases of operations, sorted by operation
/// name, then the cases of errors, each tested with one operation that declares the error.
pub(super) fn protocol_tests(context: &Context<'_>) -> Vec<ProtocolTest> {
    let mut tests = Tests::new(context.model.service.protocol.trait_id);
    let mut operations: Vec<&Operation> = context.model.operations.values().collect();
    operations.sort_by_key(|operation| names::type_name(operation.id.name()));
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

struct Tests {
    protocol: &'static str,
    names: BTreeSet<String>,
    list: Vec<ProtocolTest>,
}

impl Tests {
    fn new(protocol: &'static str) -> Self {
        // Names used by the test harness and by imports.
        let names = ["check_request", "check_response", "main"].map(str::to_owned).into();
        Self { protocol, names, list: Vec::new() }
    }

    fn request(&mut self, operation: &Operation, case: &HttpRequestTest) {
        if case.message.is_for_client(self.protocol) {
            self.push(operation, &case.message, "_request", ProtocolCase::Request(case.clone()));
        }
    }

    fn response(&mut self, operation: &Operation, case: &HttpResponseTest, error: Option<&Shape>) {
        if case.message.is_for_client(self.protocol) {
            let error = error.map(|shape| shape.id.to_string());
            self.push(operation, &case.message, "_response", ProtocolCase::Response(case.clone(), error));
        }
    }

    fn push(&mut self, operation: &Operation, message: &HttpMessageTest, side: &str, case: ProtocolCase) {
        let name = self.name(&message.id, side);
        let docs = message.documentation.as_deref().map(to_rustdoc).unwrap_or_default();
        let shape = match &case {
            ProtocolCase::Response(_, Some(error)) => error.clone(),
            _ => operation.id.to_string(),
        };
        let operation = names::type_name(operation.id.name());
        self.list.push(ProtocolTest { name, docs, operation, shape, case });
    }

    /// Returns a unique function name for the id. If the name is taken, adds the suffix `side`, then a number.
    fn name(&mut self, id: &str, side: &str) -> String {
        let plain = names::snake_name(id);
        let with_side = format!("{}{side}", plain.trim_start_matches("r#"));
        let numbered = (2u32..).map(|number| format!("{with_side}_{number}"));
        let mut candidates = [plain, with_side.clone()].into_iter().chain(numbered);
        let name = candidates.find(|name| !self.names.contains(name)).unwrap_or(with_side);
        self.names.insert(name.clone());
        name
    }
}
