//! From a response to an output or error, whichever the operation.

use super::{Operation, OperationError};
use crate::error::{Cause, ErrorKind, Failure};
use crate::protocol::ErrorReport;
use crate::schema::{OperationSchema, Schema, Trait};
use crate::shape::{Slot, Structure, Value};
use crate::transport::TransportError;
use crate::types::Body;
use bytes::Bytes;

/// Where an operation's answer is put, whichever operation it is.
pub(crate) trait ResponseSlot: Send {
    fn output(&mut self) -> &mut dyn Structure;

    /// A blank error at an index of the declared ones.
    fn error(&mut self, index: usize) -> Option<&mut dyn Structure>;

    /// Forgets the error begun last: it could not be read, or belongs to an earlier attempt.
    fn clear_error(&mut self);
}

pub(crate) struct TypedResponse<O: Operation> {
    pub(crate) output: O::Output,
    pub(crate) error: Option<O::Error>,
}

impl<O: Operation> Default for TypedResponse<O> {
    fn default() -> Self {
        Self { output: O::Output::default_value(), error: None }
    }
}

impl<O: Operation> ResponseSlot for TypedResponse<O> {
    fn output(&mut self) -> &mut dyn Structure {
        &mut self.output
    }

    fn error(&mut self, index: usize) -> Option<&mut dyn Structure> {
        self.error = O::Error::default_value(index);
        self.error.as_mut().map(OperationError::shape_mut)
    }

    fn clear_error(&mut self) {
        self.error = None;
    }
}

/// Reads a response into a slot; gives back the response's head when it was a success.
pub(crate) fn read(
    operation: &'static OperationSchema,
    response: http::Response<Bytes>,
    slot: &mut dyn ResponseSlot,
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

/// What is known where a connection broke in the body of an answer: one whose status is an error is an
/// error of the service, even if its body is not whole.
pub(crate) fn read_interrupted(
    operation: &'static OperationSchema,
    response: http::Response<Bytes>,
    error: TransportError,
    slot: &mut dyn ResponseSlot,
) -> Box<Failure> {
    if response.status().is_success() {
        let mut failure = Failure::transport(operation, error);
        failure.response = Some(response);
        return failure;
    }
    let mut failure = read_error(operation, response, slot);
    failure.cause = Cause::Transport(error);
    failure
}

fn read_error(
    operation: &'static OperationSchema,
    response: http::Response<Bytes>,
    slot: &mut dyn ResponseSlot,
) -> Box<Failure> {
    slot.clear_error();
    let protocol = operation.service.protocol;
    let mut report = protocol.error_report(operation, &response);
    let declared = report.shape.as_deref().and_then(|name| declared_error(operation, name));
    let mut failure = Failure::new(operation, ErrorKind::Service, Cause::ErrorResponse);
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

/// Whether the operation's output has a body that is streamed.
pub(crate) fn streams_output(operation: &OperationSchema) -> bool {
    streamed(operation.output).is_some()
}

fn streamed(schema: &Schema) -> Option<usize> {
    schema.members.iter().position(|member| member.has(Trait::Streaming))
}

/// Reads the head of a successful response into a slot, and hands the body on as a stream.
pub(crate) fn read_streaming(
    operation: &'static OperationSchema,
    response: http::Response<Body>,
    slot: &mut dyn ResponseSlot,
) -> Result<http::Response<()>, Box<Failure>> {
    let (head, body) = response.into_parts();
    let head = read(operation, http::Response::from_parts(head, Bytes::new()), slot)?;
    let member = streamed(operation.output).and_then(|index| slot.output().member_mut(index));
    if let Some(Slot::Body(place)) = member.map(|value| value.slot()) {
        *place = body;
    }
    Ok(head)
}
