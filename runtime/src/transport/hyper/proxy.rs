//! An HTTP proxy and its credentials.

use crate::transport::proxy::name;
use crate::types::Body;
use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;
use http::header::{InvalidHeaderValue, PROXY_AUTHORIZATION};
use http::{HeaderValue, Uri};
use percent_encoding::percent_decode_str;

/// The address of a proxy and its credentials.
#[derive(Clone)]
pub(super) struct HttpProxy {
    /// The scheme, host and port.
    pub(super) uri: Uri,
    /// The `Proxy-Authorization` header with Basic credentials ([RFC
    /// 7617](https://www.rfc-editor.org/rfc/rfc7617)).
    pub(super) authorization: Option<HeaderValue>,
}

impl HttpProxy {
    /// Parses a URL, which may contain a user and password.
    pub(super) fn from_url(url: &Uri) -> Option<Self> {
        let authority = url.authority()?.as_str();
        let (userinfo, address) = match authority.rsplit_once('@') {
            Some((userinfo, address)) => (Some(userinfo), address),
            None => (None, authority),
        };
        let uri = Uri::builder().scheme(url.scheme()?.clone()).authority(address).path_and_query("/");
        Some(Self { uri: uri.build().ok()?, authorization: userinfo.map(basic).transpose().ok()? })
    }

    /// Returns the URL for error messages.
    pub(super) fn name(&self) -> String {
        name(&self.uri)
    }

    /// Adds the credentials to a request that the proxy forwards. For `https` URLs they belong to the
    /// `CONNECT` request of the tunnel instead.
    pub(super) fn authorize(&self, request: &mut http::Request<Body>) {
        let is_http = request.uri().scheme_str() == Some("http");
        if let Some(credentials) = self.authorization.as_ref().filter(|_| is_http) {
            request.headers_mut().insert(PROXY_AUTHORIZATION, credentials.clone());
        }
    }
}

/// Converts the `user:password` of a URL to a header.
fn basic(userinfo: &str) -> Result<HeaderValue, InvalidHeaderValue> {
    let (user, password) = userinfo.split_once(':').unwrap_or((userinfo, ""));
    let mut credentials: Vec<u8> = percent_decode_str(user).collect();
    credentials.push(b':');
    credentials.extend(percent_decode_str(password));
    let mut header = HeaderValue::try_from(format!("Basic {}", Base64Display::new(&credentials, &STANDARD)))?;
    header.set_sensitive(true);
    Ok(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(proxy: &'static str, url: &'static str) -> Option<HeaderValue> {
        let mut request = http::Request::new(Body::default());
        *request.uri_mut() = Uri::from_static(url);
        HttpProxy::from_url(&Uri::from_static(proxy)).unwrap().authorize(&mut request);
        request.headers().get(PROXY_AUTHORIZATION).cloned()
    }

    #[test]
    fn adds_credentials_to_http_requests_only() {
        let proxy = "http://user:hunter2@p.test:1/x";
        assert_eq!(HttpProxy::from_url(&Uri::from_static(proxy)).unwrap().uri, "http://p.test:1/");
        assert_eq!(header(proxy, "http://a.test").unwrap(), "Basic dXNlcjpodW50ZXIy");
        assert!(header(proxy, "http://a.test").unwrap().is_sensitive());
        assert_eq!(header(proxy, "https://a.test"), None);
        assert_eq!(header("http://p.test", "http://a.test"), None);
    }

    #[test]
    fn decodes_credentials_and_accepts_a_missing_password() {
        // User `us:er` and password `p@s:s`.
        let decoded = header("http://us%3Aer:p%40s:s@p.test", "http://a.test").unwrap();
        assert_eq!(decoded, "Basic dXM6ZXI6cEBzOnM=");
        assert_eq!(header("http://user@p.test", "http://a.test").unwrap(), "Basic dXNlcjo=");
    }
}
