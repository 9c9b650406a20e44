//! [HTTP binding](https://smithy.io/2.0/spec/http-bindings.html) protocols: members are bound to parts of
//! requests and responses, and the others are in a document in the body.

mod content;
mod header;
mod header_list;
mod payload;
mod text;
mod uri;

use super::error_report::{CodeLocation, error_report};
use crate::codec::{Codec, Members, ReadError, Source, WriteError};
use crate::service::{ErrorReport, OperationSchema, Protocol};
use crate::shape::{Structure, View};
use bytes::Bytes;
use content::add_content_headers;
use header::{read_headers, write_headers};
use http::{HeaderMap, Method, Request, Response, Uri};
use payload::{Payload, find_payload, read_payload, write_payload};
use uri::write_uri;

/// Initial capacity for headers; enough for most requests.
const HEADER_CAPACITY: usize = 6;

/// A protocol that binds members to parts of HTTP messages.
#[derive(Clone, Copy, Debug)]
pub struct HttpBindingProtocol<C> {
    pub(super) id: &'static str,
    pub(super) codec: C,
    /// The locations of the error code, in order of preference.
    pub(super) error_code: &'static [CodeLocation],
}

impl<C: Codec> HttpBindingProtocol<C> {
    /// Creates the body of a request: the payload, or a document with the members without an HTTP binding.
    /// The document may be empty. Returns `None` if the input's schema has no such members.
    fn write_body(&self, input: &dyn Structure) -> Result<Option<Payload>, WriteError> {
        let schema = input.schema();
        if let Some((index, member)) = find_payload(schema) {
            let view = input.member(index).map_or(View::Absent, |value| value.view());
            return write_payload(&self.codec, member, view).map_err(|error| error.within(member.name));
        }
        if schema.members.iter().all(|member| member.is_request_bound()) {
            return Ok(None);
        }
        let body = self.codec.write_structure(input, Members::RequestBody)?.into();
        Ok(Some(Payload { body, media_type: self.codec.media_type() }))
    }

    fn read(
        &self,
        response: &Response<Bytes>,
        output: &mut dyn Structure,
        members: Members,
    ) -> Result<(), ReadError> {
        read_headers(response.status(), response.headers(), output)?;
        let (schema, body) = (output.schema(), response.body());
        if let Some((index, member)) = find_payload(schema) {
            let Some(value) = output.member_mut(index) else { return Ok(()) };
            return read_payload(&self.codec, member, response, value)
                .map_err(|error| error.within(member.name));
        }
        if body.is_empty() || schema.members.iter().all(|member| member.is_response_bound()) {
            return Ok(());
        }
        self.codec.read_structure(Source::of(response), output, members)
    }
}

impl<C: Codec> Protocol for HttpBindingProtocol<C> {
    fn id(&self) -> &'static str {
        self.id
    }

    fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        endpoint: &Uri,
    ) -> Result<Request<Bytes>, WriteError> {
        let binding = operation.http.ok_or_else(|| WriteError::new("operation has no HTTP binding"))?;
        let method = Method::from_bytes(binding.method.as_bytes())
            .map_err(|_| WriteError::new("invalid HTTP method"))?;
        let uri = write_uri(&binding, input, endpoint)?;
        let mut headers = HeaderMap::with_capacity(HEADER_CAPACITY);
        write_headers(input, &mut headers)?;
        let payload = self.write_body(input)?;
        add_content_headers(payload.as_ref(), operation.output, self.codec.media_type(), &mut headers);

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
        self.read(response, output, Members::ResponseBody)
    }

    fn error_report(&self, _: &OperationSchema, response: &Response<Bytes>) -> ErrorReport {
        error_report(&self.codec, self.error_code, response)
    }

    fn error(&self, response: &Response<Bytes>, error: &mut dyn Structure) -> Result<(), ReadError> {
        self.read(response, error, Members::ErrorBody)
    }
}
