//! Shared parts of all RPC protocols: a POST with all members of the input in one document, and
//! compatibility with awsQuery error codes.

use super::ErrorReport;
use super::http_binding::join_path;
use crate::codec::WriteError;
use crate::schema::{OperationSchema, Trait};
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Method, Request, Response, Uri};

static QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");

/// Creates a POST to a path that is appended to the endpoint's.
/// [HTTP bindings](https://smithy.io/2.0/spec/http-bindings.html) are ignored.
pub(super) fn post(
    operation: &OperationSchema,
    endpoint: &Uri,
    path: &[&str],
) -> Result<Request<Bytes>, WriteError> {
    let len = path.iter().map(|part| part.len()).sum();
    let uri = join_path(endpoint, len, |path_and_query| {
        path.iter().for_each(|part| path_and_query.push_str(part));
        Ok(())
    })?;
    let mut request = Request::new(Bytes::new());
    *request.method_mut() = Method::POST;
    *request.uri_mut() = uri;
    if operation.service.query_compatible {
        request.headers_mut().insert(QUERY_MODE.clone(), HeaderValue::from_static("true"));
    }
    Ok(request)
}

/// Sets the body of a request, `Content-Type` and `Content-Length`.
pub(super) fn set_body(request: &mut Request<Bytes>, body: Vec<u8>, media_type: &'static str) {
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CONTENT_LENGTH, body.len().into());
    *request.body_mut() = body.into();
}

/// Replaces the code of a report with the awsQuery error code, if the service is
/// [awsQueryCompatible](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#awsquerycompatible-trait).
/// The code is in a header with the value `Code;Fault`.
/// The error's shape is the one named in the body or, if there is none, the one with this code.
pub(super) fn with_query_code(
    report: ErrorReport,
    operation: &OperationSchema,
    response: &Response<Bytes>,
) -> ErrorReport {
    let header = response.headers().get("x-amzn-query-error").and_then(|value| value.to_str().ok());
    let Some(header) = header.filter(|_| operation.service.query_compatible) else { return report };
    let code = header.split(';').next().unwrap_or(header).trim_ascii();
    if code.is_empty() {
        return report;
    }
    let shape = report.shape.or_else(|| Some(shape_of_query_code(operation, code)?.to_owned()));
    ErrorReport { code: Some(code.to_owned()), shape, ..report }
}

fn shape_of_query_code(operation: &OperationSchema, code: &str) -> Option<&'static str> {
    let is_code = |r#trait: &Trait| matches!(r#trait, Trait::QueryErrorCode(known) if *known == code);
    let mut errors = operation.errors.iter();
    let by_code = errors.find(|schema| schema.traits.iter().any(is_code));
    by_code
        .or_else(|| operation.errors.iter().find(|schema| schema.name() == code))
        .map(|schema| schema.name())
}
