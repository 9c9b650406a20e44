//! The loop around an operation, the same code for every operation.

use super::attempt::{OF_CALL, attempt};
use super::hook::Attempt;
use super::metadata::Metadata;
use super::prepare::Prepared;
use super::retry::Attempts;
use super::timer::Timer;
use crate::error::Failure;
use crate::operation::ResponseSlot;
use crate::shape::Structure;
use crate::transport::{Timeouts, TransportError};
use http::Response;
use std::hash::{BuildHasher, RandomState};
use std::pin::pin;
use std::time::{Duration, Instant};
use tracing::Instrument;

/// Sends the request until it succeeds, fails for good, or the time is up.
pub(super) async fn execute(
    call: &Prepared,
    input: &mut (dyn Structure + Send),
    timer: Timer,
    slot: &mut dyn ResponseSlot,
) -> Result<Metadata, Box<Failure>> {
    let limit = call.settings.timeout;
    if !timer.can_wait() && (limit.is_some() || call.settings.attempt_timeout.is_some()) {
        let missing = "no tokio runtime is running here: call the client from within one";
        return Err(Failure::transport(call.operation, TransportError::connect(missing).permanent()));
    }
    let span =
        tracing::debug_span!("call", service = call.operation.service.id, operation = call.operation.name());
    let mut attempts = Attempts::new(&call.inner.retries, call.settings.retries);
    let all = Loop { call, timer, deadline: limit.and_then(|limit| timer.now().checked_add(limit)) };
    let result = {
        let run = pin!(all.run(input, slot, &mut attempts));
        let run = pin!(run.instrument(span.clone()));
        timer.limit(limit, run).await
    };
    let result = result.unwrap_or_else(|| {
        span.in_scope(|| tracing::debug!(attempt = attempts.made(), "the time of the call is up"));
        Err(Failure::timeout(call.operation, OF_CALL, limit.unwrap_or_default()))
    });
    let (made, delayed) = (attempts.made(), attempts.delayed());
    match result {
        Ok(head) => Ok(Metadata { head, attempts: made, retry_delay: delayed }),
        Err(mut failure) => {
            failure.attempts = made;
            failure.retry_delay = delayed;
            Err(failure)
        }
    }
}

/// The attempts of a call, one after the other.
struct Loop<'c> {
    call: &'c Prepared,
    timer: Timer,
    deadline: Option<Instant>,
}

impl Loop<'_> {
    async fn run(
        &self,
        input: &mut (dyn Structure + Send),
        slot: &mut dyn ResponseSlot,
        attempts: &mut Attempts<'_>,
    ) -> Result<Response<()>, Box<Failure>> {
        loop {
            let request = self.call.request(input)?;
            let replayable = request.body().as_bytes().is_some() && self.timer.can_wait();
            let turn = attempts.begin(|| self.since());
            if !turn.is_zero() {
                self.timer.sleep(turn).await;
            }
            let mut next = Attempt { operation: self.call.operation, number: attempts.made(), request };
            self.call.add_client_headers(&mut next, attempts.allowed());
            let ahead = self.call.inner.clock.ahead();
            let failure = match attempt(self.call, &mut next, self.limits(), self.timer, slot).await {
                Ok(head) => {
                    attempts.succeeded(|| self.since());
                    tracing::debug!(attempt = attempts.made(), status = head.status().as_u16(), "succeeded");
                    return Ok(head);
                }
                Err(failure) => failure,
            };
            let delay = self.delay_after(&failure, replayable, ahead, attempts);
            tracing::debug!(
                attempt = attempts.made(),
                kind = ?failure.kind,
                status = failure.response.as_ref().map(|response| response.status().as_u16()),
                code = failure.report.code.as_deref(),
                retry_in = delay.map(tracing::field::debug),
                "failed"
            );
            let Some(delay) = delay else { return Err(failure) };
            self.timer.sleep(delay).await;
            attempts.waited(delay);
        }
    }

    /// How long to wait before the next attempt; `None` if there is none, or none before the call's time is up:
    /// then what the failure says is worth more than that. `ahead` is what the clock was at the attempt.
    fn delay_after(
        &self,
        failure: &Failure,
        replayable: bool,
        ahead: i64,
        attempts: &mut Attempts<'_>,
    ) -> Option<Duration> {
        let may_repeat = replayable && (self.call.repeatable || failure.was_not_processed());
        let delay = attempts.failed(failure, may_repeat, || self.since(), random());
        let delay = match delay {
            None if replayable && self.call.inner.clock.was_set_by(failure, ahead) => {
                attempts.failed_by_clock()
            }
            delay => delay,
        }?;
        let in_time =
            self.deadline.is_none_or(|deadline| deadline.saturating_duration_since(self.timer.now()) > delay);
        in_time.then_some(delay)
    }

    /// What transports have to keep by themselves.
    fn limits(&self) -> Timeouts {
        let left = self.deadline.map(|deadline| deadline.saturating_duration_since(self.timer.now()));
        let total = [left, self.call.settings.attempt_timeout].into_iter().flatten().min();
        Timeouts { read: self.call.settings.read_timeout, total }
    }

    /// The time since the client began.
    fn since(&self) -> Duration {
        self.timer.now().saturating_duration_since(self.call.inner.since)
    }
}

/// A random number from 0 to 1.
fn random() -> f64 {
    RandomState::new().hash_one(()) as f64 / u64::MAX as f64
}
