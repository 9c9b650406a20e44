//! The headers of a request, compared with its case.

use super::RequestCase;
use super::report::Report;
use http::HeaderMap;

pub(super) fn compare(case: &RequestCase, headers: &HeaderMap, report: &mut Report) {
    for (name, expected) in case.headers {
        let got = value(headers, name);
        if got.as_deref().map(normalized) != Some(normalized(expected)) {
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

/// The value of a header. One that is there several times is one list
/// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.3)).
fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    let values = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    values.map(|value| value.into_owned()).reduce(|list, value| list + ", " + &value)
}

/// A value without the white space that may stand around a list's commas. Quoted strings stay as they are.
fn normalized(value: &str) -> String {
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
