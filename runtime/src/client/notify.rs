//! Notification of hooks.

use super::hook::{Attempt, AttemptOutcome, AttemptResponse, RetryDecision};
use super::prepare::PreparedCall;
use crate::error::Failure;
use bytes::Bytes;
use http::Response;
use std::any::Any;

/// Passes an attempt to the hooks before it is sent.
pub(super) async fn before_attempt(
    call: &PreparedCall,
    attempt: &mut Attempt<'_>,
) -> Result<(), Box<Failure>> {
    attempt.service_time = Some(call.inner.clock.times().service);
    for hook in &call.inner.hooks {
        hook.before_attempt(attempt).await.map_err(|error| Failure::hook(call.operation, error))?;
    }
    Ok(())
}

/// Passes a response to the hooks.
pub(super) async fn after_response(
    call: &PreparedCall,
    number: u32,
    response: Response<Bytes>,
) -> Result<Response<Bytes>, Box<Failure>> {
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

/// Passes the outcome of an attempt to the hooks. `error` is the declared error, if there is one.
pub(super) async fn after_attempt(
    call: &PreparedCall,
    attempt: &Attempt<'_>,
    result: &Result<Response<()>, Box<Failure>>,
    error: Option<&(dyn Any + Send + Sync)>,
) -> Result<RetryDecision, Box<Failure>> {
    let (operation, number, input) = (call.operation, attempt.number, attempt.input);
    let outcome = AttemptOutcome { operation, number, input, result, error };
    let mut decision = RetryDecision::Default;
    for hook in &call.inner.hooks {
        match hook.after_attempt(&outcome).await {
            Ok(RetryDecision::Retry) => decision = RetryDecision::Retry,
            Ok(RetryDecision::Default) => {}
            Err(error) => {
                let mut failure = Failure::hook(operation, error);
                failure.response = result.as_ref().err().and_then(|failed| failed.response.clone());
                return Err(failure);
            }
        }
    }
    Ok(decision)
}
