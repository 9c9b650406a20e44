//! A call with the hooks that wrap it.

use super::discovery;
use super::hook::{CallInfo, CallOutcome, RunCall};
use super::metadata::Metadata;
use super::prepare::PreparedCall;
use super::timer::Timer;
use crate::error::Failure;
use crate::operation::{CallInput, ResponseSlot};
use std::sync::Arc;

/// Executes a call within its hooks.
pub(super) async fn send(
    call: &mut PreparedCall,
    input: &mut dyn CallInput,
    timer: Timer,
    slot: &mut dyn ResponseSlot,
) -> Result<Metadata, Box<Failure>> {
    if call.inner.hooks.is_empty() {
        return discovery::send(call, input, timer, slot).await;
    }
    let inner = Arc::clone(&call.inner);
    let info = CallInfo(call.operation);
    let mut run = RunCall(Box::pin(async { CallOutcome(discovery::send(call, input, timer, slot).await) }));
    // The first hook is the outermost.
    for hook in inner.hooks.iter().rev() {
        run = RunCall(hook.around_call(&info, run));
    }
    run.await.0
}
