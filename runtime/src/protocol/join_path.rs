//! The URI of a request.

use crate::codec::WriteError;
use http::Uri;
use http::uri::PathAndQuery;

/// Creates a URI from an endpoint and a path and query that is appended to the endpoint's path. `len` is the
/// expected length in bytes of the appended text.
#[inline]
pub(super) fn join_path(
    endpoint: &Uri,
    len: usize,
    write: impl FnOnce(&mut String) -> Result<(), WriteError>,
) -> Result<Uri, WriteError> {
    let prefix = endpoint.path().trim_end_matches('/');
    let mut path_and_query = String::with_capacity(prefix.len() + len);
    path_and_query.push_str(prefix);
    write(&mut path_and_query)?;

    let mut parts = endpoint.clone().into_parts();
    if parts.scheme.is_none() || parts.authority.is_none() {
        return Err(WriteError::new("endpoint has no scheme or host"));
    }
    let path_and_query = PathAndQuery::from_maybe_shared(bytes::Bytes::from(path_and_query));
    parts.path_and_query = Some(path_and_query.map_err(|_| WriteError::new("URI is too long or malformed"))?);
    Uri::from_parts(parts).map_err(|_| WriteError::new("endpoint and path do not form a valid URI"))
}
