//! A proxy as it is spoken to.

use crate::types::Body;
use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;
use http::header::{InvalidHeaderValue, PROXY_AUTHORIZATION};
use http::{HeaderValue, Uri};
use percent_encoding::percent_decode_str;

/// Where a proxy is, and what it wants to see.
#[derive(Clone)]
pub(super) struct HttpProxy {
    /// Its scheme, host and port.
    pub(super) uri: Uri,
    /// The credentials of the scheme Basic ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)).
    pub(super) authorization: Option<HeaderValue>,
}

impl HttpProxy {
    /// Parts the user and the password from the rest of a URL.
    pub(super) fn read(url: &Uri) -> Option<Self> {
        let authority = url.authority()?.as_str();
        let (user, address) = match authority.rsplit_once('@') {
            Some((user, address)) => (Some(user), address),
            None => (None, authority),
        };
        let uri = Uri::builder().scheme(url.scheme()?.clone()).authority(address).path_and_query("/");
        Some(Self { uri: uri.build().ok()?, authorization: user.map(basic).transpose().ok()? })
    }
    /// Adds what the proxy wants to see in a request that is handed to it. In a tunnel, it does not see the
    /// request; there, the credentials are for the tunnel alone.
    pub(super) fn authorize(&self, request: &mut http::Request<Body>) {
        if let Some(credentials) = &self.authorization
            && request.uri().scheme_str() == Some("http")
        {
            request.headers_mut().insert(PROXY_AUTHORIZATION, credentials.clone());
        }
    }
}

/// What a URL calls its user, with the password behind `:`, as a header.
fn basic(user: &str) -> Result<HeaderValue, InvalidHeaderValue> {
    let (user, password) = user.split_once(':').unwrap_or((user, ""));
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

    fn header(url: &'static str, target: &'static str) -> Option<HeaderValue> {
        let mut request = http::Request::new(Body::default());
        *request.uri_mut() = Uri::from_static(target);
        HttpProxy::read(&Uri::from_static(url)).unwrap().authorize(&mut request);
        request.headers().get(PROXY_AUTHORIZATION).cloned()
    }

    #[test]
    fn credentials_go_with_plain_requests_only() {
        let proxy = "http://user:hunter2@p.test:1/x";
        assert_eq!(HttpProxy::read(&Uri::from_static(proxy)).unwrap().uri, "http://p.test:1/");
        assert_eq!(header(proxy, "http://a.test").unwrap(), "Basic dXNlcjpodW50ZXIy");
        assert!(header(proxy, "http://a.test").unwrap().is_sensitive());
        assert_eq!(header(proxy, "https://a.test"), None);
        assert_eq!(header("http://p.test", "http://a.test"), None);
    }

    #[test]
    fn credentials_are_decoded_and_may_lack_a_password() {
        // `us:er` and `p@s:s`, `user` and nothing.
        let decoded = header("http://us%3Aer:p%40s:s@p.test", "http://a.test").unwrap();
        assert_eq!(decoded, "Basic dXM6ZXI6cEBzOnM=");
        assert_eq!(header("http://user@p.test", "http://a.test").unwrap(), "Basic dXNlcjo=");
    }
}
