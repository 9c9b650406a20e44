//! Notification of hooks.

use super::hook::AttemptResponse;
use super::prepare::PreparedCall;
use crate::error::Failure;
use bytes::Bytes;
use http::Response;

/// Passes a response to the hooks.
pub(super) async fn notify_hooks(
    call: &PreparedCall,
    number: u32,
    response: Response<Bytes>,
) -> Result<Response<Bytes>, Box<Failure>> {
    if call.inner.hooks.is_empty() {
        return Ok(response);
    }
    let response = AttemptResponse { operation: call.operation, number, response };
    for hook in &call.inner.hooks {
        if let Err(error) = hook.after_response(&response).await {
            let mut failure = Failure::hook(call.operation, error);
            failure.response = Some(response.response);
            return Err(failure);
        }
    }
    Ok(response.response)
}
