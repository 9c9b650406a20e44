//! [AWS JSON 1.0](https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html) and
//! [1.1](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html).

use super::{ErrorReport, Protocol, error_body, rpc};
use crate::codec::json::Json;
use crate::codec::{Members, ReadError, WriteError};
use crate::schema::OperationSchema;
use crate::shape::Structure;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response};

const JSON: Json = Json { json_names: false, timestamp_formats: true, big_numbers_as_text: false };

static TARGET: HeaderName = HeaderName::from_static("x-amz-target");

/// AWS JSON 1.0 or 1.1. They differ only in their media types.
#[derive(Clone, Copy, Debug)]
pub struct AwsJson {
    id: &'static str,
    media_type: &'static str,
}

/// The protocol `aws.protocols#awsJson1_0`.
pub static AWS_JSON_1_0: AwsJson =
    AwsJson { id: "aws.protocols#awsJson1_0", media_type: "application/x-amz-json-1.0" };

/// The protocol `aws.protocols#awsJson1_1`.
pub static AWS_JSON_1_1: AwsJson =
    AwsJson { id: "aws.protocols#awsJson1_1", media_type: "application/x-amz-json-1.1" };

impl Protocol for AwsJson {
    fn id(&self) -> &'static str {
        self.id
    }

    fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        endpoint: &http::Uri,
    ) -> Result<Request<Bytes>, WriteError> {
        let mut request = rpc::post(operation, endpoint, &["/"])?;
        let target = format!("{}.{}", operation.service.name(), operation.name());
        let target = HeaderValue::from_maybe_shared(Bytes::from(target))
            .map_err(|_| WriteError::new("operation name is not a valid header value"))?;
        request.headers_mut().insert(TARGET.clone(), target);
        // An input without members is an empty object.
        rpc::set_body(&mut request, JSON.write_structure(input, Members::All)?, self.media_type);
        Ok(request)
    }

    fn output(
        &self,
        _: &OperationSchema,
        response: &Response<Bytes>,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError> {
        read(response.body(), output, Members::All)
    }

    fn error_report(&self, operation: &OperationSchema, response: &Response<Bytes>) -> ErrorReport {
        rpc::with_query_code(error_body::aws_report(response), operation, response)
    }

    fn error(&self, response: &Response<Bytes>, error: &mut dyn Structure) -> Result<(), ReadError> {
        read(response.body(), error, Members::AllOfError)
    }
}

/// Reads a document. Ignores an empty body, and the body of a structure without members.
fn read(body: &[u8], structure: &mut dyn Structure, members: Members) -> Result<(), ReadError> {
    if body.is_empty() || structure.schema().members.is_empty() {
        return Ok(());
    }
    JSON.read_structure(body, structure, members)
}

#[cfg(test)]
mod tests;
