//! Execution of a call: attempts, retries and the call timeout. Shared by all operations.

use super::attempt::{CALL, attempt};
use super::connection;
use super::hook::{Attempt, RetryDecision};
use super::hook_code::HookCode;
use super::metadata::Metadata;
use super::prepare::PreparedCall;
use super::repeatability::Repeatability;
use super::retry::Attempts;
use super::timer::Timer;
use crate::error::Failure;
use crate::operation::{CallInput, ResponseSlot};
use crate::shape::Structure;
use crate::transport::{Timeouts, TransportError};
use http::Response;
use std::hash::{BuildHasher, RandomState};
use std::pin::pin;
use std::time::{Duration, Instant};
use tracing::Instrument;

/// The number of requests that hooks can repeat in a call.
const MAX_HOOK_RETRIES: u32 = 3;

/// Sends the request until an attempt succeeds, a failure is final, or the call times out.
pub(super) async fn execute(
    call: &PreparedCall,
    input: &mut dyn CallInput,
    timer: Timer,
    slot: &mut dyn ResponseSlot,
) -> Result<Metadata, Box<Failure>> {
    let timeout = call.settings().timeout;
    if !timer.can_sleep() && (timeout.is_some() || call.settings().attempt_timeout.is_some()) {
        let message = "no tokio runtime is running: call the client from within one";
        return Err(Failure::transport(call.operation, TransportError::connect(message).permanent()));
    }
    let span =
        tracing::debug_span!("call", service = call.operation.service.id, operation = call.operation.name());
    let mut attempts = Attempts::new(&call.inner.retries, call.settings().retries);
    let retry_loop =
        RetryLoop { call, timer, deadline: timeout.and_then(|timeout| timer.now().checked_add(timeout)) };
    let result = {
        let run = pin!(retry_loop.run(input, slot, &mut attempts));
        let run = pin!(run.instrument(span.clone()));
        timer.timeout(timeout, run).await
    };
    let result = result.unwrap_or_else(|| {
        span.in_scope(|| tracing::debug!(attempt = attempts.count(), "call timed out"));
        Err(Failure::timeout(call.operation, CALL, timeout.unwrap_or_default(), true))
    });
    let (count, retry_delay) = (attempts.count(), attempts.total_delay());
    match result {
        Ok(head) => Ok(Metadata { head, attempts: count, retry_delay }),
        Err(mut failure) => {
            failure.attempts = count;
            failure.retry_delay = retry_delay;
            Err(failure)
        }
    }
}

/// Makes the attempts of a call, one after the other.
struct RetryLoop<'c> {
    call: &'c PreparedCall,
    timer: Timer,
    deadline: Option<Instant>,
}

impl RetryLoop<'_> {
    async fn run(
        &self,
        input: &mut dyn CallInput,
        slot: &mut dyn ResponseSlot,
        attempts: &mut Attempts<'_>,
    ) -> Result<Response<()>, Box<Failure>> {
        let mut hook_retries = 0;
        loop {
            let operation = self.call.operation;
            let request = self.call.request(input.as_structure_mut())?;
            let mut next = Attempt {
                operation,
                number: 0,
                input: &*input,
                request,
                service_time: None,
                signed_at: None,
            };
            let replayable = next.request.body().is_replayable() && self.timer.can_sleep();
            let rate_delay = attempts.rate_delay(|| self.elapsed());
            if !rate_delay.is_zero() {
                self.timer.sleep(rate_delay).await;
            }
            attempts.start();
            next.number = attempts.count();
            self.call.add_client_headers(&mut next, attempts.max());
            let result = attempt(self.call, &mut next, self.timeouts(), self.timer, slot).await;
            let repeats_for_hook = match HookCode::of(self.call) {
                None => false,
                Some(hooks) => {
                    let error = slot.declared_error_any();
                    (hooks.after_attempt)(self.call, &next, &result, error).await? == RetryDecision::Retry
                }
            };
            let signed_at = next.signed_at;
            let mut failure = match result {
                Ok(head) => {
                    attempts.succeeded(|| self.elapsed());
                    tracing::debug!(attempt = attempts.count(), status = head.status().as_u16(), "succeeded");
                    return Ok(head);
                }
                Err(failure) => failure,
            };
            connection::release(&mut failure);
            let skewed = signed_at.is_some_and(|signed| self.call.inner.clock.correct(&failure, signed));
            let retry = attempts.failed(&failure, skewed, || self.elapsed(), random());
            if repeats_for_hook && replayable && hook_retries < MAX_HOOK_RETRIES {
                hook_retries += 1;
                tracing::debug!(attempt = attempts.count(), "failed; a hook repeats the request");
                continue;
            }
            let retry = retry.filter(|retry| {
                let may_retry = replayable && self.may_repeat(&failure, input.as_structure());
                may_retry && self.is_in_time(retry.delay) && attempts.reserve(*retry)
            });
            let delay = retry.map(|retry| retry.delay);
            tracing::debug!(
                attempt = attempts.count(),
                kind = ?failure.kind,
                status = failure.response.as_ref().map(|response| response.status().as_u16()),
                code = failure.code_excerpt(),
                retry_in = delay.map(tracing::field::debug),
                "failed"
            );
            let Some(delay) = delay else { return Err(failure) };
            self.timer.sleep(delay).await;
            attempts.add_delay(delay);
        }
    }

    /// Returns true if the request may be retried after this failure.
    fn may_repeat(&self, failure: &Failure, input: &dyn Structure) -> bool {
        let setting = self.call.settings().repeatable;
        Repeatability::of(self.call.operation, input, setting).allows_retry(failure)
    }

    /// Returns true if the delay ends before the deadline of the call. Otherwise the failure is more useful
    /// than a timeout.
    fn is_in_time(&self, delay: Duration) -> bool {
        self.deadline.is_none_or(|deadline| deadline.saturating_duration_since(self.timer.now()) > delay)
    }

    /// Returns the timeouts that the transport enforces in the next attempt.
    fn timeouts(&self) -> Timeouts {
        let remaining = self.deadline.map(|deadline| deadline.saturating_duration_since(self.timer.now()));
        let total = [remaining, self.call.settings().attempt_timeout].into_iter().flatten().min();
        Timeouts { read: self.call.settings().read_timeout, total }
    }

    /// Returns the time since the client was built.
    fn elapsed(&self) -> Duration {
        self.timer.now().saturating_duration_since(self.call.inner.created_at)
    }
}

/// Returns a random number from 0 to 1.
fn random() -> f64 {
    RandomState::new().hash_one(()) as f64 / u64::MAX as f64
}
