//! Parts of a canonical request.

use std::fmt::Write;

/// Returns the canonical path for services other than S3: normalized and URI-encoded again.
pub(super) fn path(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    let has_trailing_slash = ["/", "/.", "/.."].iter().any(|end| path.ends_with(end));
    let mut canonical = String::new();
    for segment in &segments {
        canonical.push('/');
        canonical.push_str(&encode(segment.as_bytes()));
    }
    if segments.is_empty() || has_trailing_slash {
        canonical.push('/');
    }
    canonical
}

/// Returns the canonical path for S3: URI-encoded once and not normalized.
pub(super) fn object_path(path: &str) -> String {
    let segments: Vec<String> = path.split('/').map(|segment| encode(&decode(segment))).collect();
    segments.join("/")
}

/// Returns the canonical query: encoded, sorted and without `X-Amz-Signature`.
pub(super) fn query(query: &str) -> String {
    let mut encoded: Vec<(String, String)> = parameters(query)
        .into_iter()
        .filter(|(name, _)| name != "X-Amz-Signature")
        .map(|(name, value)| (encode(name.as_bytes()), encode(value.as_bytes())))
        .collect();
    encoded.sort();
    let pairs: Vec<String> = encoded.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

/// Returns the decoded parameters of a query.
pub(super) fn parameters(query: &str) -> Vec<(String, String)> {
    let text = |part: &str| String::from_utf8_lossy(&decode(part)).into_owned();
    let parts = query.split('&').filter(|part| !part.is_empty());
    let pairs = parts.map(|part| part.split_once('=').unwrap_or((part, "")));
    pairs.map(|(name, value)| (text(name), text(value))).collect()
}

/// Returns the canonical headers, one line per signed header. The values of a repeated header are joined.
pub(super) fn headers(headers: &[(String, String)], signed: &[String]) -> String {
    let mut lines = String::new();
    for name in signed {
        let values = headers.iter().filter(|(header, _)| header == name);
        let values: Vec<String> = values.map(|(_, value)| single_spaced(value)).collect();
        writeln!(lines, "{name}:{}", values.join(",")).expect("writing to a string does not fail");
    }
    lines
}

fn single_spaced(value: &str) -> String {
    let words: Vec<&str> = value.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for &byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => text.push(byte.into()),
            _ => write!(text, "%{byte:02X}").expect("writing to a string does not fail"),
        }
    }
    text
}

fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = after.get(..2).filter(|_| *first == b'%');
        let value = escaped.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(value.unwrap_or(*first));
        rest = if value.is_some() { &after[2..] } else { after };
    }
    bytes
}
