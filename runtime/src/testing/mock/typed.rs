//! Functions of a mock that take inputs and return outputs as values.

use crate::operation::{Operation, TypedResponse};
use crate::service::ErrorReport;
use crate::transport::{MockedCall, MockedResponse, TransportError};
use http::StatusCode;
use std::any::{Any, TypeId};
use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::Arc;

/// The error that a function of [`MockTransport::on`](crate::testing::MockTransport::on) returns: one that the operation declares, by `into()`, or any
/// other.
///
/// ```
/// use farrier_runtime::testing::MockError;
/// use farrier_runtime::transport::TransportError;
/// # use farrier_runtime::operation::NoError;
///
/// let throttled: MockError<NoError> = MockError::undeclared(429, "ThrottlingException", "slow down");
/// let unplugged: MockError<NoError> = MockError::transport(TransportError::connect("unplugged"));
/// ```
pub struct MockError<E>(Kind<E>);

enum Kind<E> {
    Declared(E, Option<StatusCode>),
    Undeclared(StatusCode, ErrorReport),
    Transport(TransportError),
}

impl<E> MockError<E> {
    /// Creates an error that the operation declares, with a status. An error from `into()` has status 500 if the
    /// service is at fault, else 400. The code is the name of the error's shape, the message that of its member
    /// `message`.
    pub fn declared(status: u16, error: E) -> Self {
        Self(Kind::Declared(error, StatusCode::from_u16(status).ok()))
    }

    /// Creates an error that the operation does not declare, with status, code and message. An invalid status is
    /// replaced by 500.
    pub fn undeclared(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let code = Some(code.into());
        Self(Kind::Undeclared(
            status,
            ErrorReport { shape: code.clone(), code, message: Some(message.into()) },
        ))
    }

    /// Creates an error of the transport.
    pub fn transport(error: TransportError) -> Self {
        Self(Kind::Transport(error))
    }
}

impl<E> From<E> for MockError<E> {
    fn from(error: E) -> Self {
        Self(Kind::Declared(error, None))
    }
}

impl<E: fmt::Debug> fmt::Debug for MockError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Declared(error, _) => error.fmt(f),
            Kind::Undeclared(status, report) => {
                f.debug_tuple("Undeclared").field(status).field(&report.code).finish()
            }
            Kind::Transport(error) => error.fmt(f),
        }
    }
}

type Reply = Result<MockedResponse, TransportError>;
type Once = Box<dyn FnOnce(&mut MockedCall<'_>) -> Reply + Send + Sync>;
type Always = Arc<dyn Fn(&mut MockedCall<'_>) -> Reply + Send + Sync>;

/// The functions of all operations, by the type of their `TypedResponse`.
#[derive(Default)]
pub(super) struct TypedFunctions(HashMap<TypeId, OperationFunctions>);

/// The functions of one operation.
pub(super) struct OperationFunctions {
    pub(super) once: VecDeque<Once>,
    pub(super) always: Option<Always>,
    clone_input: fn(&dyn Any) -> Option<Box<dyn Any + Send + Sync>>,
    pub(super) inputs: Vec<Box<dyn Any + Send + Sync>>,
}

/// The function that responds to a call.
pub(super) enum Function {
    Once(Once),
    Always(Always),
}

impl Function {
    pub(super) fn respond(self, mut call: MockedCall<'_>) -> Reply {
        match self {
            Self::Once(function) => function(&mut call),
            Self::Always(function) => function(&mut call),
        }
    }
}

impl TypedFunctions {
    pub(super) fn of<O: Operation>(&mut self) -> &mut OperationFunctions
    where
        O::Input: Clone,
    {
        let clone_input = |input: &dyn Any| -> Option<Box<dyn Any + Send + Sync>> {
            Some(Box::new(input.downcast_ref::<O::Input>()?.clone()))
        };
        self.0.entry(TypeId::of::<TypedResponse<O>>()).or_insert_with(|| OperationFunctions {
            once: VecDeque::new(),
            always: None,
            clone_input,
            inputs: Vec::new(),
        })
    }

    /// Returns the function for a call and records the input, if the operation has one.
    pub(super) fn next(&mut self, call: &MockedCall<'_>) -> Option<Function> {
        let functions = self.0.get_mut(&(*call.response).type_id())?;
        let function = match functions.once.pop_front() {
            Some(once) => Function::Once(once),
            None => Function::Always(Arc::clone(functions.always.as_ref()?)),
        };
        functions.inputs.extend((functions.clone_input)(call.input));
        Some(function)
    }
}

pub(super) fn reply<O: Operation>(
    call: &mut MockedCall<'_>,
    respond: impl FnOnce(&O::Input) -> Result<O::Output, MockError<O::Error>>,
) -> Reply {
    let types = (call.input.downcast_ref::<O::Input>(), call.response.downcast_mut::<TypedResponse<O>>());
    let (Some(input), Some(response)) = types else {
        return Err(TransportError::connect("the mock has the types of another operation"));
    };
    match respond(input) {
        Ok(output) => {
            response.output = output;
            Ok(MockedResponse::Output)
        }
        Err(MockError(Kind::Declared(error, status))) => {
            response.error = Some(error);
            Ok(MockedResponse::DeclaredError(status))
        }
        Err(MockError(Kind::Undeclared(status, report))) => {
            response.error = None;
            Ok(MockedResponse::UndeclaredError(status, report))
        }
        Err(MockError(Kind::Transport(error))) => Err(error),
    }
}
