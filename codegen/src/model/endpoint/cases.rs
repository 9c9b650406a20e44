//! `endpointTests`: what must come of rules.

use super::reader::Reader;
use super::{Parameter, parameters};
use crate::ast::Node;

/// A case: values of parameters and what must come of them, as JSON.
#[derive(Clone, Debug)]
pub struct EndpointCase {
    /// What the case is about; may be empty.
    pub documentation: String,
    /// The values, by parameter; an object.
    pub params: String,
    /// What must come of them: an object with `endpoint` or `error`.
    pub expect: String,
}

/// The cases.
pub(super) fn read(reader: &mut Reader<'_>, node: &Node<'_>, known: &[Parameter]) -> Vec<EndpointCase> {
    let Some(members) = reader.object(node, "an object with `testCases`") else { return Vec::new() };
    let cases = reader.items(members.get("testCases"), "an array of test cases").unwrap_or_default();
    cases.iter().filter_map(|case| self::case(reader, case, known)).collect()
}

fn case(reader: &mut Reader<'_>, node: &Node<'_>, known: &[Parameter]) -> Option<EndpointCase> {
    let members = reader.object(node, "a test case: an object with `params`, `expect`")?;
    let documentation =
        members.get("documentation").map_or(Some(String::new()), |node| reader.text(&node))?;
    let params = members.get("params");
    for entry in reader.entries(params, "an object of parameters and their values")? {
        parameters::value_of(reader, &entry, known)?;
    }
    let expect = reader.required(node, &members, "expect")?;
    let expected = reader.object(&expect, "an object with `endpoint` or `error`")?;
    match (expected.get("endpoint"), expected.get("error")) {
        (Some(endpoint), None) => {
            let members = reader.object(&endpoint, "an endpoint: an object with `url`")?;
            let url = reader.required(&endpoint, &members, "url")?;
            reader.text(&url)?;
        }
        (None, Some(error)) => {
            reader.text(&error)?;
        }
        _ => return reader.unexpected(&expect, "either `endpoint` or `error`"),
    }
    let params = params.map_or_else(|| "{}".to_owned(), |params| json(&params));
    Some(EndpointCase { documentation, params, expect: json(&expect) })
}

/// The value on one line.
fn json(node: &Node<'_>) -> String {
    node.value().map(|value| value.to_string()).unwrap_or_default()
}
