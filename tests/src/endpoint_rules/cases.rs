//! The cases of `endpointTests`.

use super::partitions::EARLIER;
use super::{list, members, text};
use farrier_runtime::endpoint::{
    EndpointError, PARTITIONS, ParamValue, Params, Partition, ResolvedEndpoint, RuleSet, resolve_with,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A case: values of parameters, and what must come of them.
pub struct Case {
    /// Its place in the list, from 0, and its documentation.
    pub id: String,
    params: Vec<(String, ParamValue)>,
    expected: Expected,
}

/// How a case passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// By the facts of partitions as they are.
    Now,
    /// Only by those of the time when the isolated partitions had no dual stack.
    Earlier,
}

/// What must come of a case.
pub enum Expected {
    /// An endpoint: its URL, headers and properties.
    Endpoint {
        /// The URL.
        url: String,
        /// The headers, each with its values; an object.
        headers: Value,
        /// The properties; an object.
        properties: Value,
    },
    /// An error with this text.
    Error(String),
}

pub(super) fn load(tests: &Value) -> Result<Vec<Case>, String> {
    let cases = list(tests, "testCases")?.iter().enumerate();
    cases
        .map(|(index, value)| {
            let id = format!("#{index} {}", value["documentation"].as_str().unwrap_or("without a name"));
            case(value, id.clone()).map_err(|error| format!("the test {id} cannot be read: {error}"))
        })
        .collect()
}

fn case(value: &Value, id: String) -> Result<Case, String> {
    let mut params = Vec::new();
    for (name, value) in members(value, "params")? {
        params.push((name.clone(), param(value)?));
    }
    let expect = &value["expect"];
    let expected = match (&expect["error"], &expect["endpoint"]) {
        (Value::String(error), Value::Null) => Expected::Error(error.clone()),
        (Value::Null, endpoint @ Value::Object(_)) => {
            let object = |name: &str| endpoint.get(name).cloned().unwrap_or_else(|| json!({}));
            let url = text(endpoint, "url")?.to_owned();
            Expected::Endpoint { url, headers: object("headers"), properties: object("properties") }
        }
        _ => return Err("it expects neither an endpoint nor an error".to_owned()),
    };
    Ok(Case { id, params, expected })
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

impl Case {
    /// Evaluates the rules, and does so by earlier facts of partitions where they do not give what they must.
    ///
    /// # Errors
    /// How what comes of it differs from what must, a line a difference.
    pub fn check(&self, rules: &RuleSet) -> Result<Passed, String> {
        match self.check_with(rules, PARTITIONS) {
            Ok(()) => Ok(Passed::Now),
            Err(differences) => {
                self.check_with(rules, *EARLIER).map(|()| Passed::Earlier).map_err(|_| differences)
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
