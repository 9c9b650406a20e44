//! Comparison of request headers.

use super::case::RequestCase;
use super::report::Report;
use http::HeaderMap;

pub(super) fn compare(case: &RequestCase, headers: &HeaderMap, report: &mut Report) {
    for (name, expected) in case.headers {
        let got = value(headers, name);
        if got.as_deref().map(normalize) != Some(normalize(expected)) {
            report.add(format!("header {name}"), *expected, got.unwrap_or_default());
        }
    }
    for name in case.forbid_headers {
        if let Some(got) = value(headers, name) {
            report.add(format!("header {name}"), "no such header", format!("`{got}`"));
        }
    }
    for name in case.require_headers {
        if value(headers, name).is_none() {
            report.add(format!("header {name}"), "any value", "");
        }
    }
}

/// Returns the value of a header. Repeated fields are joined to a list
/// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.3)).
fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    let values = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    values.map(|value| value.into_owned()).reduce(|list, value| list + ", " + &value)
}

/// Removes whitespace around the commas of a list. Quoted strings are not changed.
fn normalize(value: &str) -> String {
    let (mut parts, mut part) = (Vec::new(), String::new());
    let (mut quoted, mut escaped) = (false, false);
    for c in value.chars() {
        if c == ',' && !quoted {
            parts.push(std::mem::take(&mut part));
            continue;
        }
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && c == '\\' && !escaped;
        part.push(c);
    }
    parts.push(part);
    parts.iter().map(|part| part.trim()).collect::<Vec<_>>().join(",")
}
