//! Protocols as types without fields.

use crate::codec::{ReadError, WriteError};
use crate::service::{ErrorReport, OperationSchema, Protocol};
use crate::shape::Structure;
use bytes::Bytes;
use http::{Request, Response, Uri};
use std::fmt;

/// A type that stands for a protocol with its settings.
pub(super) trait Preset: fmt::Debug + Send + Sync {
    /// The protocol.
    const PROTOCOL: &'static dyn Protocol;
}

impl<P: Preset> Protocol for P {
    fn id(&self) -> &'static str {
        P::PROTOCOL.id()
    }

    fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        endpoint: &Uri,
    ) -> Result<Request<Bytes>, WriteError> {
        P::PROTOCOL.request(operation, input, endpoint)
    }

    fn output(
        &self,
        operation: &OperationSchema,
        response: &Response<Bytes>,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError> {
        P::PROTOCOL.output(operation, response, output)
    }

    fn error_report(&self, operation: &OperationSchema, response: &Response<Bytes>) -> ErrorReport {
        P::PROTOCOL.error_report(operation, response)
    }

    fn error(&self, response: &Response<Bytes>, error: &mut dyn Structure) -> Result<(), ReadError> {
        P::PROTOCOL.error(response, error)
    }
}
