//! Authentication query parameters.

use super::AuthError;
use crate::percent::ESCAPED;
use http::Uri;
use http::uri::PathAndQuery;
use percent_encoding::utf8_percent_encode;

/// Appends parameters to the query of a URI.
pub(super) fn append<'p>(
    uri: &mut Uri,
    parameters: impl IntoIterator<Item = (&'p str, &'p str)>,
) -> Result<(), AuthError> {
    let mut path_and_query = uri.path_and_query().map_or("/", PathAndQuery::as_str).to_owned();
    for (key, value) in parameters {
        match path_and_query.as_bytes() {
            [.., b'?' | b'&'] => {}
            _ if path_and_query.contains('?') => path_and_query.push('&'),
            _ => path_and_query.push('?'),
        }
        path_and_query.extend(utf8_percent_encode(key, ESCAPED));
        path_and_query.push('=');
        path_and_query.extend(utf8_percent_encode(value, ESCAPED));
    }
    let mut parts = uri.clone().into_parts();
    let path_and_query = PathAndQuery::from_maybe_shared(bytes::Bytes::from(path_and_query));
    parts.path_and_query =
        Some(path_and_query.map_err(|_| AuthError::Invalid("the request URI is too long"))?);
    *uri = Uri::from_parts(parts).map_err(|_| AuthError::Invalid("the request URI has no host"))?;
    Ok(())
}
