//! Query parameters that authenticate.

use super::AuthError;
use http::Uri;
use http::uri::PathAndQuery;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of
/// [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2.3).
pub(super) const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Adds parameters to the end of a query.
pub(super) fn append<'p>(
    uri: &mut Uri,
    parameters: impl IntoIterator<Item = (&'p str, &'p str)>,
) -> Result<(), AuthError> {
    let mut target = uri.path_and_query().map_or("/", PathAndQuery::as_str).to_owned();
    for (key, value) in parameters {
        match target.as_bytes() {
            [.., b'?' | b'&'] => {}
            _ if target.contains('?') => target.push('&'),
            _ => target.push('?'),
        }
        target.extend(utf8_percent_encode(key, ESCAPED));
        target.push('=');
        target.extend(utf8_percent_encode(value, ESCAPED));
    }
    let mut parts = uri.clone().into_parts();
    let target = PathAndQuery::from_maybe_shared(bytes::Bytes::from(target));
    parts.path_and_query = Some(target.map_err(|_| AuthError::Invalid("the URI would become too long"))?);
    *uri = Uri::from_parts(parts).map_err(|_| AuthError::Invalid("the URI of the request names no host"))?;
    Ok(())
}
