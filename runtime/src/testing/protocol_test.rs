//! [HTTP protocol compliance tests](https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html)
//! of generated crates.

mod body;
mod equal;
mod headers;
mod params;
mod query;
mod report;
mod request;
mod response;

use crate::error::Error;
use crate::operation::{self, Operation, OperationError, RequestOptions};
use crate::shape::Value;
use bytes::Bytes;
use report::Report;

/// A case of `httpRequestTests`: an input and the expected request. Empty and `None` expectations are not
/// checked.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestCase {
    /// The id of the case.
    pub id: &'static str,
    /// The input members, as JSON.
    pub params: &'static str,
    /// The expected method.
    pub method: &'static str,
    /// The expected path, percent-encoded.
    pub uri: &'static str,
    /// The host of the client endpoint, with an optional path. Default: `example.com`.
    pub host: Option<&'static str>,
    /// The expected host of the request.
    pub resolved_host: Option<&'static str>,
    /// The expected query parameters, percent-encoded. A parameter that is listed twice must be present
    /// twice.
    pub query_params: &'static [&'static str],
    /// The names of query parameters that must not be present.
    pub forbid_query_params: &'static [&'static str],
    /// The names of query parameters that must be present.
    pub require_query_params: &'static [&'static str],
    /// The expected headers and their values.
    pub headers: &'static [(&'static str, &'static str)],
    /// The names of headers that must not be present.
    pub forbid_headers: &'static [&'static str],
    /// The names of headers that must be present.
    pub require_headers: &'static [&'static str],
    /// The expected body. Base64 if the format is binary.
    pub body: Option<&'static str>,
    /// The media type of the body, which selects the comparison: JSON, CBOR and forms by value, all others,
    /// including XML, byte by byte. Default: the `Content-Type` of the request.
    pub body_media_type: Option<&'static str>,
}

/// A case of `httpResponseTests`: a response and the expected output or error.
#[derive(Clone, Copy, Debug, Default)]
pub struct ResponseCase {
    /// The id of the case.
    pub id: &'static str,
    /// The status code of the response.
    pub code: u16,
    /// The headers of the response and their values.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body of the response. Base64 if the format is binary.
    pub body: Option<&'static str>,
    /// The media type of the body. Default: the `Content-Type` header.
    pub body_media_type: Option<&'static str>,
    /// The shape id of the expected error, or `None` if an output is expected.
    pub error: Option<&'static str>,
    /// The expected error code.
    pub error_code: Option<&'static str>,
    /// The expected members of the output or error, as JSON.
    pub params: &'static str,
}

/// Serializes the request of a case and compares it with the expected request.
///
/// # Panics
/// Panics with all differences if the request is not as expected.
#[track_caller]
pub fn check_request<O: Operation>(case: RequestCase)
where
    O::Input: Value,
{
    panic_on_differences(case.id, &request_report::<O>(&case));
}

/// Parses the response of a case and compares the output or error with the expected one.
///
/// # Panics
/// Panics with all differences if the result is not as expected.
#[track_caller]
pub fn check_response<O: Operation>(case: ResponseCase) {
    panic_on_differences(case.id, &response_report::<O>(&case));
}

#[track_caller]
#[expect(clippy::panic, reason = "this is how a test fails")]
fn panic_on_differences(id: &str, report: &Report) {
    if !report.is_empty() {
        panic!("protocol test `{id}`:\n{report}");
    }
}

fn request_report<O: Operation>(case: &RequestCase) -> Report
where
    O::Input: Value,
{
    let mut input = O::Input::default_value();
    if let Err(error) = params::fill(&mut input, case.params) {
        return Report::of("params", "members of the input", &error);
    }
    let endpoint = match request::endpoint(case) {
        Ok(endpoint) => endpoint,
        Err(error) => return Report::of("host", "a valid host", &error),
    };
    match serialize::<O>(input, &endpoint) {
        Ok(request) => request::compare(case, &request),
        Err(error) => Report::of("request", "a request", &error.to_string()),
    }
}

/// The idempotency token if the case does not set one.
const IDEMPOTENCY_TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// Serializes an input.
fn serialize<O: Operation>(
    input: O::Input,
    endpoint: &http::Uri,
) -> Result<http::Request<Bytes>, Error<O::Error>> {
    let options = RequestOptions::default().idempotency_tokens(|| IDEMPOTENCY_TOKEN.to_owned());
    operation::request::<O>(input, endpoint, &options)
        .map(|request| request.map(|body| body.as_bytes().cloned().unwrap_or_default()))
}

fn response_report<O: Operation>(case: &ResponseCase) -> Report {
    let message = match response::message(case) {
        Ok(message) => message,
        Err(error) => return Report::of("response", "a valid HTTP response", &error),
    };
    match (case.error, operation::response::<O>(message)) {
        (None, Ok(output)) => {
            let mut expected = O::Output::default_value();
            response::compare(case, &mut expected, &output)
        }
        (None, Err(error)) => Report::of("result", "the output", &error.to_string()),
        (Some(id), Ok(_)) => Report::of("result", &format!("the error {id}"), "the output"),
        (Some(id), Err(error)) => match default_error::<O>(id) {
            Some(mut expected) => response::compare_error(case, expected.shape_mut(), &error),
            None => Report::of("result", &format!("the error {id}"), "the operation does not declare it"),
        },
    }
}

fn default_error<O: Operation>(id: &str) -> Option<O::Error> {
    let index = O::SCHEMA.errors.iter().position(|schema| schema.id == id)?;
    O::Error::default_value(index)
}

#[cfg(test)]
mod tests;
