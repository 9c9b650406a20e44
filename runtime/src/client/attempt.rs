//! One attempt of a call.

use super::clock::SignedAt;
use super::hook::Attempt;
use super::hook_code::HookCode;
use super::mocked;
use super::prepare::PreparedCall;
use super::settings::Settings;
use super::target;
use super::timer::Timer;
use crate::auth::Signer;
use crate::codec::{DEFAULT_MAX_MEMORY, MaxParsedMemory};
use crate::error::Failure;
use crate::operation::{self, ResponseSlot};
use crate::transport::{MinThroughput, MockedCall, MockedResponse, Timeouts, TransportError};
use crate::types::{Body, BodyEnd};
use bytes::Bytes;
use http::{Request, Response};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The subject of a timeout error: "attempt timed out after 30s".
const ATTEMPT: &str = "attempt";
pub(super) const CALL: &str = "call";

/// Timeouts of sockets may elapse a little early.
const EARLY: Duration = Duration::from_millis(20);

/// Sends the request once and reads the response into the slot.
pub(super) async fn attempt(
    call: &PreparedCall,
    attempt: &mut Attempt<'_>,
    timeouts: Timeouts,
    timer: Timer,
    slot: &mut dyn ResponseSlot,
) -> Result<Response<()>, Box<Failure>> {
    let settings = call.settings();
    let total = timeouts.total.map(|limit| (limit, timer.now()));
    let sent = AtomicBool::new(false);
    let exchange = pin!(exchange(call, attempt, timeouts, &sent, slot));
    let timed_out = |what, limit: Option<Duration>, may_have_been_sent| {
        Err(Failure::timeout(call.operation, what, limit.unwrap_or_default(), may_have_been_sent))
    };
    let total_elapsed =
        || total.is_some_and(|(limit, start)| timer.now().saturating_duration_since(start) + EARLY >= limit);
    match timer.timeout(settings.attempt_timeout, exchange).await {
        // The transport enforced `Timeouts::total`, which is the shorter of the attempt's and the call's
        // timeout.
        Some(Err(failure)) if failure.is_transport_timeout() && total_elapsed() => {
            let may_have_been_sent = !failure.was_not_processed();
            match timeouts.total == settings.attempt_timeout {
                true => timed_out(ATTEMPT, settings.attempt_timeout, may_have_been_sent),
                false => timed_out(CALL, settings.timeout, may_have_been_sent),
            }
        }
        Some(result) => result,
        None => timed_out(ATTEMPT, settings.attempt_timeout, sent.load(Ordering::Relaxed)),
    }
}

/// `sent` becomes true when the transport has the request: hooks and providers of credentials may take longer
/// than the attempt may.
async fn exchange(
    call: &PreparedCall,
    attempt: &mut Attempt<'_>,
    timeouts: Timeouts,
    sent: &AtomicBool,
    slot: &mut dyn ResponseSlot,
) -> Result<Response<()>, Box<Failure>> {
    let (operation, number) = (call.operation, attempt.number);
    if let Some(hooks) = HookCode::of(call) {
        (hooks.before_attempt)(call, attempt).await?;
    }
    if let Some(signer) = &call.signer {
        attempt.signed_at = sign(call, signer, &mut attempt.request).await?;
    }
    if timeouts != Timeouts::default() {
        attempt.request.extensions_mut().insert(timeouts);
    }
    if call.settings().min_throughput != MinThroughput::default() {
        attempt.request.extensions_mut().insert(call.settings().min_throughput);
    }
    sent.store(true, Ordering::Relaxed);
    let failed = |error| Failure::transport(operation, target::add_to(error, call));
    let response = match call.inner.transport.typed_mock() {
        None => call.inner.transport.send(std::mem::take(&mut attempt.request)).await.map_err(failed)?,
        Some(mock) => {
            let request = std::mem::take(&mut attempt.request);
            let mocked = MockedCall { operation, input: attempt.input.as_any(), response: slot.as_any() };
            match mock.respond(request, mocked).await.map_err(failed)? {
                MockedResponse::Http(response) => response,
                mocked => return Box::pin(mocked::finish(call, number, mocked, slot)).await,
            }
        }
    };
    if response.status().is_success() && operation::streams_output(operation) {
        let (head, body) = response.into_parts();
        let head = Response::from_parts(head, Bytes::new());
        let head = match HookCode::of(call) {
            None => head,
            Some(hooks) => (hooks.after_response)(call, number, head).await?,
        };
        return operation::read_streaming(operation, head.map(|_| body), slot);
    }
    let (mut head, body) = response.into_parts();
    let limit = max_body(call.settings(), &mut head);
    // Of a body that is too large, only that of an error is of use.
    let is_useless =
        head.status.is_success() && body.content_length().is_some_and(|length| length > limit as u64);
    let (body, end) = match is_useless {
        true => (Bytes::new(), BodyEnd::TooLarge(limit)),
        false => body.collect_up_to(limit).await,
    };
    let body = match end {
        BodyEnd::TooLarge(_) if head.status.is_success() => Bytes::new(),
        _ => body,
    };
    let response = Response::from_parts(head, body);
    // Without hooks, the response is not moved.
    let response = match HookCode::of(call) {
        None => response,
        Some(hooks) => (hooks.after_response)(call, number, response).await?,
    };
    match end {
        BodyEnd::Complete => operation::read(operation, response, slot),
        BodyEnd::TooLarge(limit) => Err(operation::read_too_large(operation, response, limit, slot)),
        BodyEnd::Failed(error) => {
            let error = TransportError::interrupted(error);
            Err(operation::read_interrupted(operation, response, error, slot))
        }
    }
}

/// Returns the maximum size of a response's body. The setting for parsed values goes with the response.
fn max_body(settings: &Settings, head: &mut http::response::Parts) -> usize {
    if settings.max_parsed_memory != DEFAULT_MAX_MEMORY {
        head.extensions.insert(MaxParsedMemory(settings.max_parsed_memory));
    }
    if head.status.is_success() { settings.max_response_body } else { settings.max_error_body }
}

/// Signs the request. Returns the time of the signature, if the auth scheme signs the time.
async fn sign(
    call: &PreparedCall,
    signer: &Signer,
    request: &mut Request<Body>,
) -> Result<Option<SignedAt>, Box<Failure>> {
    let times = call.inner.clock.times();
    let signed = signer.sign_at(request, times).await;
    let signed = signed.map_err(|error| Failure::auth(call.operation, error))?;
    if signed.is_some_and(|signed| signed != times.service) {
        call.inner.clock.reset();
    }
    Ok(signed.map(|signed| SignedAt { local: times.local, signed }))
}
