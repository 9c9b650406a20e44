//! URL functions.

use super::slice::slice;
use crate::endpoint::authority::is_port;
use crate::endpoint::value::Value;
use http::Uri;
use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::rc::Rc;

/// [`parseURL`](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#parseurl-function).
/// Returns `None` if the URL is invalid or has a query.
///
/// The path of `https://example.com` is empty, although the table in the specification has `/`: endpoint tests of
/// services rely on the unmodified path. The default port of the scheme is retained, as in that table.
pub(super) fn parse<'a>(url: &Cow<'a, str>) -> Option<Value<'a>> {
    let (before_fragment, _) = url.split_once('#').unwrap_or((url, ""));
    let uri: Uri = before_fragment.parse().ok()?;
    let scheme = uri.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https"))?;
    let host = uri.host().filter(|host| !host.is_empty())?;
    if before_fragment.contains('?') {
        return None;
    }
    // Locate the parts in the text, so that they can borrow from it.
    let start = url.find("://")? + "://".len();
    let end = before_fragment.get(start..)?.find('/').map_or(before_fragment.len(), |at| start + at);
    let user_end = url.get(start..end)?.rfind('@').map_or(start, |at| start + at + 1);
    let authority = slice(url, user_end..end)?;
    let port = authority.strip_prefix(host)?;
    if !port.is_empty() && !is_port(port.strip_prefix(':')?) {
        return None;
    }
    let path = slice(url, end..before_fragment.len())?;
    let normalized = if path.ends_with('/') { path.clone() } else { Cow::Owned(format!("{path}/")) };
    let scheme = if scheme == "https" { "https" } else { "http" };
    Some(Value::Record(Rc::new([
        ("scheme", Value::from(scheme)),
        ("authority", Value::String(authority)),
        ("path", Value::String(path)),
        ("normalizedPath", Value::String(normalized)),
        ("isIp", Value::Bool(is_ip(host))),
    ])))
}

/// Returns true if a host is an IPv4 address, or an IPv6 address in brackets.
pub(super) fn is_ip(host: &str) -> bool {
    let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    match bracketed {
        Some(host) => host.parse::<Ipv6Addr>().is_ok(),
        None => host.parse::<Ipv4Addr>().is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::endpoint::value::Value;
    use std::borrow::Cow;

    fn parts(url: &str) -> Option<(String, String, String, String, bool)> {
        let Value::Record(members) = parse(&Cow::Borrowed(url))? else { panic!("not a record") };
        let text = |name| match members.iter().find(|(known, _)| *known == name) {
            Some((_, Value::String(text))) => text.to_string(),
            _ => panic!("missing string `{name}`"),
        };
        let is_ip = members.contains(&("isIp", Value::Bool(true)));
        Some((text("scheme"), text("authority"), text("path"), text("normalizedPath"), is_ip))
    }

    fn expected(url: &str, scheme: &str, authority: &str, path: &str, normalized: &str, is_ip: bool) {
        let expected =
            (scheme.to_owned(), authority.to_owned(), path.to_owned(), normalized.to_owned(), is_ip);
        assert_eq!(parts(url), Some(expected), "{url}");
    }

    #[test]
    fn parses_urls() {
        expected("https://example.com", "https", "example.com", "", "/", false);
        expected("https://example.com/", "https", "example.com", "/", "/", false);
        expected("http://example.com:80/foo/bar", "http", "example.com:80", "/foo/bar", "/foo/bar/", false);
        expected("https://127.0.0.1", "https", "127.0.0.1", "", "/", true);
        expected("https://[fe80::1]", "https", "[fe80::1]", "", "/", true);
        expected("https://[fe80::1]:8443/a/", "https", "[fe80::1]:8443", "/a/", "/a/", true);
        expected("https://me:secret@example.com/a@b", "https", "example.com", "/a@b", "/a@b/", false);
        expected("https://256.0.0.1#top/x", "https", "256.0.0.1", "", "/", false);
        expected("HTTPS://example.com/%20", "https", "example.com", "/%20", "/%20/", false);
    }

    #[test]
    fn rejects_invalid_urls_and_urls_with_a_query() {
        for url in [
            "https://example.com:8443?foo=bar&faz=baz",
            "https://example.com/?",
            "example.com",
            "/path",
            "ftp://example.com",
            "https://",
            "https:///path",
            "https://a b",
            "https://[::1",
            "https://\u{e9}.com",
            "",
            "://",
            "https://example.com:port",
            "https://example.com:",
            "https://example.com:99999",
            "https://example.com:+80",
        ] {
            assert_eq!(parts(url), None, "{url}");
        }
    }
}
