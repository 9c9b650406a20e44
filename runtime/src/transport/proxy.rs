//! HTTP proxies.

mod no_proxy;
mod refused;
mod rules;
mod sources;

pub(super) use refused::TunnelRefused;
pub(super) use rules::ProxyRules;

use crate::transport::TransportBuildError;
use http::Uri;
use sources::Sources;
use std::fmt;

/// The proxies of a transport, if any.
///
/// A proxy is an `http` or `https` URL, such as `http://user:password@proxy.example.com:3128`. User and
/// password are sent with the Basic scheme. Requests to `https` URLs go through a tunnel (`CONNECT`), which
/// the proxy cannot read; requests to `http` URLs are forwarded by the proxy. Requests to `http` URLs of this
/// machine, such as `http://localhost:8000`, never use a proxy.
#[derive(Clone)]
pub struct Proxy {
    sources: Sources,
}

impl Proxy {
    /// Uses no proxy. This is the default.
    pub fn none() -> Self {
        Self::new(Sources::default())
    }

    /// Uses one proxy for all requests.
    pub fn all(url: impl Into<String>) -> Self {
        let source = Some(("Proxy::all", url.into()));
        Self::new(Sources { http: source.clone(), https: source, no_proxy: String::new() })
    }

    /// Uses the proxies of the environment variables: `HTTPS_PROXY` for `https` URLs, `HTTP_PROXY` for `http`
    /// URLs, `ALL_PROXY` where the former is unset, and no proxy for the hosts in `NO_PROXY` (see
    /// [`no_proxy`](Self::no_proxy)). Lower-case names are accepted too. In a CGI program, where a request
    /// header can set `HTTP_PROXY`, only `http_proxy` is read.
    pub fn from_env() -> Self {
        Self::from_variables(|name| std::env::var(name).ok())
    }

    fn from_variables(get: impl Fn(&'static str) -> Option<String>) -> Self {
        let first = |names: [&'static str; 2]| {
            let found = names.into_iter().find_map(|name| Some((name, get(name)?)));
            found.filter(|(_, value)| !value.trim().is_empty())
        };
        let http = match get("REQUEST_METHOD") {
            Some(_) => first(["http_proxy"; 2]),
            None => first(["HTTP_PROXY", "http_proxy"]),
        };
        let all = first(["ALL_PROXY", "all_proxy"]);
        Self::new(Sources {
            http: http.or_else(|| all.clone()),
            https: first(["HTTPS_PROXY", "https_proxy"]).or(all),
            no_proxy: first(["NO_PROXY", "no_proxy"]).map_or_else(String::new, |(_, hosts)| hosts),
        })
    }

    /// Adds hosts that are connected to directly. `hosts` is a list, separated by commas or white space, of
    ///
    /// - host names, which include their subdomains, and `*.example.com` for subdomains only,
    /// - IP addresses and networks such as `10.0.0.0/8`,
    /// - these with a port, such as `localhost:4566`, except networks,
    /// - `*` for all hosts.
    ///
    /// Other entries are skipped and logged as a warning of the crate `tracing`.
    pub fn no_proxy(mut self, hosts: &str) -> Self {
        let separator = if self.sources.no_proxy.is_empty() { "" } else { "," };
        self.sources.no_proxy.push_str(separator);
        self.sources.no_proxy.push_str(hosts);
        self
    }

    fn new(sources: Sources) -> Self {
        Self { sources }
    }

    /// Parses the configuration. `make` creates the transport's own type from a URL, or returns `None` if it
    /// is unsupported.
    ///
    /// # Errors
    /// Returns an error if a URL is invalid. Its text does not contain the URL, which may hold a password.
    pub(super) fn rules<P>(
        &self,
        make: impl Fn(&Uri) -> Option<P>,
    ) -> Result<ProxyRules<P>, TransportBuildError> {
        ProxyRules::parse(&self.sources, make)
    }
}

/// Returns the URL of a proxy for error messages, without user and password.
pub(super) fn name(url: &Uri) -> String {
    let (scheme, host) = (url.scheme_str().unwrap_or_default(), url.host().unwrap_or_default());
    match url.port_u16() {
        Some(port) => format!("`{scheme}://{host}:{port}`"),
        None => format!("`{scheme}://{host}`"),
    }
}

impl Default for Proxy {
    fn default() -> Self {
        Self::none()
    }
}

/// Shows which schemes have a proxy, but no URL: it may hold a password.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy")
            .field("http", &self.sources.http.is_some())
            .field("https", &self.sources.https.is_some())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_variables(variables: &[(&str, &str)]) -> Proxy {
        let value = |name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        Proxy::from_variables(|name| value(name).map(str::to_owned))
    }

    fn rules(proxy: &Proxy) -> Result<ProxyRules<String>, TransportBuildError> {
        proxy.rules(|url| Some(url.to_string()))
    }

    fn proxy_for(proxy: &Proxy, url: &'static str) -> Option<String> {
        rules(proxy).unwrap().choose(&Uri::from_static(url)).cloned()
    }

    #[test]
    fn uses_no_proxy_without_variables() {
        assert_eq!(proxy_for(&from_variables(&[]), "https://a.test"), None);
        assert_eq!(proxy_for(&Proxy::none(), "http://a.test"), None);
    }

    #[test]
    fn uses_the_variable_of_the_scheme_or_all_proxy() {
        let both = [("HTTPS_PROXY", "http://secure.test:1"), ("http_proxy", "http://plain.test:2")];
        assert_eq!(proxy_for(&from_variables(&both), "https://a.test").unwrap(), "http://secure.test:1/");
        assert_eq!(proxy_for(&from_variables(&both), "http://a.test").unwrap(), "http://plain.test:2/");

        let fallback = [("https_proxy", "http://secure.test"), ("ALL_PROXY", "all.test:3")];
        assert_eq!(proxy_for(&from_variables(&fallback), "https://a.test").unwrap(), "http://secure.test/");
        assert_eq!(proxy_for(&from_variables(&fallback), "http://a.test").unwrap(), "http://all.test:3/");
    }

    #[test]
    fn connects_directly_to_no_proxy_hosts() {
        let variables = [("ALL_PROXY", "http://p.test"), ("no_proxy", "b.test, 10.0.0.0/8")];
        let proxy = from_variables(&variables).no_proxy("c.test");
        for direct in ["https://b.test", "http://x.b.test:8080", "http://10.1.2.3", "https://c.test"] {
            assert_eq!(proxy_for(&proxy, direct), None, "{direct}");
        }
        for proxied in ["https://a.test", "https://ab.test", "http://11.1.2.3"] {
            assert!(proxy_for(&proxy, proxied).is_some(), "{proxied}");
        }
        assert_eq!(proxy_for(&Proxy::all("http://p.test").no_proxy("*"), "https://a.test"), None);
    }

    #[test]
    fn ignores_http_proxy_in_a_cgi_program() {
        let variables = [("REQUEST_METHOD", "GET"), ("HTTP_PROXY", "http://evil.test")];
        assert_eq!(proxy_for(&from_variables(&variables), "http://a.test"), None);
    }

    #[test]
    fn ignores_an_empty_variable() {
        let variables = [("HTTPS_PROXY", " "), ("https_proxy", "http://p.test")];
        assert_eq!(proxy_for(&from_variables(&variables), "https://a.test"), None);
        rules(&from_variables(&variables)).unwrap();
    }

    #[test]
    fn errors_name_the_setting_without_the_url() {
        let variables = [("https_proxy", "http://user:hunter2@ho st")];
        let invalid = rules(&from_variables(&variables)).map(drop).unwrap_err();
        assert!(invalid.to_string().contains("https_proxy"), "{invalid}");
        let socks = rules(&Proxy::all("socks5://user:hunter2@p.test")).map(drop).unwrap_err();
        assert!(socks.to_string().contains("must begin with `http://`"), "{socks}");
        let unsupported =
            Proxy::all("http://user:hunter2@p.test").rules(|_| None::<()>).map(drop).unwrap_err();
        assert!(unsupported.to_string().contains("Proxy::all"), "{unsupported}");
        let all = format!("{invalid} {invalid:?} {socks} {socks:?} {unsupported} {unsupported:?}");
        assert!(!all.contains("hunter2"));
    }

    #[test]
    fn no_proxy_matches_names_addresses_and_networks() {
        let proxy = Proxy::all("http://p.test:1").no_proxy("b.test, 10.0.0.0/8,.C.test,fd00::1");
        for direct in [
            "https://b.test",
            "http://x.B.test:8080",
            "http://10.1.2.3",
            "https://c.test",
            "https://x.c.test",
            "http://[fd00::1]",
        ] {
            assert_eq!(proxy_for(&proxy, direct), None, "{direct}");
        }
        for proxied in ["https://a.test", "https://ab.test", "http://11.1.2.3", "http://[fd00::2]"] {
            assert_eq!(proxy_for(&proxy, proxied).unwrap(), "http://p.test:1/", "{proxied}");
        }
        assert_eq!(proxy_for(&Proxy::all("http://p.test").no_proxy("*"), "http://10.1.2.3"), None);
    }
}
