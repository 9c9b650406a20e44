//! From an answer to a value, to a request, and to the same value.

use crate::memory::bounded;
use crate::same::same;
use bytes::Bytes;
use farrier_runtime::ErrorKind;
use farrier_runtime::operation::{self, Operation, RequestOptions};
use std::fmt::Debug;

/// Reads an answer of an operation that gives what it takes.
///
/// # Panics
/// If a value that was read cannot be written, or is not read from what was written.
pub(crate) fn round_trip<O>(head: &http::Response<()>, body: &[u8])
where
    O: Operation<Input = <O as Operation>::Output, Output: Clone, Error: Debug>,
{
    let Some(value) = output::<O>(head, body) else { return };
    let request = operation::request::<O>(value.clone(), &endpoint(), &RequestOptions::default());
    let request = match request {
        Ok(request) => request,
        Err(error) => return assert!(lacks_a_union(&error), "what was read cannot be written: {error:?}"),
    };
    let written = request.body().as_bytes().cloned().unwrap_or_default();
    let again = output::<O>(head, &written);
    let again = again.unwrap_or_else(|| panic!("what was written cannot be read: {written:?}"));
    assert!(same(&value, &again), "another value was read from {written:?}");
}

/// Whether a value could not be written since an answer lacked a required union: that is all that a client
/// must put up with and must not send.
fn lacks_a_union<E: Debug>(error: &farrier_runtime::Error<E>) -> bool {
    format!("{error:?}").contains("none of the union's members is set")
}

/// Reads an answer; nothing if it is an error.
pub(crate) fn output<O: Operation<Error: Debug>>(
    head: &http::Response<()>,
    body: &[u8],
) -> Option<O::Output> {
    let response = with_body(head, body);
    match bounded(answer_len(&response), || operation::response::<O>(response.clone())) {
        Ok(output) => Some(output),
        Err(error) => {
            assert!(matches!(error.kind(), ErrorKind::Response | ErrorKind::Service), "{error:?}");
            // What errors say must not panic either.
            let _ = (error.to_string(), format!("{error:?}"));
            None
        }
    }
}

/// Reads an answer that is an error.
pub(crate) fn error<O: Operation<Error: Debug>>(head: &http::Response<()>, body: &[u8]) {
    let is_error = output::<O>(head, body).is_none();
    assert!(is_error, "an answer of status {} was no error", head.status());
}

pub(crate) fn endpoint() -> http::Uri {
    http::Uri::from_static("https://example.com")
}

fn with_body(head: &http::Response<()>, body: &[u8]) -> http::Response<Bytes> {
    head.clone().map(|()| Bytes::copy_from_slice(body))
}

/// The bytes of the body and the headers.
fn answer_len(response: &http::Response<Bytes>) -> usize {
    let headers = response.headers().iter();
    response.body().len() + headers.map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>()
}
