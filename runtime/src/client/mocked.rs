//! Outputs and errors that a mock returns as values.

use super::hook_code::HookCode;
use super::prepare::PreparedCall;
use crate::error::Failure;
use crate::operation::{ResponseSlot, mocked_error, reported_error};
use crate::transport::MockedResponse;
use bytes::Bytes;
use http::{Response, StatusCode};

/// Returns the head of the response, or the failure, for what a mock put into the slot.
pub(super) async fn finish(
    call: &PreparedCall,
    number: u32,
    mocked: MockedResponse,
    slot: &mut dyn ResponseSlot,
) -> Result<Response<()>, Box<Failure>> {
    let operation = call.operation;
    let failure = match mocked {
        MockedResponse::DeclaredError(status) => mocked_error(operation, status, slot),
        MockedResponse::UndeclaredError(status, report) => reported_error(operation, status, report),
        MockedResponse::Output | MockedResponse::Http(_) => {
            let mut response = Response::new(Bytes::new());
            let code = operation.http.and_then(|binding| StatusCode::from_u16(binding.code).ok());
            *response.status_mut() = code.unwrap_or_default();
            let response = match HookCode::of(call) {
                None => response,
                Some(hooks) => (hooks.after_response)(call, number, response).await?,
            };
            return Ok(response.map(drop));
        }
    };
    if let Some((hooks, response)) = HookCode::of(call).zip(failure.response.clone()) {
        (hooks.after_response)(call, number, response).await?;
    }
    Err(failure)
}
