//! [Endpoint tests](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointtests-trait)
//! of a service.

use crate::endpoint::{
    EndpointError, PARTITIONS, ParamValue, Params, Partition, ResolvedEndpoint, RuleSet, resolve_with,
};
use crate::operation::Operation;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A test case: parameter values and the expected result.
pub struct EndpointCase {
    /// The index in the list of cases, from 0, and the documentation.
    pub id: String,
    params: Vec<(String, ParamValue)>,
    expected: Expected,
}

/// The partition data that a case passed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartitionData {
    /// The current data, [`PARTITIONS`].
    Current,
    /// Only the legacy data, in which the isolated partitions have no dual stack and no suffix for it.
    Legacy,
}

/// The expected result of a case.
enum Expected {
    /// An endpoint. The headers and properties are JSON objects.
    Endpoint { url: String, headers: Value, properties: Value },
    /// An error with this message.
    Error(String),
}

/// Partition data without dual stack in the isolated partitions: it is not supported, and its DNS suffix is that of
/// other endpoints. Older models have cases that expect errors for these partitions, or, of services with dual-stack
/// endpoints only, the other suffix; newer models expect dual-stack endpoints.
static LEGACY_PARTITIONS: LazyLock<&'static [Partition]> = LazyLock::new(|| {
    let legacy = |partition: &Partition| match partition.name.starts_with("aws-iso") {
        true => Partition {
            supports_dual_stack: false,
            dual_stack_dns_suffix: partition.dns_suffix,
            ..partition.clone()
        },
        false => partition.clone(),
    };
    let partitions: Vec<Partition> = PARTITIONS.iter().map(legacy).collect();
    partitions.leak()
});

/// Checks the endpoint rules of the operation's service against test cases: the JSON array `testCases` of the
/// trait.
///
/// # Panics
/// Panics if cases fail, with all failed cases and their differences, if the service has no endpoint rules,
/// or if the cases are invalid.
#[track_caller]
#[expect(clippy::panic, reason = "this is how a test fails")]
pub fn check_endpoints<O: Operation>(cases: &str) {
    let Some(rules) = O::SCHEMA.service.endpoint else {
        panic!("the service `{}` has no endpoint rules", O::SCHEMA.service.id);
    };
    let failures = match failures(rules, cases) {
        Ok(failures) => failures,
        Err(error) => panic!("invalid endpoint tests: {error}"),
    };
    if !failures.is_empty() {
        panic!("{} endpoint tests failed:\n{}", failures.len(), failures.join("\n"));
    }
}

/// Returns a message for each failed case.
fn failures(rules: &RuleSet, cases: &str) -> Result<Vec<String>, String> {
    let cases: Value = serde_json::from_str(cases).map_err(|error| error.to_string())?;
    let cases = EndpointCase::parse_all(cases.as_array().ok_or("expected an array")?)?;
    let failure = |case: &EndpointCase| {
        let differences = case.check(rules).err()?;
        Some(format!("{}\n    {}", case.id, differences.replace('\n', "\n    ")))
    };
    Ok(cases.iter().filter_map(failure).collect())
}

fn parse_case(value: &Value, id: String) -> Result<EndpointCase, String> {
    let mut params = Vec::new();
    if let Some(values) = value.get("params") {
        for (name, value) in values.as_object().ok_or("`params` is not an object")? {
            params.push((name.clone(), parse_param(value)?));
        }
    }
    let expect = &value["expect"];
    let expected = match (&expect["error"], &expect["endpoint"]) {
        (Value::String(error), Value::Null) => Expected::Error(error.clone()),
        (Value::Null, endpoint @ Value::Object(_)) => {
            let object = |name: &str| endpoint.get(name).cloned().unwrap_or_else(|| json!({}));
            let url = endpoint["url"].as_str().ok_or("the expected endpoint has no `url`")?.to_owned();
            Expected::Endpoint { url, headers: object("headers"), properties: object("properties") }
        }
        _ => return Err("expected either `endpoint` or `error` in `expect`".to_owned()),
    };
    Ok(EndpointCase { id, params, expected })
}

fn parse_param(value: &Value) -> Result<ParamValue, String> {
    match value {
        Value::Bool(value) => Ok((*value).into()),
        Value::String(value) => Ok(value.as_str().into()),
        Value::Array(values) => {
            let values: Option<Vec<String>> =
                values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
            values.map(ParamValue::from).ok_or_else(|| format!("expected an array of strings, found {value}"))
        }
        other => Err(format!("expected a boolean, string or array of strings, found {other}")),
    }
}

impl EndpointCase {
    /// Parses a list of cases.
    ///
    /// # Errors
    /// Returns a message for the first invalid case.
    pub fn parse_all(cases: &[Value]) -> Result<Vec<Self>, String> {
        let parse = |(index, value): (usize, &Value)| {
            let id = format!("#{index} {}", value["documentation"].as_str().unwrap_or("(unnamed)"));
            parse_case(value, id.clone()).map_err(|error| format!("invalid test {id}: {error}"))
        };
        cases.iter().enumerate().map(parse).collect()
    }

    /// Evaluates the rules and compares the result, first with the current partition data, then with the
    /// legacy data.
    ///
    /// # Errors
    /// Returns the differences with the current data, one per line.
    pub fn check(&self, rules: &RuleSet) -> Result<PartitionData, String> {
        match self.check_with(rules, PARTITIONS) {
            Ok(()) => Ok(PartitionData::Current),
            Err(differences) => match self.check_with(rules, *LEGACY_PARTITIONS) {
                Ok(()) => Ok(PartitionData::Legacy),
                Err(_) => Err(differences),
            },
        }
    }

    fn check_with(&self, rules: &RuleSet, partitions: &'static [Partition]) -> Result<(), String> {
        let mut differences = Vec::new();
        let mut compare = |part: &str, expected: &str, found: &str| {
            if expected != found {
                differences.push(format!("{part}: expected {expected}, found {found}"));
            }
        };
        match (&self.expected, self.resolve(rules, partitions)) {
            (Expected::Endpoint { url, headers, properties }, Ok(found)) => {
                let found_headers: BTreeMap<_, _> = found.headers.iter().cloned().collect();
                let found_properties: BTreeMap<_, _> = found.properties.iter().cloned().collect();
                compare("url", url, &found.url);
                compare("headers", &headers.to_string(), &json!(found_headers).to_string());
                compare("properties", &properties.to_string(), &json!(found_properties).to_string());
            }
            (Expected::Endpoint { url, .. }, Err(error)) => compare("result", url, &error.to_string()),
            (Expected::Error(expected), Err(EndpointError::Rules(error))) => {
                compare("error", expected, &error)
            }
            (Expected::Error(expected), Err(error)) => compare("error", expected, &error.to_string()),
            (Expected::Error(error), Ok(found)) => compare("result", error, &found.url),
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
    fn compares_all_parts_and_names_failed_cases() {
        assert_eq!(failures(&RULES, CASES), Ok(vec![]));
        for (valid, changed, failure) in [
            ("https://a", "https://b", "#0 a region\n    url: expected https://b, found https://a"),
            ("\"a\", \"b\"", "\"b\"", "#0 a region\n    headers: expected {\"x-region\":[\"b\"]}, found"),
            ("\"one\": 1", "\"one\": 2", "#0 a region\n    properties: expected {\"list\":[{\"one\":2}"),
            ("no region\"", "none\"", "#1 (unnamed)\n    error: expected none, found no region"),
            ("\"Region\"", "\"Rigion\"", "#0 a region\n    result: expected https://a, found"),
        ] {
            let found = failures(&RULES, &CASES.replace(valid, changed)).unwrap();
            assert!(found.len() == 1 && found[0].starts_with(failure), "{failure}: {found:?}");
        }
    }

    static DUAL_STACK_ONLY: RuleSet = RuleSet {
        parameters: &[Parameter::new("Region", STRING)],
        variables: 1,
        rules: Rules::Tree(&[rule(
            &[set(1, AwsPartition, &[Ref(0)])],
            at(&[Str("https://"), GetAttr(&Ref(1), &[Key("dualStackDnsSuffix")])]),
        )]),
    };

    #[test]
    fn accepts_the_older_dual_stack_suffix_of_isolated_partitions() {
        let case = |region: &str, suffix: &str| {
            format!(
                r#"[{{"params": {{"Region": "{region}"}}, "expect": {{"endpoint": {{"url": "https://{suffix}"}}}}}}]"#
            )
        };
        for (region, suffix) in [
            ("us-iso-east-1", "c2s.ic.gov"),
            ("us-iso-east-1", "api.aws.ic.gov"),
            ("us-isob-east-1", "sc2s.sgov.gov"),
            ("eu-isoe-west-1", "cloud.adc-e.uk"),
            ("us-isof-south-1", "csp.hci.ic.gov"),
            ("us-east-1", "api.aws"),
        ] {
            assert_eq!(failures(&DUAL_STACK_ONLY, &case(region, suffix)), Ok(vec![]), "{region}");
        }
        assert_eq!(
            failures(&DUAL_STACK_ONLY, &case("us-east-1", "amazonaws.com")).map(|found| found.len()),
            Ok(1)
        );
    }

    #[test]
    fn rejects_invalid_cases() {
        assert!(failures(&RULES, "[").is_err());
        assert!(
            failures(&RULES, r#"[{"params": {}}]"#)
                .unwrap_err()
                .contains("expected either `endpoint` or `error`")
        );
        assert!(failures(&RULES, r#"[{"params": []}]"#).unwrap_err().contains("`params` is not an object"));
    }
}
