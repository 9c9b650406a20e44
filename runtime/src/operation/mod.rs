//! Operations without I/O: an input becomes an HTTP request, an HTTP response becomes an output or error.
//!
//! The client is a loop around this pair; a program that brings its own transport can use it alone.

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
    /// What it takes.
    type Input: Structure + Send + 'static;
    /// What it gives.
    type Output: Structure + Value + Send + 'static;
    /// The errors it declares.
    type Error: OperationError + Send + 'static;
    /// What the model says of it.
    const SCHEMA: &'static OperationSchema;
}

/// The errors that an operation declares, counted as in [`OperationSchema::errors`].
pub trait OperationError: Sized {
    /// The error at an index, blank.
    fn default_value(index: usize) -> Option<Self>;

    /// The error structure.
    fn shape(&self) -> &dyn Structure;

    /// The error structure, to be filled.
    fn shape_mut(&mut self) -> &mut dyn Structure;
}

/// The error of operations that declare none.
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

/// The request that asks for an operation. The endpoint's path is kept as a prefix.
///
/// # Errors
/// [`ErrorKind::Serialization`](crate::ErrorKind::Serialization) when the input cannot be written, such as
/// an empty label in the URI.
pub fn request<O: Operation>(
    mut input: O::Input,
    endpoint: &http::Uri,
    options: &RequestOptions,
) -> Result<http::Request<Body>, Error<O::Error>> {
    write(O::SCHEMA, &mut input, endpoint, options).map_err(|failure| Error::new(failure, None))
}

/// The output, or the error, that a response holds.
///
/// # Errors
/// [`ErrorKind::Service`](crate::ErrorKind::Service) when the status is not one of success,
/// [`ErrorKind::Response`](crate::ErrorKind::Response) when the answer cannot be read.
pub fn response<O: Operation>(response: http::Response<Bytes>) -> Result<O::Output, Error<O::Error>> {
    let mut typed = TypedResponse::<O>::default();
    match read(O::SCHEMA, response, &mut typed) {
        Ok(_) => Ok(typed.output),
        Err(failure) => Err(Error::new(failure, typed.error)),
    }
}
