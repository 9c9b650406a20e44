//! The parts of a canonical request.

use std::fmt::Write;

/// The path of most services: empty and dot segments left out, and encoded once more than it came.
pub(super) fn path(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            segment => kept.push(segment),
        }
    }
    let ends_in_folder = ["/", "/.", "/.."].iter().any(|end| path.ends_with(end));
    let mut canonical = String::new();
    for segment in &kept {
        canonical.push('/');
        canonical.push_str(&encode(segment.as_bytes()));
    }
    if kept.is_empty() || ends_in_folder {
        canonical.push('/');
    }
    canonical
}

/// The path of S3, which is the name of an object: as it is meant, encoded once.
pub(super) fn object_path(path: &str) -> String {
    let segments: Vec<String> = path.split('/').map(|segment| encode(&decode(segment))).collect();
    segments.join("/")
}

/// The query, in order of its encoded names and values, but for the signature itself.
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

/// The parameters of a query, decoded.
pub(super) fn parameters(query: &str) -> Vec<(String, String)> {
    let text = |part: &str| String::from_utf8_lossy(&decode(part)).into_owned();
    let parts = query.split('&').filter(|part| !part.is_empty());
    let pairs = parts.map(|part| part.split_once('=').unwrap_or((part, "")));
    pairs.map(|(name, value)| (text(name), text(value))).collect()
}

/// A line for each header that is signed. The values of one that was sent twice stand in one line.
pub(super) fn headers(headers: &[(String, String)], signed: &[String]) -> String {
    let mut lines = String::new();
    for name in signed {
        let values = headers.iter().filter(|(header, _)| header == name);
        let values: Vec<String> = values.map(|(_, value)| single_spaced(value)).collect();
        writeln!(lines, "{name}:{}", values.join(",")).expect("a string can be written to");
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
            _ => write!(text, "%{byte:02X}").expect("a string can be written to"),
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
