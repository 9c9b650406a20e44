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

fn build(
    operation: &OperationSchema,
    input: &mut dyn Structure,
    endpoint: &http::Uri,
    options: &RequestOptions,
) -> Result<Request<Body>, WriteError> {
    idempotency::fill(input, &*options.idempotency_tokens)?;
    customizations::fill_empty(input);
    let own_endpoint = customizations::endpoint(operation, input)?;
    let endpoint = own_endpoint.as_ref().unwrap_or(endpoint);
    let prefixed_endpoint =
        if options.host_prefix { host_prefix::apply(operation, input, endpoint)? } else { None };
    let endpoint = prefixed_endpoint.as_ref().unwrap_or(endpoint);
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
