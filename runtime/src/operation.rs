//! Operations without I/O: an input becomes an HTTP request, an HTTP response becomes an output or error.
//!
//! The client is a loop around this pair; a program that brings its own transport can use it alone.

use crate::error::{Cause, Error, ErrorKind, Failure};
use crate::protocol::ErrorReport;
use crate::schema::{OperationSchema, Schema};
use crate::shape::{Structure, Value};
use crate::transport::TransportError;
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
    fn blank(index: usize) -> Option<Self>;

    /// The error structure.
    fn shape(&self) -> &dyn Structure;

    /// The error structure, to be filled.
    fn shape_mut(&mut self) -> &mut dyn Structure;
}

/// The error of operations that declare none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoError {}

impl OperationError for NoError {
    fn blank(_: usize) -> Option<Self> {
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
/// [`ErrorKind::Serialization`] when the input cannot be written, such as an empty label in the URI.
pub fn request<O: Operation>(
    input: &O::Input,
    endpoint: &http::Uri,
) -> Result<http::Request<Bytes>, Error<O::Error>> {
    write(O::SCHEMA, input, endpoint).map_err(|failure| Error::new(failure, None))
}

/// The output, or the error, that a response holds.
///
/// # Errors
/// [`ErrorKind::Service`] when the status is not one of success, [`ErrorKind::Response`] when the answer
/// cannot be read.
pub fn response<O: Operation>(response: http::Response<Bytes>) -> Result<O::Output, Error<O::Error>> {
    let mut answer = Answer::<O>::default();
    match read(O::SCHEMA, response, &mut answer) {
        Ok(_) => Ok(answer.output),
        Err(failure) => Err(Error::new(failure, answer.error)),
    }
}

/// Where an operation's answer is put, whichever operation it is.
pub(crate) trait AnswerSlot: Send {
    fn output(&mut self) -> &mut dyn Structure;

    /// A blank error at an index of the declared ones.
    fn error(&mut self, index: usize) -> Option<&mut dyn Structure>;

    /// Forgets the error begun last: it could not be read, or belongs to an earlier attempt.
    fn clear_error(&mut self);
}

pub(crate) struct Answer<O: Operation> {
    pub(crate) output: O::Output,
    pub(crate) error: Option<O::Error>,
}

impl<O: Operation> Default for Answer<O> {
    fn default() -> Self {
        Self { output: O::Output::blank(), error: None }
    }
}

impl<O: Operation> AnswerSlot for Answer<O> {
    fn output(&mut self) -> &mut dyn Structure {
        &mut self.output
    }

    fn error(&mut self, index: usize) -> Option<&mut dyn Structure> {
        self.error = O::Error::blank(index);
        self.error.as_mut().map(OperationError::shape_mut)
    }

    fn clear_error(&mut self) {
        self.error = None;
    }
}

pub(crate) fn write(
    operation: &'static OperationSchema,
    input: &dyn Structure,
    endpoint: &http::Uri,
) -> Result<http::Request<Bytes>, Box<Failure>> {
    operation
        .service
        .protocol
        .request(operation, input, endpoint)
        .map_err(|error| Failure::write(operation, error))
}

/// Reads a response into a slot; gives back the response's head when it was a success.
pub(crate) fn read(
    operation: &'static OperationSchema,
    response: http::Response<Bytes>,
    slot: &mut dyn AnswerSlot,
) -> Result<http::Response<()>, Box<Failure>> {
    if !response.status().is_success() {
        return Err(read_error(operation, response, slot));
    }
    match operation.service.protocol.output(operation, &response, slot.output()) {
        Ok(()) => Ok(response.map(drop)),
        Err(error) => {
            let mut failure = Failure::new(operation, ErrorKind::Response, Cause::Read(error));
            failure.response = Some(response);
            Err(failure)
        }
    }
}

/// What is known where a connection broke: an answer whose status is an error is one, even if its body is
/// not whole.
pub(crate) fn read_interrupted(
    operation: &'static OperationSchema,
    mut error: TransportError,
    slot: &mut dyn AnswerSlot,
) -> Box<Failure> {
    let mut failure = match error.take_partial_response() {
        Some(response) if !response.status().is_success() => read_error(operation, response, slot),
        response => {
            let mut failure = Failure::new(operation, ErrorKind::Connection, Cause::Answer);
            failure.response = response;
            failure
        }
    };
    failure.cause = Cause::Transport(error);
    failure
}

fn read_error(
    operation: &'static OperationSchema,
    response: http::Response<Bytes>,
    slot: &mut dyn AnswerSlot,
) -> Box<Failure> {
    slot.clear_error();
    let protocol = operation.service.protocol;
    let mut report = protocol.error_report(operation, &response);
    let declared = report.shape.as_deref().and_then(|name| declared_error(operation, name));
    let mut failure = Failure::new(operation, ErrorKind::Service, Cause::Answer);
    if let Some((index, schema)) = declared {
        failure.error_traits = schema.traits;
        hide_sensitive_message(schema, &mut report);
        if let Some(error) = slot.error(index)
            && let Err(error) = protocol.error(&response, error)
        {
            slot.clear_error();
            failure.cause = Cause::Read(error);
        }
    }
    failure.report = report;
    failure.response = Some(response);
    failure
}

fn declared_error(operation: &OperationSchema, name: &str) -> Option<(usize, &'static Schema)> {
    let mut errors = operation.errors.iter().copied().enumerate();
    errors.find(|(_, schema)| schema.name() == name)
}

fn hide_sensitive_message(schema: &Schema, report: &mut ErrorReport) {
    let is_message = |name: &str| name.eq_ignore_ascii_case("message");
    if schema.is_sensitive() || schema.members.iter().any(|m| is_message(m.name) && m.is_sensitive()) {
        report.message = None;
    }
}
