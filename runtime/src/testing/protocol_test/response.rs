//! Construction of responses, and comparison of outputs and errors.

use super::case::ResponseCase;
use super::equal::compare_structures;
use super::report::Report;
use super::{body, params};
use crate::error::Error;
use crate::operation::OperationError;
use crate::shape::Structure;
use bytes::Bytes;

/// Builds the response of a case.
pub(super) fn message(case: &ResponseCase) -> Result<http::Response<Bytes>, String> {
    let text = case.body.unwrap_or_default();
    let mut headers = case.headers.iter();
    let content_type = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let media_type = case.body_media_type.or(content_type.map(|(_, value)| *value)).unwrap_or_default();
    let mut builder = http::Response::builder().status(case.code);
    for (name, value) in case.headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body::bytes(text, media_type)?.into()).map_err(|error| error.to_string())
}

/// Compares an output with the `params` of a case. `expected` is a default value that `params` are applied
/// to.
pub(super) fn compare(case: &ResponseCase, expected: &mut dyn Structure, got: &dyn Structure) -> Report {
    if let Err(error) = params::fill(expected, case.params) {
        return Report::of("params", "members of the output or error", &error);
    }
    let mut report = Report::default();
    compare_structures("", expected, got, &mut report);
    report
}

/// Compares an error with the `params` of a case. `expected` is a default value that `params` are applied to.
pub(super) fn compare_error<E: OperationError>(
    case: &ResponseCase,
    expected: &mut dyn Structure,
    error: &Error<E>,
) -> Report {
    let id = expected.schema().id;
    let got = error.service_error().map(OperationError::shape);
    let mut report = match got {
        Some(got) if got.schema().id == id => compare(case, expected, got),
        Some(got) => {
            Report::of("result", &format!("the error {id}"), &format!("the error {}", got.schema().id))
        }
        None => Report::of("result", &format!("the error {id}"), &error.to_string()),
    };
    if let Some(code) = case.error_code {
        report.compare("error code", code, error.code().unwrap_or_default());
    }
    report
}
