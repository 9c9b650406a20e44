//! Which requests go through which proxy.

use super::Sources;
use crate::transport::TransportBuildError;
use http::Uri;
use ipnet::IpNet;
use std::net::IpAddr;

/// The proxies for each scheme, as a transport takes them, and who is reached without them.
#[derive(Clone)]
pub(in crate::transport) struct Rules<P> {
    http: Option<P>,
    https: Option<P>,
    no_proxy: Vec<NoProxyRule>,
}

/// Hosts that are reached without a proxy.
#[derive(Clone)]
enum NoProxyRule {
    All,
    /// A name and its subdomains, in lower case.
    Name(String),
    Network(IpNet),
}

impl<P> Rules<P> {
    pub(in crate::transport) fn none() -> Self {
        Self { http: None, https: None, no_proxy: Vec::new() }
    }

    /// See [`Proxy::rules`](super::Proxy::rules).
    pub(super) fn read(
        sources: &Sources,
        make: impl Fn(&Uri) -> Option<P>,
    ) -> Result<Self, TransportBuildError> {
        let read = |(name, url): &(&'static str, String)| {
            let wrong = |why| TransportBuildError::Proxy { name, why };
            make(&parse(url.trim()).map_err(wrong)?).ok_or_else(|| wrong(NO_URL))
        };
        Ok(Self {
            http: sources.http.as_ref().map(read).transpose()?,
            https: sources.https.as_ref().map(read).transpose()?,
            no_proxy: sources.no_proxy.split(',').filter_map(NoProxyRule::read).collect(),
        })
    }

    /// The proxy for a URL.
    pub(in crate::transport) fn choose(&self, target: &Uri) -> Option<&P> {
        let proxy = if target.scheme_str() == Some("https") { &self.https } else { &self.http };
        let host = target.host().unwrap_or_default();
        proxy.as_ref().filter(|_| !self.no_proxy.iter().any(|no_proxy| no_proxy.is_for(host)))
    }
}

const NO_URL: &str = "it is not a URL";

/// Without a scheme, a URL is one of `http`.
fn parse(url: &str) -> Result<Uri, &'static str> {
    let uri = if url.contains("://") { url.parse() } else { format!("http://{url}").parse() };
    let uri: Uri = uri.map_err(|_| NO_URL)?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err("it must begin with `http://` or `https://`");
    }
    if uri.host().is_none_or(str::is_empty) { Err(NO_URL) } else { Ok(uri) }
}

impl NoProxyRule {
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
