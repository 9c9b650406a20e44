//! Authentication headers.

use super::AuthError;
use super::secret::Secret;
use crate::types::Body;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue, Request};
use zeroize::Zeroizing;

/// Sets a header whose value is marked as sensitive, and wiped from memory when the request is dropped.
pub(super) fn set_sensitive_header(
    request: &mut Request<Body>,
    name: HeaderName,
    value: Secret,
    invalid: &'static str,
) -> Result<(), AuthError> {
    let value = HeaderValue::from_maybe_shared(value.into_bytes());
    let mut value = value.map_err(|_| AuthError::Invalid(invalid))?;
    value.set_sensitive(true);
    request.headers_mut().insert(name, value);
    Ok(())
}

/// Sets a bearer token ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)).
pub(super) fn bearer(request: &mut Request<Body>, token: &str) -> Result<(), AuthError> {
    let invalid = "invalid bearer token: it must be non-empty visible ASCII";
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(AuthError::Invalid(invalid));
    }
    set_sensitive_header(request, AUTHORIZATION, Secret::concat(&["Bearer ", token]), invalid)
}

/// Sets a user name and password ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617#section-2)).
pub(super) fn basic(request: &mut Request<Body>, user: &str, password: &str) -> Result<(), AuthError> {
    let invalid = "invalid basic credentials: the user name must not contain colons or control characters, \
                   nor the password control characters";
    if user.contains(':') || user.chars().chain(password.chars()).any(char::is_control) {
        return Err(AuthError::Invalid(invalid));
    }
    let plain = Secret::concat(&[user, ":", password]);
    let encoded_len = base64::encoded_len(plain.as_str().len(), true).unwrap_or_default();
    let mut value = Zeroizing::new(String::with_capacity("Basic ".len() + encoded_len));
    value.push_str("Basic ");
    STANDARD.encode_string(plain.as_str(), &mut value);
    set_sensitive_header(request, AUTHORIZATION, value.into(), invalid)
}

/// Sets an [API key](https://smithy.io/2.0/spec/authentication-traits.html#httpapikeyauth-trait) in a header.
pub(super) fn api_key(
    request: &mut Request<Body>,
    name: &str,
    scheme: Option<&str>,
    key: &str,
) -> Result<(), AuthError> {
    let name = name.parse::<HeaderName>();
    let name =
        name.map_err(|_| AuthError::Invalid("the model defines an invalid header name for the API key"))?;
    let value = match scheme {
        Some(scheme) => Secret::concat(&[scheme, " ", key]),
        None => Secret::concat(&[key]),
    };
    set_sensitive_header(request, name, value, "invalid API key: it contains a control character")
}
