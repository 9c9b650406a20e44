//! Operations without I/O: conversion of inputs to HTTP requests, and of HTTP responses to outputs and
//! errors.
//!
//! The client is built on [`request`](request()) and [`response`](response()); programs with an HTTP stack of
//! their own can use them directly.

mod checksum;
mod compression;
mod customizations;
mod host_prefix;
mod idempotency;
mod options;
mod request;
mod response;
#[cfg(feature = "tree-hash")]
mod tree_hash;

pub(crate) use idempotency::random_uuid;
pub use options::RequestOptions;
pub(crate) use request::write;
pub(crate) use response::{
    ResponseSlot, TypedResponse, read, read_interrupted, read_streaming, streams_output,
};

use crate::error::Error;
use crate::schema::OperationSchema;
use crate::shape::{Structure, Value};
use crate::types::Body;
use bytes::Bytes;

/// An [operation](https://smithy.io/2.0/spec/service-types.html#operation) of a generated crate.
pub trait Operation: 'static {
    /// The input structure.
    type Input: Structure + Send + 'static;
    /// The output structure.
    type Output: Structure + Value + Send + 'static;
    /// The declared errors.
    type Error: OperationError + Send + 'static;
    /// The schema of the operation.
    const SCHEMA: &'static OperationSchema;
}

/// The declared errors of an operation, indexed as in [`OperationSchema::errors`].
pub trait OperationError: Sized {
    /// Returns the error at an index with all members unset or at their default value.
    fn default_value(index: usize) -> Option<Self>;

    /// Returns the error structure.
    fn shape(&self) -> &dyn Structure;

    /// Returns the error structure for deserialization.
    fn shape_mut(&mut self) -> &mut dyn Structure;
}

/// The error type of operations that declare no errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoError {}

impl OperationError for NoError {
    fn default_value(_: usize) -> Option<Self> {
        None
    }

    fn shape(&self) -> &dyn Structure {
        match *self {}
    }

    fn shape_mut(&mut self) -> &mut dyn Structure {
        match *self {}
    }
}

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
