//! The endpoint tests of the model.

use super::data::EndpointTests;
use super::names;
use super::value::Value;
use crate::model::Model;
use std::fmt::Write;

/// Plans a test of all cases, if the model has any. The rules belong to the service, so the test uses the
/// first operation by name.
pub(super) fn endpoint_tests(model: &Model) -> Option<EndpointTests> {
    let cases = &model.service.endpoints.as_ref()?.cases;
    let operation = model.operations.values().map(|operation| names::type_name(operation.id.name())).min()?;
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
