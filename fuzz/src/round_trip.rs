//! Reading a response, writing its value as a request, and reading it back.

use crate::memory::bounded;
use crate::same::same;
use bytes::Bytes;
use farrier_runtime::ErrorKind;
use farrier_runtime::operation::{self, Operation, RequestOptions};
use std::fmt::Debug;

/// Reads a response of an operation with the same shape as input and output, and checks the round trip.
///
/// # Panics
/// Panics if the value cannot be written or reading it back returns a different value.
pub(crate) fn round_trip<O>(head: &http::Response<()>, body: &[u8])
where
    O: Operation<Input = <O as Operation>::Output, Output: Clone, Error: Debug>,
{
    let Some(value) = output::<O>(head, body) else { return };
    let request = operation::request::<O>(value.clone(), &endpoint(), &RequestOptions::default());
    let request = match request {
        Ok(request) => request,
        Err(error) => return assert!(lacks_a_union(&error), "the value cannot be written: {error:?}"),
    };
    let written = request.body().as_bytes().cloned().unwrap_or_default();
    let again = output::<O>(head, &written);
    let again = again.unwrap_or_else(|| panic!("the written value cannot be read: {written:?}"));
    assert!(same(&value, &again), "a different value was read from {written:?}");
}

/// Returns true if writing failed because a response lacked a required union. This is the only value that a
/// client must accept but must not send.
fn lacks_a_union<E: Debug>(error: &farrier_runtime::Error<E>) -> bool {
    format!("{error:?}").contains("union has no member set")
}

/// Reads a response. Returns `None` if it is an error.
pub(crate) fn output<O: Operation<Error: Debug>>(
    head: &http::Response<()>,
    body: &[u8],
) -> Option<O::Output> {
    let response = with_body(head, body);
    match bounded(response_len(&response), || operation::response::<O>(response.clone())) {
        Ok(output) => Some(output),
        Err(error) => {
            assert!(matches!(error.kind(), ErrorKind::Response | ErrorKind::Service), "{error:?}");
            // Formatting errors must not panic either.
            let _ = (error.to_string(), format!("{error:?}"));
            None
        }
    }
}

/// Reads an error response.
pub(crate) fn error<O: Operation<Error: Debug>>(head: &http::Response<()>, body: &[u8]) {
    let is_error = output::<O>(head, body).is_none();
    assert!(is_error, "a response with status {} was not an error", head.status());
}

pub(crate) fn endpoint() -> http::Uri {
    http::Uri::from_static("https://example.com")
}

fn with_body(head: &http::Response<()>, body: &[u8]) -> http::Response<Bytes> {
    head.clone().map(|()| Bytes::copy_from_slice(body))
}

/// Returns the number of bytes in the body and the headers.
fn response_len(response: &http::Response<Bytes>) -> usize {
    let headers = response.headers().iter();
    response.body().len() + headers.map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>()
}
