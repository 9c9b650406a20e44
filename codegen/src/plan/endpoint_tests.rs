//! The endpoint tests of the model.

use super::context::Context;
use super::data::EndpointTests;
use super::value::Value;
use std::fmt::Write;

/// Plans a test of all cases, if the model has any. The rules belong to the service, so the test uses the
/// first operation by name.
pub(super) fn endpoint_tests(context: &Context<'_>) -> Option<EndpointTests> {
    let cases = &context.model.service.endpoints.as_ref()?.cases;
    let operations = context.model.operations.keys().map(|id| context.operations.ty(id));
    let operation = operations.min()?.to_owned();
    if cases.is_empty() {
        return None;
    }
    let cases: Vec<String> = cases.iter().map(|case| ascii(&case.to_json())).collect();
    Some(EndpointTests { operation, cases: Value::Text(format!("[\n{}\n]", cases.join(",\n"))) })
}

/// Escapes non-ASCII and control characters, which JSON allows only inside strings.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if (' '..='~').contains(&c) {
            text.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(text, "\\u{unit:04x}");
        }
    }
    text
}
