//! The choice of a proxy for a request.

use super::no_proxy::NoProxyRule;
use super::sources::Sources;
use crate::transport::{TransportBuildError, is_loopback};
use http::Uri;

/// The proxy for each scheme, in the transport's own type, and the hosts that are connected to directly.
#[derive(Clone)]
pub(in crate::transport) struct ProxyRules<P> {
    http: Option<P>,
    https: Option<P>,
    no_proxy: Vec<NoProxyRule>,
}

impl<P> ProxyRules<P> {
    pub(in crate::transport) fn none() -> Self {
        Self { http: None, https: None, no_proxy: Vec::new() }
    }

    /// See [`Proxy::rules`](super::Proxy::rules).
    pub(super) fn parse(
        sources: &Sources,
        make: impl Fn(&Uri) -> Option<P>,
    ) -> Result<Self, TransportBuildError> {
        let parse = |(name, url): &(&'static str, String)| {
            let error = |reason| TransportBuildError::Proxy { name, reason };
            make(&parse_url(url.trim()).map_err(error)?).ok_or_else(|| error(NOT_A_URL))
        };
        Ok(Self {
            http: sources.http.as_ref().map(parse).transpose()?,
            https: sources.https.as_ref().map(parse).transpose()?,
            no_proxy: NoProxyRule::parse_list(&sources.no_proxy),
        })
    }

    /// Returns the proxy for a URL, or `None` if it is connected to directly. Plain HTTP requests to this machine
    /// are: a proxy could read the secrets that may be sent over them.
    pub(in crate::transport) fn choose(&self, url: &Uri) -> Option<&P> {
        let host = url.host().unwrap_or_default();
        let proxy = match url.scheme_str() {
            Some("https") => &self.https,
            _ if is_loopback(host) => return None,
            _ => &self.http,
        };
        proxy.as_ref().filter(|_| !self.no_proxy.iter().any(|rule| rule.matches(url)))
    }
}

const NOT_A_URL: &str = "not a URL";

/// Parses the URL of a proxy. The default scheme is `http`.
fn parse_url(url: &str) -> Result<Uri, &'static str> {
    let uri = if url.contains("://") { url.parse() } else { format!("http://{url}").parse() };
    let uri: Uri = uri.map_err(|_| NOT_A_URL)?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err("it must begin with `http://` or `https://`");
    }
    if uri.host().is_none_or(str::is_empty) { Err(NOT_A_URL) } else { Ok(uri) }
}
