//! [AWS restJson1](https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html).

use super::http_binding::{
    Payload, find_payload, read_headers, read_payload, write_headers, write_payload, write_uri,
};
use super::{ErrorReport, Protocol, error_body};
use crate::codec::json::Json;
use crate::codec::{Members, ReadError, WriteError};
use crate::schema::{Kind, OperationSchema, Schema};
use crate::shape::{Structure, View};
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response};

const MEDIA_TYPE: &str = "application/json";

/// Initial capacity for headers; enough for most requests.
const HEADER_CAPACITY: usize = 6;

const JSON: Json = Json { json_names: true, timestamp_formats: true, big_numbers_as_text: false };

/// The protocol `aws.protocols#restJson1`.
#[derive(Clone, Copy, Debug)]
pub struct RestJson1;

impl Protocol for RestJson1 {
    fn id(&self) -> &'static str {
        "aws.protocols#restJson1"
    }

    fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        endpoint: &http::Uri,
    ) -> Result<Request<Bytes>, WriteError> {
        let binding = operation.http.ok_or_else(|| WriteError::new("operation has no HTTP binding"))?;
        let method = Method::from_bytes(binding.method.as_bytes())
            .map_err(|_| WriteError::new("invalid HTTP method"))?;
        let uri = write_uri(&binding, input, endpoint)?;
        let mut headers = HeaderMap::with_capacity(HEADER_CAPACITY);
        write_headers(input, &mut headers)?;
        let payload = write_body(input)?;
        add_content_headers(payload.as_ref(), operation.output, &mut headers);

        let mut request = Request::new(payload.map(|payload| payload.body).unwrap_or_default());
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        Ok(request)
    }

    fn output(
        &self,
        _: &OperationSchema,
        response: &Response<Bytes>,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError> {
        read_response(response, output, Members::ResponseBody)
    }

    fn error_report(&self, _: &OperationSchema, response: &Response<Bytes>) -> ErrorReport {
        error_body::aws_report(response)
    }

    fn error(&self, response: &Response<Bytes>, error: &mut dyn Structure) -> Result<(), ReadError> {
        read_response(response, error, Members::ErrorBody)
    }
}

/// Creates the body of a request: the payload, or a document with the members without an HTTP binding. The
/// document may be empty. Returns `None` if the input's schema has no such members.
fn write_body(input: &dyn Structure) -> Result<Option<Payload>, WriteError> {
    let schema = input.schema();
    if let Some((index, member)) = find_payload(schema) {
        let view = input.member(index).map_or(View::Absent, |value| value.view());
        return write_payload(member, view, MEDIA_TYPE, |view| JSON.write_value(member, view))
            .map_err(|error| error.within(member.name));
    }
    if schema.members.iter().all(|member| member.is_request_bound()) {
        return Ok(None);
    }
    let body = JSON.write_structure(input, Members::RequestBody)?.into();
    Ok(Some(Payload { body, media_type: MEDIA_TYPE }))
}

/// Adds `Content-Type`, `Content-Length` and `Accept`, unless a member of the input has set them.
fn add_content_headers(payload: Option<&Payload>, output: &'static Schema, headers: &mut HeaderMap) {
    if let Some(payload) = payload {
        add_media_type(headers, CONTENT_TYPE, payload.media_type);
        if !payload.body.is_empty() {
            headers.entry(CONTENT_LENGTH).or_insert_with(|| payload.body.len().into());
        }
    }
    if let Some(media_type) = output_media_type(output) {
        add_media_type(headers, ACCEPT, media_type);
    }
}

/// Returns the media type of an operation's output, if the model determines it.
fn output_media_type(output: &'static Schema) -> Option<&'static str> {
    let Some((_, member)) = find_payload(output) else {
        let is_document = output.members.iter().any(|member| !member.is_response_bound());
        return is_document.then_some(MEDIA_TYPE);
    };
    let is_text_or_bytes = matches!(member.target.kind, Kind::Blob | Kind::String);
    member.media_type().or((!is_text_or_bytes).then_some(MEDIA_TYPE))
}

fn add_media_type(headers: &mut HeaderMap, name: HeaderName, media_type: &'static str) {
    const JSON: HeaderValue = HeaderValue::from_static(MEDIA_TYPE);
    let value = match media_type {
        MEDIA_TYPE => Ok(JSON),
        other => HeaderValue::from_maybe_shared(Bytes::from_static(other.as_bytes())),
    };
    // Only an invalid model has a media type that is not a valid header value. The header is skipped then.
    if let Ok(value) = value {
        headers.entry(name).or_insert(value);
    }
}

fn read_response(
    response: &Response<Bytes>,
    output: &mut dyn Structure,
    members: Members,
) -> Result<(), ReadError> {
    read_headers(response.status(), response.headers(), output)?;
    let (schema, body) = (output.schema(), response.body());
    if let Some((index, member)) = find_payload(schema) {
        let Some(value) = output.member_mut(index) else { return Ok(()) };
        return read_payload(member, body, value, |body, value| JSON.read_value(body, member, value))
            .map_err(|error| error.within(member.name));
    }
    if body.is_empty() || schema.members.iter().all(|member| member.is_response_bound()) {
        return Ok(());
    }
    JSON.read_structure(body, output, members)
}

#[cfg(test)]
mod tests;
