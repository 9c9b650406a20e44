//! The authority of a URL: the host that requests are sent to. Whatever becomes part of one is checked here.

use http::Uri;
use http::uri::Authority;
use std::net::Ipv6Addr;

/// The longest host name ([RFC 1035](https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4)).
const MAX_HOST_LEN: usize = 253;

/// Parses the URL of an endpoint. The error is the reason it is invalid.
pub(crate) fn parse_url(url: &str) -> Result<Uri, &'static str> {
    let uri: Uri = url.parse().map_err(|_| "not a URL")?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err("it must start with `https://` or `http://`");
    }
    check(uri.authority().map_or("", Authority::as_str))?;
    // `Uri` drops it.
    if url.contains('#') {
        return Err("it must not contain a fragment");
    }
    if uri.query().is_some() {
        return Err("it must not contain a query");
    }
    if uri.path().split('/').any(is_dot_segment) {
        return Err("its path must not contain `.` or `..` segments");
    }
    Ok(uri)
}

/// Returns the authority with a prefix of its host. The error is the reason it is invalid.
pub(crate) fn with_prefix(prefix: &str, authority: &Authority) -> Result<Authority, &'static str> {
    if !prefix.bytes().all(is_host_byte) {
        return Err("it contains a character that is not allowed in a host name");
    }
    let authority = format!("{prefix}{authority}");
    check(&authority)?;
    authority.parse().map_err(|_| "not a host name")
}

/// Returns true if the text can be a region: a valid part of a host name.
pub(crate) fn is_region(region: &str) -> bool {
    is_label(region) && !region.ends_with('-') && !region.contains('_')
}

/// Returns true if the text can be a port.
pub(super) fn is_port(text: &str) -> bool {
    // `parse` accepts a sign.
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

/// Returns true if a value may be part of the URL after the text so far. A value may fill the host but not end
/// it, unless it comes from a URL (`attribute` is its name in the result of `parseURL`).
pub(super) fn may_follow(url: &str, value: &str, attribute: Option<&str>) -> bool {
    let Some((_, authority)) = url.split_once("://") else {
        return value.bytes().all(|byte| byte.is_ascii_alphanumeric());
    };
    if authority.contains('/') {
        return true;
    }
    match attribute {
        Some("authority") => value.bytes().all(|byte| is_host_byte(byte) || b":[]".contains(&byte)),
        Some("path" | "normalizedPath") => value.is_empty() || value.starts_with('/'),
        _ => value.bytes().all(is_host_byte),
    }
}

/// Checks a host and an optional port. The error is the reason they are invalid.
fn check(authority: &str) -> Result<(), &'static str> {
    if authority.contains('@') {
        return Err("it must not contain a user name or password");
    }
    let host_len = match authority.rfind(']') {
        Some(end) => end + 1,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, port) = authority.split_at_checked(host_len).unwrap_or((authority, ""));
    if host.is_empty() {
        return Err("it has no host");
    }
    if !port.is_empty() && !port.strip_prefix(':').is_some_and(is_port) {
        return Err("its port is not a number up to 65535");
    }
    match is_host(host) {
        true => Ok(()),
        false => Err("its host is not a valid host name or IP address"),
    }
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    name.len() <= MAX_HOST_LEN && name.split('.').all(is_label)
}

/// Returns true for a label of a host name. Underscores are in use although
/// [RFC 1123](https://www.rfc-editor.org/rfc/rfc1123#section-2.1) forbids them.
fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| is_host_byte(byte) && byte != b'.')
        && !label.starts_with('-')
}

fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._".contains(&byte)
}

/// Returns true for `.` and `..`, which URL normalization removes, also in encoded form.
fn is_dot_segment(segment: &str) -> bool {
    let dots = |text: &str| matches!(text, "." | ".." | "%2e" | "%2e." | ".%2e" | "%2e%2e");
    segment.len() <= 6 && dots(&segment.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_host_names_and_addresses() {
        for url in [
            "https://a",
            "https://a.",
            "https://my_service.internal:8443",
            "http://127.0.0.1:80/x",
            "http://[::1]:80",
            "HTTP://A-.b/x.y/...",
            &format!("https://{}", "a".repeat(63)),
        ] {
            assert!(parse_url(url).is_ok(), "{url}");
        }
    }

    #[test]
    fn rejects_other_authorities() {
        for authority in [
            "",
            ".",
            "a..b",
            ".a",
            "-a",
            "a.-b",
            "a@b",
            "@",
            "a:",
            "a:+1",
            "a: 1",
            "a:65536",
            "a:1:2",
            "[::1",
            "[::1]a",
            "[a]",
            "::1",
            "a%41",
            "a b",
            "\u{e9}",
            "a\\b",
            "a/b",
            &"a".repeat(64),
            &"a.".repeat(128),
        ] {
            assert!(check(authority).is_err(), "{authority}");
        }
    }

    #[test]
    fn prefix_stays_a_prefix() {
        let authority = Authority::from_static("api.example.com:8443");
        assert_eq!(with_prefix("a.", &authority).unwrap(), "a.api.example.com:8443");
        for prefix in
            ["evil.com/", "evil.com#", "evil.com?", "a@", "evil.com:80.", "-", ".", "a..", "\u{e9}."]
        {
            assert!(with_prefix(prefix, &authority).is_err(), "{prefix}");
        }
    }

    #[test]
    fn region_is_a_label() {
        for region in ["us-east-1", "a", "aws-global", "X1"] {
            assert!(is_region(region), "{region}");
        }
        for region in ["", "-us-east-1", "us-east-1-", "us.east", "us_east", "us-east-1#", "a/b", "a:1"] {
            assert!(!is_region(region), "{region}");
        }
    }
}
