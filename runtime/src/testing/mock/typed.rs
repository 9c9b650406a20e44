//! Functions of a mock that take inputs and return outputs as values.

use super::MockTransport;
use crate::operation::{Operation, TypedResponse};
use crate::service::ErrorReport;
use crate::transport::{MockedCall, MockedResponse, TransportError};
use http::StatusCode;
use std::any::{Any, TypeId};
use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::Arc;

/// The error that a function of [`MockTransport::on`] returns: one that the operation declares, by `into()`, or any
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
struct OperationFunctions {
    once: VecDeque<Once>,
    always: Option<Always>,
    clone_input: fn(&dyn Any) -> Option<Box<dyn Any + Send + Sync>>,
    inputs: Vec<Box<dyn Any + Send + Sync>>,
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
    fn of<O: Operation>(&mut self) -> &mut OperationFunctions
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

impl MockTransport {
    /// Responds to the calls of an operation with the result of a function, in any protocol.
    ///
    /// The request is built, signed and recorded as usual. It is not sent, and the output is not serialized: it may
    /// also have a streamed body. Functions of [`once`](Self::once) come first. Responses that are scripted as bytes
    /// are for operations without a function.
    ///
    /// ```
    /// # use farrier_runtime::testing::{MockError, MockTransport};
    /// # use signin_client::error::CreateOAuth2TokenError;
    /// # use signin_client::operation::CreateOAuth2Token;
    /// # use signin_client::types::*;
    /// let mock = MockTransport::new().on::<CreateOAuth2Token>(|input| {
    ///     if input.token_input.refresh_token.as_deref() != Some("stored") {
    ///         let denied = AccessDeniedException::new(OAuth2ErrorCode::TokenExpired, "expired");
    ///         return Err(CreateOAuth2TokenError::AccessDeniedException(denied).into());
    ///     }
    ///     let token = AccessToken::new("the id", "the key", "the session");
    ///     Ok(CreateOAuth2TokenResponse::new(CreateOAuth2TokenResponseBody::new(token, "aws_sigv4", 900, "next")))
    /// });
    /// ```
    pub fn on<O: Operation>(
        self,
        respond: impl Fn(&O::Input) -> Result<O::Output, MockError<O::Error>> + Send + Sync + 'static,
    ) -> Self
    where
        O::Input: Clone,
    {
        self.lock().typed.of::<O>().always = Some(Arc::new(move |call| reply::<O>(call, &respond)));
        self
    }

    /// Responds to the next attempt of an operation with the result of a function. Several functions respond to one
    /// attempt each, in order. A retry is an attempt.
    pub fn once<O: Operation>(
        self,
        respond: impl FnOnce(&O::Input) -> Result<O::Output, MockError<O::Error>> + Send + Sync + 'static,
    ) -> Self
    where
        O::Input: Clone,
    {
        self.lock().typed.of::<O>().once.push_back(Box::new(move |call| reply::<O>(call, respond)));
        self
    }

    /// Returns the inputs of the attempts that functions of an operation responded to, in order. A streamed body in
    /// an input has been read: its bytes are in [`requests`](Self::requests).
    pub fn inputs<O: Operation>(&self) -> Vec<O::Input>
    where
        O::Input: Clone,
    {
        let mut state = self.lock();
        let inputs = &state.typed.of::<O>().inputs;
        inputs.iter().filter_map(|input| (**input).downcast_ref::<O::Input>().cloned()).collect()
    }
}

fn reply<O: Operation>(
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
