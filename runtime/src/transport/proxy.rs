//! Proxies on the way to a service.

mod rules;

pub(super) use rules::Rules;

use crate::transport::TransportBuildError;
use http::Uri;
use std::fmt;

/// Through which proxy requests go, if any.
///
/// A proxy is an `http` or `https` URL, such as `http://user:password@proxy.example.com:3128`, whose user and
/// password are sent by the scheme Basic. Services at `https` URLs are reached by a tunnel (`CONNECT`), so
/// that the proxy does not see what is said; requests to `http` URLs are handed to the proxy.
#[derive(Clone)]
pub struct Proxy {
    sources: Sources,
}

/// What was asked for, each with the name under which a mistake in it is reported.
#[derive(Clone, Default)]
struct Sources {
    http: Option<Source>,
    https: Option<Source>,
    no_proxy: String,
}

type Source = (&'static str, String);

impl Proxy {
    /// No proxy. This is the default.
    pub fn none() -> Self {
        Self::new(Sources::default())
    }

    /// One proxy for all requests.
    pub fn all(url: impl Into<String>) -> Self {
        let source = Some(("Proxy::all", url.into()));
        Self::new(Sources { http: source.clone(), https: source, no_proxy: String::new() })
    }

    /// The proxies that the environment names: `HTTPS_PROXY` for services at `https` URLs, `HTTP_PROXY` for
    /// those at `http` URLs, `ALL_PROXY` where that is not set, none for the hosts in `NO_PROXY` (see
    /// [`no_proxy`](Self::no_proxy)). Each may be written in lower case. In a CGI program, where a stranger can
    /// set `HTTP_PROXY`, that one is read in lower case alone.
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

    /// Reaches these hosts without a proxy, besides those that already are: names, which stand for their
    /// subdomains too, IP addresses and networks such as `10.0.0.0/8`, separated by commas, or `*` for all.
    pub fn no_proxy(mut self, hosts: &str) -> Self {
        let but = if self.sources.no_proxy.is_empty() { "" } else { "," };
        self.sources.no_proxy.push_str(but);
        self.sources.no_proxy.push_str(hosts);
        self
    }

    fn new(sources: Sources) -> Self {
        Self { sources }
    }

    /// What was asked for, with the proxies as a transport takes them; `make` is `None` for a URL of which it
    /// cannot make one.
    ///
    /// # Errors
    /// When a proxy is no URL that can be used. The text has no URL, which may hold a password.
    pub(super) fn rules<P>(&self, make: impl Fn(&Uri) -> Option<P>) -> Result<Rules<P>, TransportBuildError> {
        Rules::read(&self.sources, make)
    }
}

impl Default for Proxy {
    fn default() -> Self {
        Self::none()
    }
}

/// Tells whether there are proxies, not which: their URLs hold passwords.
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

    fn rules(proxy: &Proxy) -> Result<Rules<String>, TransportBuildError> {
        proxy.rules(|url| Some(url.to_string()))
    }

    fn way(proxy: &Proxy, target: &'static str) -> Option<String> {
        rules(proxy).unwrap().choose(&Uri::from_static(target)).cloned()
    }

    #[test]
    fn without_variables_there_is_no_proxy() {
        assert_eq!(way(&from_variables(&[]), "https://a.test"), None);
        assert_eq!(way(&Proxy::none(), "http://a.test"), None);
    }

    #[test]
    fn each_scheme_has_a_variable_and_all_stands_in() {
        let both = [("HTTPS_PROXY", "http://secure.test:1"), ("http_proxy", "http://plain.test:2")];
        assert_eq!(way(&from_variables(&both), "https://a.test").unwrap(), "http://secure.test:1/");
        assert_eq!(way(&from_variables(&both), "http://a.test").unwrap(), "http://plain.test:2/");

        let rest = [("https_proxy", "http://secure.test"), ("ALL_PROXY", "all.test:3")];
        assert_eq!(way(&from_variables(&rest), "https://a.test").unwrap(), "http://secure.test/");
        assert_eq!(way(&from_variables(&rest), "http://a.test").unwrap(), "http://all.test:3/");
    }

    #[test]
    fn no_proxy_is_used_for_the_hosts_that_are_excepted() {
        let variables = [("ALL_PROXY", "http://p.test"), ("no_proxy", "b.test, 10.0.0.0/8")];
        let proxy = from_variables(&variables).no_proxy("c.test");
        for direct in ["https://b.test", "http://x.b.test:8080", "http://10.1.2.3", "https://c.test"] {
            assert_eq!(way(&proxy, direct), None, "{direct}");
        }
        for proxied in ["https://a.test", "https://ab.test", "http://11.1.2.3"] {
            assert!(way(&proxy, proxied).is_some(), "{proxied}");
        }
        assert_eq!(way(&Proxy::all("http://p.test").no_proxy("*"), "https://a.test"), None);
    }

    #[test]
    fn a_stranger_cannot_set_the_proxy_of_a_cgi_program() {
        let variables = [("REQUEST_METHOD", "GET"), ("HTTP_PROXY", "http://evil.test")];
        assert_eq!(way(&from_variables(&variables), "http://a.test"), None);
    }

    #[test]
    fn an_empty_variable_is_none() {
        let variables = [("HTTPS_PROXY", " "), ("https_proxy", "http://p.test")];
        assert_eq!(way(&from_variables(&variables), "https://a.test"), None);
        rules(&from_variables(&variables)).unwrap();
    }

    #[test]
    fn a_url_that_cannot_be_used_is_named_and_not_shown() {
        let variables = [("https_proxy", "http://user:hunter2@ho st")];
        let wrong = rules(&from_variables(&variables)).map(drop).unwrap_err();
        assert!(wrong.to_string().contains("https_proxy"), "{wrong}");
        let socks = rules(&Proxy::all("socks5://user:hunter2@p.test")).map(drop).unwrap_err();
        assert!(socks.to_string().contains("must begin with `http://`"), "{socks}");
        let refused = Proxy::all("http://user:hunter2@p.test").rules(|_| None::<()>).map(drop).unwrap_err();
        assert!(refused.to_string().contains("Proxy::all"), "{refused}");
        assert!(!format!("{wrong} {wrong:?} {socks} {socks:?} {refused} {refused:?}").contains("hunter2"));
    }

    #[test]
    fn hosts_that_are_excepted_are_told_by_name_address_and_network() {
        let proxy = Proxy::all("http://p.test:1").no_proxy("b.test, 10.0.0.0/8,.C.test,fd00::1");
        for direct in [
            "https://b.test",
            "http://x.B.test:8080",
            "http://10.1.2.3",
            "https://c.test",
            "https://x.c.test",
            "http://[fd00::1]",
        ] {
            assert_eq!(way(&proxy, direct), None, "{direct}");
        }
        for proxied in ["https://a.test", "https://ab.test", "http://11.1.2.3", "http://[fd00::2]"] {
            assert_eq!(way(&proxy, proxied).unwrap(), "http://p.test:1/", "{proxied}");
        }
        assert_eq!(way(&Proxy::all("http://p.test").no_proxy("*"), "http://10.1.2.3"), None);
    }
}
