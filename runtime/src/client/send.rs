//! A call with the hooks that wrap it.

use super::discovery;
use super::hook::{CallInfo, CallOutcome, RunCall};
use super::hook_code::HookCode;
use super::metadata::Metadata;
use super::prepare::PreparedCall;
use super::timer::Timer;
use crate::boxed::BoxFuture;
use crate::error::Failure;
use crate::operation::{CallInput, ResponseSlot};
use std::sync::Arc;

/// Executes a call, within its hooks if the client has any.
///
/// A function that boxes its future, not an `async fn`: futures of those are compiled again in each crate that makes a
/// call.
#[inline(never)]
pub(super) fn send<'c>(
    call: &'c mut PreparedCall,
    input: &'c mut dyn CallInput,
    timer: Timer,
    slot: &'c mut dyn ResponseSlot,
) -> BoxFuture<'c, Result<Metadata, Box<Failure>>> {
    match HookCode::of(call) {
        None => discovery::send(call, input, timer, slot),
        Some(hooks) => (hooks.send)(call, input, timer, slot),
    }
}

/// Executes a call within its hooks.
pub(super) async fn send_within_hooks(
    call: &mut PreparedCall,
    input: &mut dyn CallInput,
    timer: Timer,
    slot: &mut dyn ResponseSlot,
) -> Result<Metadata, Box<Failure>> {
    let inner = Arc::clone(&call.inner);
    let info = CallInfo(call.operation);
    let mut run = RunCall(Box::pin(async { CallOutcome(discovery::send(call, input, timer, slot).await) }));
    // The first hook is the outermost.
    for hook in inner.hooks.iter().rev() {
        run = RunCall(hook.around_call(&info, run));
    }
    run.await.0
}
