//! Headers that authenticate.

use super::AuthError;
use super::identities::Basic;
use crate::types::Body;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue, Request, Uri};
use std::net::IpAddr;

/// Sets a header whose value nobody should see.
pub(super) fn set_secret(
    request: &mut Request<Body>,
    name: HeaderName,
    value: &str,
    invalid: &'static str,
) -> Result<(), AuthError> {
    let mut value = HeaderValue::from_str(value).map_err(|_| AuthError::Invalid(invalid))?;
    value.set_sensitive(true);
    request.headers_mut().insert(name, value);
    Ok(())
}

/// [RFC 6750](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)
pub(super) fn bearer(request: &mut Request<Body>, token: &str) -> Result<(), AuthError> {
    if !is_private(request.uri()) {
        return Err(AuthError::Insecure(
            "a token would be sent over plain HTTP, where anybody on the way could take it: \
             give an endpoint that begins with `https://`",
        ));
    }
    let invalid = "the token is empty or holds a character that tokens do not have";
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(AuthError::Invalid(invalid));
    }
    set_secret(request, AUTHORIZATION, &format!("Bearer {token}"), invalid)
}

/// [RFC 7617](https://www.rfc-editor.org/rfc/rfc7617#section-2)
pub(super) fn basic(request: &mut Request<Body>, basic: &Basic) -> Result<(), AuthError> {
    let Basic { user, password } = basic;
    let invalid = "the user name holds a colon or a control character, or the password a control character: \
                   basic authentication cannot carry these";
    if user.contains(':') || user.chars().chain(password.chars()).any(char::is_control) {
        return Err(AuthError::Invalid(invalid));
    }
    let value = format!("Basic {}", STANDARD.encode(format!("{user}:{password}")));
    set_secret(request, AUTHORIZATION, &value, invalid)
}

/// An [API key](https://smithy.io/2.0/spec/authentication-traits.html#httpapikeyauth-trait) in a header.
pub(super) fn api_key(
    request: &mut Request<Body>,
    name: &str,
    scheme: Option<&str>,
    key: &str,
) -> Result<(), AuthError> {
    let name = name.parse::<HeaderName>();
    let name =
        name.map_err(|_| AuthError::Invalid("the model names a header for the API key that cannot be"))?;
    let value = match scheme {
        Some(scheme) => format!("{scheme} {key}"),
        None => key.to_owned(),
    };
    set_secret(request, name, &value, "the API key holds a control character")
}

/// Whether nobody on the way can read what is sent.
fn is_private(uri: &Uri) -> bool {
    uri.scheme_str() == Some("https") || uri.host().is_some_and(is_loopback)
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    address.map_or_else(|_| host.eq_ignore_ascii_case("localhost"), |address| address.is_loopback())
}
