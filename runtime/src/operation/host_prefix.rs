//! The host prefix of the [endpoint trait](https://smithy.io/2.0/spec/endpoint-traits.html).

use crate::codec::WriteError;
use crate::endpoint::with_prefix;
use crate::schema::{Member, Trait};
use crate::service::{OperationSchema, OperationTrait};
use crate::shape::{Structure, View};
use http::Uri;
use http::uri::PathAndQuery;

/// Returns the endpoint with the operation's host prefix, or `None` if the operation has none or the host is
/// an IP address.
pub(super) fn apply(
    operation: &OperationSchema,
    input: &dyn Structure,
    endpoint: &Uri,
) -> Result<Option<Uri>, WriteError> {
    let (Some(pattern), Some(authority)) = (pattern_of(operation), endpoint.authority()) else {
        return Ok(None);
    };
    if is_ip_address(authority.host()) {
        return Ok(None);
    }
    let prefix = expand(pattern, input)?;
    let authority = with_prefix(&prefix, authority).map_err(|reason| {
        WriteError::new(format!("invalid host name: the host prefix does not fit the endpoint: {reason}"))
    })?;
    let mut parts = endpoint.clone().into_parts();
    parts.authority = Some(authority);
    parts.path_and_query.get_or_insert(PathAndQuery::from_static("/"));
    Uri::from_parts(parts)
        .map(Some)
        .map_err(|_| WriteError::new("invalid URI: the host prefix does not fit the endpoint"))
}

/// Returns the pattern of the prefix that the operation adds to a host, if it adds one.
pub(crate) fn pattern(operation: &OperationSchema, host: &str) -> Option<&'static str> {
    pattern_of(operation).filter(|_| !is_ip_address(host))
}

fn pattern_of(operation: &OperationSchema) -> Option<&'static str> {
    operation.traits.iter().find_map(|t| match t {
        OperationTrait::HostPrefix(pattern) => Some(*pattern),
        _ => None,
    })
}

fn is_ip_address(host: &str) -> bool {
    host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok()
}

/// Replaces the labels of the pattern with the input's members.
fn expand(pattern: &str, input: &dyn Structure) -> Result<String, WriteError> {
    let mut prefix = String::new();
    let mut rest = pattern;
    while let Some((literal, after)) = rest.split_once('{') {
        let (label, after) = after.split_once('}').unwrap_or((after, ""));
        prefix.push_str(literal);
        prefix.push_str(label_value(label, input)?);
        rest = after;
    }
    prefix.push_str(rest);
    Ok(prefix)
}

fn label_value<'a>(label: &str, input: &'a dyn Structure) -> Result<&'a str, WriteError> {
    let is_label = |member: &Member| member.name == label && member.has(Trait::HostLabel);
    let index = input.schema().members.iter().position(is_label);
    match index.and_then(|index| input.member(index)).map(|value| value.view()) {
        Some(View::String(value)) if is_host_label(value) => Ok(value),
        _ => Err(WriteError::new("invalid host label: must be 1 to 63 letters, digits or hyphens")
            .within(label.to_owned())),
    }
}

/// Returns true for letters, digits and hyphens, with no hyphen at either end
/// ([RFC 1123](https://www.rfc-editor.org/rfc/rfc1123#section-2.1)).
fn is_host_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}
