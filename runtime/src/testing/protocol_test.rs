//! [HTTP protocol compliance tests](https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html):
//! what the tests of generated crates stand on.

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

/// What a client is to send for an input: a case of `httpRequestTests`. What is empty or `None` asks for
/// nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestCase {
    /// The case's id.
    pub id: &'static str,
    /// The members of the input, as JSON.
    pub params: &'static str,
    /// The method.
    pub method: &'static str,
    /// The path, as it is sent.
    pub uri: &'static str,
    /// The host that the client is given, with a path or without.
    pub host: Option<&'static str>,
    /// The host that the request goes to.
    pub resolved_host: Option<&'static str>,
    /// Parameters of the query, as they are sent. One that is named twice must be there twice.
    pub query_params: &'static [&'static str],
    /// Names of parameters that the query must not have.
    pub forbid_query_params: &'static [&'static str],
    /// Names of parameters that the query must have.
    pub require_query_params: &'static [&'static str],
    /// Headers and their values.
    pub headers: &'static [(&'static str, &'static str)],
    /// Names of headers that must not be there.
    pub forbid_headers: &'static [&'static str],
    /// Names of headers that must be there.
    pub require_headers: &'static [&'static str],
    /// The body; that of a binary format in base64.
    pub body: Option<&'static str>,
    /// The media type of the body, which says how it is compared: JSON and forms by what they mean, everything else,
    /// XML too for now, byte by byte. Without one, that of the request counts.
    pub body_media_type: Option<&'static str>,
}

/// What a client is to make of a response: a case of `httpResponseTests`.
#[derive(Clone, Copy, Debug, Default)]
pub struct ResponseCase {
    /// The case's id.
    pub id: &'static str,
    /// The status.
    pub code: u16,
    /// Headers and their values.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body; that of a binary format in base64.
    pub body: Option<&'static str>,
    /// The media type of the body.
    pub body_media_type: Option<&'static str>,
    /// The shape id of the error that is to come of it; `None` where it is the output.
    pub error: Option<&'static str>,
    /// The code that the error is to give.
    pub error_code: Option<&'static str>,
    /// The members of the output or error, as JSON.
    pub params: &'static str,
}

/// Makes the request of a case and compares it.
///
/// # Panics
/// When it is not what the case asks for, with every difference.
#[track_caller]
pub fn check_request<O: Operation>(case: RequestCase)
where
    O::Input: Value,
{
    demand(case.id, &request_report::<O>(&case));
}

/// Reads the response of a case and compares what comes of it.
///
/// # Panics
/// When it is not what the case asks for, with every difference.
#[track_caller]
pub fn check_response<O: Operation>(case: ResponseCase) {
    demand(case.id, &response_report::<O>(&case));
}

#[track_caller]
#[expect(clippy::panic, reason = "this is how a test fails")]
fn demand(id: &str, report: &Report) {
    if !report.is_empty() {
        panic!("protocol test `{id}`:\n{report}");
    }
}

fn request_report<O: Operation>(case: &RequestCase) -> Report
where
    O::Input: Value,
{
    let mut input = O::Input::default_value();
    if let Err(mistake) = params::fill(&mut input, case.params) {
        return Report::of("params", "members of the input", &mistake);
    }
    let endpoint = match request::endpoint(case) {
        Ok(endpoint) => endpoint,
        Err(mistake) => return Report::of("host", "a host", &mistake),
    };
    match send::<O>(input, &endpoint) {
        Ok(request) => request::compare(case, &request),
        Err(error) => Report::of("request", "a request", &error.to_string()),
    }
}

/// The idempotency token of cases that set none.
const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// The request of an input.
fn send<O: Operation>(
    input: O::Input,
    endpoint: &http::Uri,
) -> Result<http::Request<Bytes>, Error<O::Error>> {
    let options = RequestOptions::default().idempotency_tokens(|| TOKEN.to_owned());
    operation::request::<O>(input, endpoint, &options)
        .map(|request| request.map(|body| body.as_bytes().cloned().unwrap_or_default()))
}

fn response_report<O: Operation>(case: &ResponseCase) -> Report {
    let message = match response::message(case) {
        Ok(message) => message,
        Err(mistake) => return Report::of("response", "a message of HTTP", &mistake),
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
            None => Report::of("result", &format!("the error {id}"), "an operation that does not declare it"),
        },
    }
}

fn default_error<O: Operation>(id: &str) -> Option<O::Error> {
    let index = O::SCHEMA.errors.iter().position(|schema| schema.id == id)?;
    O::Error::default_value(index)
}

#[cfg(test)]
mod tests;
