//! The interface between the client and a mock that takes inputs and returns outputs as values.

use super::TransportError;
use crate::boxed::BoxFuture;
use crate::service::{ErrorReport, OperationSchema};
use crate::types::Body;
use http::{Request, Response, StatusCode};
use std::any::Any;

/// A transport that receives the input of a call beside the request.
pub trait TypedMock: Send + Sync {
    /// Records a request and responds to it.
    fn respond<'a>(
        &'a self,
        request: Request<Body>,
        call: MockedCall<'a>,
    ) -> BoxFuture<'a, Result<MockedResponse, TransportError>>;
}

/// A call that is mocked.
pub struct MockedCall<'a> {
    pub(crate) operation: &'static OperationSchema,
    pub(crate) input: &'a (dyn Any + Send + Sync),
    /// The `TypedResponse` of the operation, for the output or the declared error.
    pub(crate) response: &'a mut (dyn Any + Send),
}

/// The response to a mocked call.
pub enum MockedResponse {
    /// A response that is read like any other.
    Http(Response<Body>),
    /// The output is in [`MockedCall::response`].
    Output,
    /// A declared error is in [`MockedCall::response`]. `None` for the status that its fault implies.
    DeclaredError(Option<StatusCode>),
    /// An error that the operation does not declare.
    UndeclaredError(StatusCode, ErrorReport),
}
