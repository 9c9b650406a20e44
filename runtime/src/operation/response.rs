//! Deserialization of an HTTP response to an output or error.

use super::traits::{Operation, OperationError};
use crate::codec::ReadError;
use crate::error::{Cause, ErrorKind, Failure};
use crate::protocol::ErrorReport;
use crate::schema::{Fault, Schema, Trait};
use crate::service::OperationSchema;
use crate::shape::{Slot, Structure, Value, View};
use crate::transport::TransportError;
use crate::types::Body;
use bytes::Bytes;
use http::StatusCode;
use std::any::Any;

/// The destination of a response, independent of the operation's types.
pub(crate) trait ResponseSlot: Send {
    fn output(&mut self) -> &mut dyn Structure;

    /// Creates the declared error at an index for deserialization.
    fn error(&mut self, index: usize) -> Option<&mut dyn Structure>;

    /// Discards the error of an earlier attempt, or one that could not be deserialized.
    fn clear_error(&mut self);

    /// Returns the declared error, if one was deserialized.
    fn declared_error(&self) -> Option<&dyn Structure>;

    /// Returns the declared error, to be downcast to its type.
    fn declared_error_any(&self) -> Option<&(dyn Any + Send + Sync)>;

    /// Returns the slot, to be downcast to its type.
    fn as_any(&mut self) -> &mut (dyn Any + Send);
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

    fn declared_error(&self) -> Option<&dyn Structure> {
        self.error.as_ref().map(OperationError::shape)
    }

    fn declared_error_any(&self) -> Option<&(dyn Any + Send + Sync)> {
        self.error.as_ref().map(|error| error as &(dyn Any + Send + Sync))
    }

    fn as_any(&mut self) -> &mut (dyn Any + Send) {
        self
    }
}

/// Deserializes a response into a slot. Returns the head of a successful response.
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

/// Returns the failure for a response with an incomplete body: an error of the service if the status is an
/// error, else the error of the connection.
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

/// Returns the failure for a response whose body is larger than allowed: an error of the service if the status
/// is an error, from the part of the body that was read.
pub(crate) fn read_too_large(
    operation: &'static OperationSchema,
    response: http::Response<Bytes>,
    limit: usize,
    slot: &mut dyn ResponseSlot,
) -> Box<Failure> {
    let message = |setting| ReadError::new(format!("body is larger than {limit} bytes: raise `{setting}`"));
    if response.status().is_success() {
        let cause = Cause::Read(message("max_response_body"));
        let mut failure = Failure::new(operation, ErrorKind::Response, cause);
        failure.response = Some(response);
        return failure;
    }
    let mut failure = read_error(operation, response, slot);
    failure.cause = Cause::Read(message("max_error_body"));
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
        redact_sensitive_message(schema, &mut report);
        let result = slot.error(index).map(|error| protocol.error(&response, error));
        if let Some(Err(error)) = result {
            slot.clear_error();
            failure.cause = Cause::Read(error);
        }
    }
    failure.report = report;
    failure.response = Some(response);
    failure
}

/// Returns the failure for the declared error that a mock put into the slot. `status` is by default the one that
/// its fault implies.
pub(crate) fn mocked_error(
    operation: &'static OperationSchema,
    status: Option<StatusCode>,
    slot: &dyn ResponseSlot,
) -> Box<Failure> {
    let mut report = ErrorReport::default();
    let mut traits: &'static [Trait] = &[];
    if let Some(error) = slot.declared_error() {
        let schema = error.schema();
        traits = schema.traits;
        report.code = Some(schema.name().to_owned());
        report.shape = report.code.clone();
        report.message = message_member(error);
        redact_sensitive_message(schema, &mut report);
    }
    let is_server_fault = traits.contains(&Trait::Error(Fault::Server));
    let implied = if is_server_fault { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::BAD_REQUEST };
    let mut failure = reported_error(operation, status.unwrap_or(implied), report);
    failure.error_traits = traits;
    failure
}

fn message_member(error: &dyn Structure) -> Option<String> {
    let is_message = |name: &str| name.eq_ignore_ascii_case("message");
    let index = error.schema().members.iter().position(|member| is_message(member.name))?;
    match error.member(index)?.view() {
        View::String(text) => Some(text.to_owned()),
        _ => None,
    }
}

/// Returns the failure for an error of the service whose response has no body.
pub(crate) fn reported_error(
    operation: &'static OperationSchema,
    status: StatusCode,
    report: ErrorReport,
) -> Box<Failure> {
    let mut response = http::Response::new(Bytes::new());
    *response.status_mut() = status;
    let mut failure = Failure::new(operation, ErrorKind::Service, Cause::ErrorResponse);
    failure.report = report;
    failure.response = Some(response);
    failure
}

fn declared_error(operation: &OperationSchema, name: &str) -> Option<(usize, &'static Schema)> {
    let mut errors = operation.errors.iter().copied().enumerate();
    errors.find(|(_, schema)| schema.name() == name)
}

fn redact_sensitive_message(schema: &Schema, report: &mut ErrorReport) {
    let is_message = |name: &str| name.eq_ignore_ascii_case("message");
    if schema.is_sensitive() || schema.members.iter().any(|m| is_message(m.name) && m.is_sensitive()) {
        report.message = None;
    }
}

/// Returns true if the operation's output has a `@streaming` member.
pub(crate) fn streams_output(operation: &OperationSchema) -> bool {
    streaming_member(operation.output).is_some()
}

fn streaming_member(schema: &Schema) -> Option<usize> {
    schema.members.iter().position(|member| member.has(Trait::Streaming))
}

/// Deserializes the head of a successful response into a slot and sets the streaming member to its body.
pub(crate) fn read_streaming(
    operation: &'static OperationSchema,
    response: http::Response<Body>,
    slot: &mut dyn ResponseSlot,
) -> Result<http::Response<()>, Box<Failure>> {
    let (head, body) = response.into_parts();
    let head = read(operation, http::Response::from_parts(head, Bytes::new()), slot)?;
    let member = streaming_member(operation.output).and_then(|index| slot.output().member_mut(index));
    if let Some(Slot::Body(slot)) = member.map(|value| value.slot()) {
        *slot = body;
    }
    Ok(head)
}
