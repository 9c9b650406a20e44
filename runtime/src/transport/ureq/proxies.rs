//! Which proxy a request goes through.

use crate::transport::{Proxy, TransportBuildError};
use http::Uri;
use ipnet::IpNet;
use std::net::IpAddr;
use ureq::ProxyProtocol;

/// The proxies of a [`Proxy`] as ureq takes them.
#[derive(Clone, Default)]
pub(super) struct Proxies {
    http: Option<ureq::Proxy>,
    https: Option<ureq::Proxy>,
    except: Vec<Except>,
}

/// Hosts that are reached without a proxy.
#[derive(Clone)]
enum Except {
    All,
    /// A name and its subdomains, in lower case.
    Name(String),
    Network(IpNet),
}

impl Proxies {
    pub(super) fn new(proxy: &Proxy) -> Result<Self, TransportBuildError> {
        let sources = proxy.sources();
        Ok(Self {
            http: sources.http.as_ref().map(read).transpose()?,
            https: sources.https.as_ref().map(read).transpose()?,
            except: sources.except.split(',').filter_map(Except::read).collect(),
        })
    }

    pub(super) fn choose(&self, target: &Uri) -> Option<&ureq::Proxy> {
        let proxy = if target.scheme_str() == Some("https") { &self.https } else { &self.http };
        let host = target.host().unwrap_or_default();
        proxy.as_ref().filter(|_| !self.except.iter().any(|except| except.is_for(host)))
    }
}

fn read((name, url): &(&'static str, String)) -> Result<ureq::Proxy, TransportBuildError> {
    let wrong = |why| TransportBuildError::Proxy { name, why };
    let proxy = ureq::Proxy::new(url.trim()).map_err(|_| wrong("it is not a URL"))?;
    match proxy.protocol() {
        ProxyProtocol::Http | ProxyProtocol::Https => Ok(proxy),
        _ => Err(wrong("it must begin with `http://` or `https://`")),
    }
}

impl Except {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(network) = text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from)) {
            return Some(Self::Network(network));
        }
        match text.trim_start_matches('.') {
            "" => None,
            "*" => Some(Self::All),
            name => Some(Self::Name(name.to_ascii_lowercase())),
        }
    }

    fn is_for(&self, host: &str) -> bool {
        let host = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
        match (self, host.parse::<IpAddr>()) {
            (Self::All, _) => true,
            (Self::Network(network), Ok(address)) => network.contains(&address),
            (Self::Name(name), Err(_)) => {
                let rest = host.strip_suffix(name.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(proxy: &Proxy, target: &'static str) -> Option<u16> {
        Some(Proxies::new(proxy).unwrap().choose(&Uri::from_static(target))?.port())
    }

    #[test]
    fn hosts_that_are_excepted_are_reached_directly() {
        let proxy = Proxy::all("http://p.test:1").except("b.test, 10.0.0.0/8,.C.test,fd00::1");
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
            assert_eq!(way(&proxy, proxied), Some(1), "{proxied}");
        }
        assert_eq!(way(&Proxy::all("http://p.test").except("*"), "https://a.test"), None);
        assert_eq!(way(&Proxy::none(), "https://a.test"), None);
    }

    #[cfg(feature = "async")]
    #[test]
    fn both_transports_choose_alike() {
        for except in ["", "b.test", ".b.test", "10.0.0.0/8", "10.1.2.3,b.test", " b.test , x", "B.TEST", ","]
        {
            let proxy = Proxy::all("p.test:3").except(except);
            for target in [
                "https://b.test",
                "http://b.test",
                "https://x.b.test",
                "https://ab.test",
                "http://10.1.2.3",
                "http://11.1.2.3",
            ] {
                let other = proxy.intercept(&Uri::from_static(target)).is_some();
                assert_eq!(way(&proxy, target).is_some(), other, "{target} except {except}");
            }
        }
    }

    #[test]
    fn a_url_that_cannot_be_used_is_named_and_not_shown() {
        for url in ["http://user:hunter2@ho st", "socks5://user:hunter2@p.test"] {
            let error = Proxies::new(&Proxy::all(url)).map(drop).unwrap_err();
            assert!(error.to_string().contains("Proxy::all"), "{error}");
            assert!(!format!("{error} {error:?}").contains("hunter2"));
        }
    }
}
