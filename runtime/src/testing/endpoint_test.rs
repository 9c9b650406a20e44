//! [Endpoint tests](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointtests-trait):
//! what must come of the rules of a service.

use crate::endpoint::{
    EndpointError, PARTITIONS, ParamValue, Params, Partition, ResolvedEndpoint, RuleSet, resolve_with,
};
use crate::operation::Operation;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A case: values of parameters, and what must come of them.
pub struct EndpointCase {
    /// Its place in the list, from 0, and its documentation.
    pub id: String,
    params: Vec<(String, ParamValue)>,
    expected: Expected,
}

/// How a case passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointPassed {
    /// By the facts of partitions as they are.
    Now,
    /// Only by those of the time when the isolated partitions had no dual stack.
    Earlier,
}

/// What must come of a case.
enum Expected {
    /// An endpoint: its URL, and its headers and properties, which are objects.
    Endpoint { url: String, headers: Value, properties: Value },
    /// An error with this text.
    Error(String),
}

/// The isolated partitions had no dual stack at first, and the cases of models from before then expect errors;
/// newer ones expect endpoints there.
static EARLIER: LazyLock<&'static [Partition]> = LazyLock::new(|| {
    let earlier = |partition: &Partition| {
        let is_isolated = partition.name.starts_with("aws-iso");
        Partition { supports_dual_stack: partition.supports_dual_stack && !is_isolated, ..partition.clone() }
    };
    let partitions: Vec<Partition> = PARTITIONS.iter().map(earlier).collect();
    partitions.leak()
});

/// Resolves the endpoint of every case by the rules of the operation's service, and compares it. The cases are
/// the JSON of `testCases`.
///
/// # Panics
/// When one is not what the case asks for, with all that are not and every difference; when the service has no rules,
/// or the cases cannot be read.
#[track_caller]
#[expect(clippy::panic, reason = "this is how a test fails")]
pub fn check_endpoints<O: Operation>(cases: &str) {
    let Some(rules) = O::SCHEMA.service.endpoint else {
        panic!("the service `{}` has no endpoint rules", O::SCHEMA.service.id);
    };
    let failures = match failures(rules, cases) {
        Ok(failures) => failures,
        Err(error) => panic!("the endpoint tests cannot be read: {error}"),
    };
    if !failures.is_empty() {
        panic!("{} endpoint tests fail:\n{}", failures.len(), failures.join("\n"));
    }
}

/// A text for each case that fails.
fn failures(rules: &RuleSet, cases: &str) -> Result<Vec<String>, String> {
    let cases: Value = serde_json::from_str(cases).map_err(|error| error.to_string())?;
    let cases = EndpointCase::all(cases.as_array().ok_or("they are no list")?)?;
    let failure = |case: &EndpointCase| {
        let differences = case.check(rules).err()?;
        Some(format!("{}\n    {}", case.id, differences.replace('\n', "\n    ")))
    };
    Ok(cases.iter().filter_map(failure).collect())
}

fn case(value: &Value, id: String) -> Result<EndpointCase, String> {
    let mut params = Vec::new();
    if let Some(values) = value.get("params") {
        for (name, value) in values.as_object().ok_or("`params` is no object")? {
            params.push((name.clone(), param(value)?));
        }
    }
    let expect = &value["expect"];
    let expected = match (&expect["error"], &expect["endpoint"]) {
        (Value::String(error), Value::Null) => Expected::Error(error.clone()),
        (Value::Null, endpoint @ Value::Object(_)) => {
            let object = |name: &str| endpoint.get(name).cloned().unwrap_or_else(|| json!({}));
            let url = endpoint["url"].as_str().ok_or("its endpoint has no `url`")?.to_owned();
            Expected::Endpoint { url, headers: object("headers"), properties: object("properties") }
        }
        _ => return Err("it expects neither an endpoint nor an error".to_owned()),
    };
    Ok(EndpointCase { id, params, expected })
}

fn param(value: &Value) -> Result<ParamValue, String> {
    match value {
        Value::Bool(value) => Ok((*value).into()),
        Value::String(value) => Ok(value.as_str().into()),
        Value::Array(values) => {
            let values: Option<Vec<String>> =
                values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
            values.map(ParamValue::from).ok_or_else(|| format!("{value} is no list of texts"))
        }
        other => Err(format!("{other} is no value of a parameter")),
    }
}

impl EndpointCase {
    /// The cases of a list.
    ///
    /// # Errors
    /// What is wrong with the first that cannot be read.
    pub fn all(cases: &[Value]) -> Result<Vec<Self>, String> {
        let read = |(index, value): (usize, &Value)| {
            let id = format!("#{index} {}", value["documentation"].as_str().unwrap_or("without a name"));
            case(value, id.clone()).map_err(|error| format!("the test {id} cannot be read: {error}"))
        };
        cases.iter().enumerate().map(read).collect()
    }

    /// Evaluates the rules, and does so by earlier facts of partitions where they do not give what they must.
    ///
    /// # Errors
    /// How what comes of it differs from what must, a line a difference.
    pub fn check(&self, rules: &RuleSet) -> Result<EndpointPassed, String> {
        match self.check_with(rules, PARTITIONS) {
            Ok(()) => Ok(EndpointPassed::Now),
            Err(differences) => {
                self.check_with(rules, *EARLIER).map(|()| EndpointPassed::Earlier).map_err(|_| differences)
            }
        }
    }

    fn check_with(&self, rules: &RuleSet, partitions: &'static [Partition]) -> Result<(), String> {
        let mut differences = Vec::new();
        let mut differ = |what: &str, expected: &str, found: &str| {
            if expected != found {
                differences.push(format!("{what}: expected {expected}, found {found}"));
            }
        };
        match (&self.expected, self.resolve(rules, partitions)) {
            (Expected::Endpoint { url, headers, properties }, Ok(found)) => {
                let found_headers: BTreeMap<_, _> = found.headers.iter().cloned().collect();
                let found_properties: BTreeMap<_, _> = found.properties.iter().cloned().collect();
                differ("url", url, &found.url);
                differ("headers", &headers.to_string(), &json!(found_headers).to_string());
                differ("properties", &properties.to_string(), &json!(found_properties).to_string());
            }
            (Expected::Endpoint { url, .. }, Err(error)) => differ("result", url, &error.to_string()),
            (Expected::Error(expected), Err(EndpointError::Rules(error))) => {
                differ("error", expected, &error)
            }
            (Expected::Error(expected), Err(error)) => differ("error", expected, &error.to_string()),
            (Expected::Error(error), Ok(found)) => differ("result", error, &found.url),
        }
        if differences.is_empty() { Ok(()) } else { Err(differences.join("\n")) }
    }

    fn resolve(
        &self,
        rules: &RuleSet,
        partitions: &'static [Partition],
    ) -> Result<ResolvedEndpoint, EndpointError> {
        let mut params = Params::new(rules);
        for (name, value) in &self.params {
            params.set(name, value.clone())?;
        }
        resolve_with(rules, &params, partitions)
    }
}

#[cfg(test)]
mod tests {
    use super::failures;
    use crate::endpoint::notation::*;

    static RULES: RuleSet = RuleSet {
        parameters: &[Parameter::new("Region", STRING)],
        variables: 0,
        rules: Rules::Tree(&[
            rule(
                &[when(IsSet, &[Ref(0)])],
                at_with(
                    &[Str("https://"), Ref(0)],
                    &[("x-region", &[Ref(0), Str("b")])],
                    &[("list", list(&[record(&[("one", value(Int(1)))]), text("two")]))],
                ),
            ),
            rule(&[], error("no region")),
        ]),
    };

    const CASES: &str = r#"[
        {"documentation": "a region", "params": {"Region": "a"}, "expect": {"endpoint": {
            "url": "https://a", "headers": {"x-region": ["a", "b"]}, "properties": {"list": [{"one": 1}, "two"]}}}},
        {"expect": {"error": "no region"}}]"#;

    #[test]
    fn every_part_of_a_case_is_compared_and_those_that_fail_are_named() {
        assert_eq!(failures(&RULES, CASES), Ok(vec![]));
        for (right, wrong, failure) in [
            ("https://a", "https://b", "#0 a region\n    url: expected https://b, found https://a"),
            ("\"a\", \"b\"", "\"b\"", "#0 a region\n    headers: expected {\"x-region\":[\"b\"]}, found"),
            ("\"one\": 1", "\"one\": 2", "#0 a region\n    properties: expected {\"list\":[{\"one\":2}"),
            ("no region\"", "none\"", "#1 without a name\n    error: expected none, found no region"),
            ("\"Region\"", "\"Rigion\"", "#0 a region\n    result: expected https://a, found"),
        ] {
            let found = failures(&RULES, &CASES.replace(right, wrong)).unwrap();
            assert!(found.len() == 1 && found[0].starts_with(failure), "{failure}: {found:?}");
        }
    }

    #[test]
    fn cases_that_cannot_be_read_are_no_success() {
        assert!(failures(&RULES, "[").is_err());
        assert!(
            failures(&RULES, r#"[{"params": {}}]"#).unwrap_err().contains("neither an endpoint nor an error")
        );
        assert!(failures(&RULES, r#"[{"params": []}]"#).unwrap_err().contains("`params` is no object"));
    }
}
