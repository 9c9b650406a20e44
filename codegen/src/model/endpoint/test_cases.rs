//! Test cases in `endpointTests`.

use super::parameter::Parameter;
use super::parameters;
use super::reader::Reader;
use super::rules::EndpointCase;
use crate::ast::Node;

/// Reads the value of the trait, skipping invalid test cases.
pub(super) fn read(reader: &mut Reader<'_>, node: &Node<'_>, known: &[Parameter]) -> Vec<EndpointCase> {
    let Some(members) = reader.object(node, "an object with `testCases`") else { return Vec::new() };
    let cases = reader.items(members.get("testCases"), "an array of test cases").unwrap_or_default();
    cases.iter().filter_map(|case| self::case(reader, case, known)).collect()
}

fn case(reader: &mut Reader<'_>, node: &Node<'_>, known: &[Parameter]) -> Option<EndpointCase> {
    let members = reader.object(node, "a test case object with `params` and `expect`")?;
    let documentation =
        members.get("documentation").map_or(Some(String::new()), |node| reader.text(&node))?;
    let params = members.get("params");
    for entry in reader.entries(params, "an object of parameter values")? {
        parameters::value_of(reader, entry, known)?;
    }
    let expect = reader.required(node, &members, "expect")?;
    let expected = reader.object(&expect, "an object with `endpoint` or `error`")?;
    match (expected.get("endpoint"), expected.get("error")) {
        (Some(endpoint), None) => {
            let members = reader.object(&endpoint, "an endpoint object with `url`")?;
            let url = reader.required(&endpoint, &members, "url")?;
            reader.text(&url)?;
        }
        (None, Some(error)) => {
            reader.text(&error)?;
        }
        _ => {
            let help = "set exactly one of `endpoint` and `error`";
            return reader.report(&expect, "expected either `endpoint` or `error`", "invalid outcome", help);
        }
    }
    let params = params.map_or_else(|| "{}".to_owned(), |params| json(&params));
    Some(EndpointCase { documentation, params, expect: json(&expect) })
}

/// Formats the value on one line.
fn json(node: &Node<'_>) -> String {
    node.to_json().map(|value| value.to_string()).unwrap_or_default()
}
