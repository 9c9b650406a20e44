//! Operations without I/O: conversion of inputs to HTTP requests, and of HTTP responses to outputs and
//! errors.
//!
//! The client is built on [`request`](request()) and [`response`](response()); programs with an HTTP stack of
//! their own can use them directly: see [`without_io`](crate::guide::without_io).

mod any_error;
mod checksum;
mod compression;
mod customizations;
mod endpoint_params;
mod host_prefix;
mod idempotency;
mod options;
mod request;
mod response;
mod traits;
#[cfg(feature = "tree-hash")]
mod tree_hash;

pub use any_error::{AnyError, AnyServiceError};
pub(crate) use endpoint_params::{bind_endpoint_params, has_endpoint_params};
pub(crate) use host_prefix::pattern as host_prefix_pattern;
pub(crate) use idempotency::random_uuid;
pub use options::RequestOptions;
pub(crate) use request::{endpoint, write};
pub(crate) use response::{
    ResponseSlot, TypedResponse, mocked_error, read, read_interrupted, read_streaming, read_too_large,
    reported_error, streams_output,
};
pub(crate) use traits::CallInput;
pub use traits::{NoError, Operation, OperationError};

use crate::error::Error;
use crate::types::Body;
use bytes::Bytes;

/// Serializes an input to an HTTP request. The endpoint's path is prepended to that of the operation.
///
/// # Errors
/// Returns an [`ErrorKind::Serialization`](crate::ErrorKind::Serialization) if the input is invalid, for
/// example if a label of the URI is empty.
pub fn request<O: Operation>(
    mut input: O::Input,
    endpoint: &http::Uri,
    options: &RequestOptions,
) -> Result<http::Request<Body>, Error<O::Error>> {
    write(O::SCHEMA, &mut input, endpoint, options).map_err(|failure| Error::new(failure, None))
}

/// Deserializes an HTTP response to an output or error.
///
/// # Errors
/// Returns an [`ErrorKind::Service`](crate::ErrorKind::Service) if the status is not 2xx, and an
/// [`ErrorKind::Response`](crate::ErrorKind::Response) if the response is invalid.
pub fn response<O: Operation>(response: http::Response<Bytes>) -> Result<O::Output, Error<O::Error>> {
    let mut typed = TypedResponse::<O>::default();
    match read(O::SCHEMA, response, &mut typed) {
        Ok(_) => Ok(typed.output),
        Err(failure) => Err(Error::new(failure, typed.error)),
    }
}
