//! The loop around an operation, the same code for every operation.

use super::attempts::Attempts;
use super::timer::Timer;
use super::{Inner, Settings};
use crate::error::{ErrorKind, Failure};
use crate::operation::{self, AnswerSlot};
use crate::schema::OperationSchema;
use crate::transport::{TimeLimits, TransportError};
use crate::types::Body;
use std::sync::Arc;
use std::time::Instant;
use tracing::Instrument;

/// A call that is ready to be sent.
pub(super) struct Prepared {
    pub(super) inner: Arc<Inner>,
    pub(super) operation: &'static OperationSchema,
    pub(super) request: http::Request<Body>,
    pub(super) settings: Settings,
}

/// What a call that succeeded tells besides its output.
pub(super) struct Success {
    pub(super) head: http::Response<()>,
    pub(super) attempts: u32,
}

/// Sends the request until it succeeds, fails for good, or the time is up.
pub(super) async fn execute(
    call: Prepared,
    timer: Timer,
    slot: &mut dyn AnswerSlot,
) -> Result<Success, Box<Failure>> {
    let span =
        tracing::debug_span!("call", service = call.operation.service.id, operation = call.operation.name());
    let mut attempts = Attempts::new(call.settings.retries);
    let limit = call.settings.timeout;
    if limit.is_some() && !timer.can_wait() {
        let missing = "no tokio runtime is running here: call the client from within one";
        return Err(Failure::transport(call.operation, TransportError::connect(missing)));
    }
    let deadline = limit.and_then(|limit| timer.now().checked_add(limit));
    let all = attempt_all(&call, timer, deadline, slot, &mut attempts).instrument(span);
    let result = timer.limit(limit, all).await;
    let late = deadline.is_some_and(|deadline| timer.now() >= deadline);
    let result = match result {
        Some(Err(failure)) if late && failure.kind == ErrorKind::Connection => None,
        result => result,
    };
    match result.unwrap_or_else(|| Err(Failure::timeout(call.operation, limit.unwrap_or_default()))) {
        Ok(head) => Ok(Success { head, attempts: attempts.made() }),
        Err(mut failure) => {
            failure.attempts = attempts.made();
            Err(failure)
        }
    }
}

async fn attempt_all(
    call: &Prepared,
    timer: Timer,
    deadline: Option<Instant>,
    slot: &mut dyn AnswerSlot,
    attempts: &mut Attempts,
) -> Result<http::Response<()>, Box<Failure>> {
    loop {
        attempts.begin();
        let total = deadline.map(|deadline| deadline.saturating_duration_since(timer.now()));
        let failure = match attempt(call, TimeLimits { read: None, total }, slot).await {
            Ok(head) => {
                tracing::debug!(attempt = attempts.made(), status = head.status().as_u16(), "succeeded");
                return Ok(head);
            }
            Err(failure) => failure,
        };
        let delay = attempts.delay_after(&failure, call.request.body().as_bytes().is_some());
        tracing::debug!(
            attempt = attempts.made(),
            kind = ?failure.kind,
            code = failure.report.code.as_deref(),
            retry_in = ?delay,
            "failed"
        );
        match delay {
            Some(delay) if timer.can_wait() => timer.sleep(delay).await,
            _ => return Err(failure),
        }
    }
}

async fn attempt(
    call: &Prepared,
    limits: TimeLimits,
    slot: &mut dyn AnswerSlot,
) -> Result<http::Response<()>, Box<Failure>> {
    let operation = call.operation;
    let mut request = call.request.clone();
    request.extensions_mut().insert(limits);
    let answer = call.inner.transport.send(request).await;
    let response = answer.map_err(|error| Failure::transport(operation, error))?;
    if response.status().is_success() && operation::streams_output(operation) {
        return operation::read_streaming(operation, response, slot);
    }
    let (head, body) = response.into_parts();
    let (body, broken) = body.collect_part().await;
    let response = http::Response::from_parts(head, body);
    match broken.map(TransportError::interrupted) {
        None => operation::read(operation, response, slot),
        Some(error) => Err(operation::read_interrupted(operation, response, error, slot)),
    }
}
