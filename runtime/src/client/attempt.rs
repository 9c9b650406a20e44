//! One attempt of a call.

use super::hook::{Attempt, AttemptResponse};
use super::prepare::Prepared;
use super::timer::Timer;
use crate::error::{ErrorKind, Failure};
use crate::operation::{self, ResponseSlot};
use crate::transport::{Timeouts, TransportError};
use bytes::Bytes;
use http::Response;
use std::pin::pin;
use std::time::Duration;

/// Which limit was reached, as errors say it.
const OF_ATTEMPT: &str = ", the limit of an attempt";
pub(super) const OF_CALL: &str = "";

/// Sends the request once, and reads the answer into the slot.
pub(super) async fn attempt(
    call: &Prepared,
    attempt: &mut Attempt,
    limits: Timeouts,
    timer: Timer,
    slot: &mut dyn ResponseSlot,
) -> Result<Response<()>, Box<Failure>> {
    let settings = &call.settings;
    let began = limits.total.map(|limit| (limit, timer.now()));
    let exchange = pin!(exchange(call, attempt, limits, slot));
    let too_late = |what, limit: Option<Duration>| {
        Err(Failure::timeout(call.operation, what, limit.unwrap_or_default()))
    };
    let is_up = || began.is_some_and(|(limit, began)| timer.now().saturating_duration_since(began) >= limit);
    match timer.limit(settings.attempt_timeout, exchange).await {
        // The transport has kept the limit, and does not know whose it is.
        Some(Err(failure)) if failure.kind == ErrorKind::Timeout && is_up() => {
            match limits.total == settings.attempt_timeout {
                true => too_late(OF_ATTEMPT, settings.attempt_timeout),
                false => too_late(OF_CALL, settings.timeout),
            }
        }
        Some(result) => result,
        None => too_late(OF_ATTEMPT, settings.attempt_timeout),
    }
}

async fn exchange(
    call: &Prepared,
    attempt: &mut Attempt,
    limits: Timeouts,
    slot: &mut dyn ResponseSlot,
) -> Result<Response<()>, Box<Failure>> {
    let (operation, number) = (call.operation, attempt.number);
    for hook in &call.inner.hooks {
        hook.before_attempt(attempt).await.map_err(|error| Failure::hook(operation, error))?;
    }
    if let Some(signer) = &call.signer {
        let signed = signer.sign(&mut attempt.request, call.inner.clock.now()).await;
        signed.map_err(|error| Failure::auth(operation, error))?;
    }
    if limits != Timeouts::default() {
        attempt.request.extensions_mut().insert(limits);
    }
    let response = call.inner.transport.send(std::mem::take(&mut attempt.request)).await;
    let response = response.map_err(|error| Failure::transport(operation, error))?;
    if response.status().is_success() && operation::streams_output(operation) {
        let (head, body) = response.into_parts();
        let head = notify_hooks(call, number, Response::from_parts(head, Bytes::new())).await?;
        return operation::read_streaming(operation, head.map(|_| body), slot);
    }
    let (head, body) = response.into_parts();
    let (body, broken) = body.collect_part().await;
    let response = notify_hooks(call, number, Response::from_parts(head, body)).await?;
    match broken.map(TransportError::interrupted) {
        None => operation::read(operation, response, slot),
        Some(error) => Err(operation::read_interrupted(operation, response, error, slot)),
    }
}

async fn notify_hooks(
    call: &Prepared,
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
