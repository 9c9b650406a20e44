//! Serialization of an input to an HTTP request.

use super::{RequestOptions, checksum, compression, customizations, host_prefix, idempotency};
use crate::codec::WriteError;
use crate::error::Failure;
use crate::schema::Trait;
use crate::service::OperationSchema;
use crate::shape::{Structure, View};
use crate::types::Body;
use http::Request;
use http::header::CONTENT_LENGTH;

/// Serializes an input to a request. The client adds headers and signature for each attempt.
pub(crate) fn write(
    operation: &'static OperationSchema,
    input: &mut dyn Structure,
    endpoint: &http::Uri,
    options: &RequestOptions,
) -> Result<Request<Body>, Box<Failure>> {
    build(operation, input, endpoint, options).map_err(|error| Failure::write(operation, error))
}

/// Returns the endpoint of a request, with the operation's host prefix.
pub(crate) fn endpoint(
    operation: &'static OperationSchema,
    input: &dyn Structure,
    endpoint: &http::Uri,
    options: &RequestOptions,
) -> Result<http::Uri, Box<Failure>> {
    let changed = changed_endpoint(operation, input, endpoint, options);
    let changed = changed.map_err(|error| Failure::write(operation, error))?;
    Ok(changed.unwrap_or_else(|| endpoint.clone()))
}

/// Returns the endpoint in the input, or the one with the operation's host prefix, if there is one. Inlined, because
/// each call pays for moves of the result.
#[inline]
fn changed_endpoint(
    operation: &OperationSchema,
    input: &dyn Structure,
    endpoint: &http::Uri,
    options: &RequestOptions,
) -> Result<Option<http::Uri>, WriteError> {
    let own_endpoint = customizations::endpoint(operation, input)?;
    if !options.host_prefix {
        return Ok(own_endpoint);
    }
    match host_prefix::apply(operation, input, own_endpoint.as_ref().unwrap_or(endpoint))? {
        None => Ok(own_endpoint),
        prefixed_endpoint => Ok(prefixed_endpoint),
    }
}

fn build(
    operation: &OperationSchema,
    input: &mut dyn Structure,
    endpoint: &http::Uri,
    options: &RequestOptions,
) -> Result<Request<Body>, WriteError> {
    idempotency::fill(input, &*options.idempotency_tokens)?;
    customizations::fill_empty(input);
    let changed_endpoint = changed_endpoint(operation, input, endpoint, options)?;
    let endpoint = changed_endpoint.as_ref().unwrap_or(endpoint);
    let request = operation.service.protocol.request(operation, input, endpoint)?;
    let mut request = request.map(Body::from);
    set_streaming_body(input, &mut request)?;
    compression::apply(operation, &mut request, options)?;
    checksum::apply(operation, &mut request)?;
    customizations::add_headers(operation, &mut request)?;
    Ok(request)
}

/// Sets the body to the input's `@streaming` payload, which the protocol does not serialize.
fn set_streaming_body(input: &dyn Structure, request: &mut Request<Body>) -> Result<(), WriteError> {
    let members = input.schema().members.iter().enumerate();
    for (index, member) in members.filter(|(_, member)| member.has(Trait::Streaming)) {
        let Some(View::Body(body)) = input.member(index).map(|value| value.view()) else { continue };
        if body.as_bytes().is_some() {
            continue;
        }
        match body.content_length() {
            Some(length) => drop(request.headers_mut().insert(CONTENT_LENGTH, length.into())),
            None if member.has(Trait::RequiresLength) => {
                let message = "the body must have a known length: use a body in memory, or a stream with an \
                               exact size hint";
                return Err(WriteError::new(message).within(member.name));
            }
            None => drop(request.headers_mut().remove(CONTENT_LENGTH)),
        }
        *request.body_mut() = body.clone();
    }
    Ok(())
}
