//! Services that used awsQuery before
//! ([awsQueryCompatible](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#awsquerycompatible-trait)).

use crate::schema::Trait;
use crate::service::{ErrorReport, OperationSchema};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response};

static QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");

/// Adds the header that requests awsQuery error codes, if the service has them.
pub(super) fn request_query_codes(operation: &OperationSchema, headers: &mut HeaderMap) {
    if operation.service.query_compatible {
        headers.insert(QUERY_MODE.clone(), HeaderValue::from_static("true"));
    }
}

/// Replaces the code of a report with the awsQuery error code, if the service has them. The code is in a
/// header with the value `Code;Fault`.
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
