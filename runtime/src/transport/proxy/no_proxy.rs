//! The hosts that are connected to directly.

use crate::one_line::OneLine;
use http::Uri;
use ipnet::IpNet;
use std::net::IpAddr;

/// An entry of `NO_PROXY`.
#[derive(Clone)]
pub(super) struct NoProxyRule {
    hosts: Hosts,
    /// The port, if the entry has one.
    port: Option<u16>,
}

#[derive(Clone)]
enum Hosts {
    All,
    /// A host name in lower case, and its subdomains.
    Domain(String),
    /// The subdomains of a host name in lower case.
    Subdomains(String),
    Network(IpNet),
}

impl NoProxyRule {
    /// Parses a list whose entries are separated by commas or white space. Logs and skips invalid entries.
    pub(super) fn parse_list(list: &str) -> Vec<Self> {
        let entries = list.split(|c: char| c == ',' || c.is_whitespace()).filter(|entry| !entry.is_empty());
        entries.filter_map(|entry| Self::parse(entry).or_else(|| skip(entry))).collect()
    }

    fn parse(entry: &str) -> Option<Self> {
        if let Some(network) = parse_network(entry) {
            return Some(Self { hosts: Hosts::Network(network), port: None });
        }
        let (host, port) = match entry.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (entry, None),
        };
        Some(Self { hosts: Hosts::parse(host)?, port })
    }

    pub(super) fn matches(&self, url: &Uri) -> bool {
        let host = url.host().unwrap_or_default();
        let port = || url.port_u16().unwrap_or(if url.scheme_str() == Some("https") { 443 } else { 80 });
        self.port.is_none_or(|expected| expected == port()) && self.hosts.contain(host)
    }
}

impl Hosts {
    fn parse(host: &str) -> Option<Self> {
        if let Some(network) = parse_network(host) {
            return Some(Self::Network(network));
        }
        if host == "*" {
            return Some(Self::All);
        }
        if let Some(name) = host.strip_prefix("*.") {
            return is_name(name).then(|| Self::Subdomains(name.to_ascii_lowercase()));
        }
        let name = host.trim_start_matches('.');
        is_name(name).then(|| Self::Domain(name.to_ascii_lowercase()))
    }

    fn contain(&self, host: &str) -> bool {
        let host = without_brackets(host).to_ascii_lowercase();
        let address = host.parse::<IpAddr>();
        match self {
            Self::All => true,
            Self::Network(network) => address.is_ok_and(|address| network.contains(&address)),
            Self::Domain(name) => address.is_err() && (host == *name || is_subdomain(&host, name)),
            Self::Subdomains(name) => address.is_err() && is_subdomain(&host, name),
        }
    }
}

fn is_subdomain(host: &str, name: &str) -> bool {
    host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'))
}

fn parse_network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| without_brackets(text).parse::<IpAddr>().ok().map(IpNet::from))
}

fn without_brackets(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

fn is_name(text: &str) -> bool {
    let is_allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') || byte >= 0x80;
    !text.is_empty() && text.bytes().all(is_allowed)
}

/// Logs an invalid entry, unless it may contain a password.
fn skip(entry: &str) -> Option<NoProxyRule> {
    let shown = if entry.contains('@') { "with a user name or password" } else { entry };
    tracing::warn!(entry = %OneLine(shown), "skipped an invalid entry of NO_PROXY: use hosts such as `example.com`");
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(list: &str, url: &'static str) -> bool {
        NoProxyRule::parse_list(list).iter().any(|rule| rule.matches(&Uri::from_static(url)))
    }

    #[test]
    fn port_of_an_entry_must_match() {
        for (list, url) in [
            ("localhost:4566", "https://localhost:4566"),
            ("a.test:443", "https://a.test"),
            ("a.test:80", "http://x.a.test"),
            ("10.0.0.1:8080", "http://10.0.0.1:8080"),
            ("[fd00::1]:8080", "http://[fd00::1]:8080"),
            ("*:8080", "http://a.test:8080"),
        ] {
            assert!(matches(list, url), "{list} {url}");
        }
        for (list, url) in [
            ("localhost:4566", "https://localhost"),
            ("a.test:443", "http://a.test"),
            ("10.0.0.1:8080", "http://10.0.0.1"),
            ("[fd00::1]:8080", "http://[fd00::1]:80"),
        ] {
            assert!(!matches(list, url), "{list} {url}");
        }
    }

    #[test]
    fn wildcard_matches_subdomains_only() {
        assert!(matches("*.example.com", "https://a.example.com"));
        assert!(matches("*.Example.com:8080", "https://a.b.EXAMPLE.com:8080"));
        assert!(!matches("*.example.com", "https://example.com"));
        assert!(!matches("*.example.com", "https://badexample.com"));
        assert!(matches(".example.com", "https://example.com"));
    }

    #[test]
    fn entries_are_separated_by_commas_or_white_space() {
        for list in ["a.test b.test", "a.test,b.test", "a.test ,\tb.test,", "  a.test\n,,b.test "] {
            assert!(matches(list, "https://a.test") && matches(list, "https://b.test"), "{list:?}");
        }
    }

    #[test]
    fn invalid_entries_are_skipped() {
        let invalid =
            "http://a.test a.test:x a.test: 10.0.0.0/99 [::1 a*.test *a <local> user:pass@a.test *. . :80";
        assert_eq!(NoProxyRule::parse_list(invalid).len(), 0);
        assert!(matches("<local>,a.test", "https://a.test"));
    }
}
