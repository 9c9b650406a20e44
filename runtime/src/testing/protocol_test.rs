//! [HTTP protocol compliance tests](https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html)
//! of generated crates.

mod body;
mod case;
mod equal;
mod headers;
mod params;
mod query;
mod report;
mod request;
mod response;

pub use case::{RequestCase, ResponseCase};

use crate::error::Error;
use crate::operation::{self, Operation, OperationError, RequestOptions};
use crate::shape::Value;
use bytes::Bytes;
use report::Report;

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
