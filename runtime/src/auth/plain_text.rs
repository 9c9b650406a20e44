//! The rule for secrets over plain HTTP.

use super::AuthError;
use crate::transport::is_loopback;
use http::Uri;

/// Returns an error if a request with a secret would be sent over plain HTTP to another machine. `secret` is
/// the name of the secret. A transport sends plain HTTP requests to this machine directly, without a proxy.
pub(crate) fn check_scheme(uri: &Uri, secret: &'static str) -> Result<(), AuthError> {
    let is_confidential = uri.scheme_str() == Some("https") || uri.host().is_some_and(is_loopback);
    if is_confidential { Ok(()) } else { Err(AuthError::PlainHttp(secret)) }
}
