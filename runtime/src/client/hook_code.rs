//! The functions that call hooks, behind pointers: programs without hooks do not contain them.

use super::hook::{Attempt, RetryDecision};
use super::metadata::Metadata;
use super::prepare::PreparedCall;
use super::timer::Timer;
use crate::boxed::BoxFuture;
use crate::error::Failure;
use crate::operation::{CallInput, ResponseSlot};
use bytes::Bytes;
use http::Response;
use std::any::Any;

/// Functions that call the hooks of a client.
pub(super) struct HookCode {
    /// Executes a call within its hooks.
    pub(super) send: Send,
    pub(super) before_attempt: BeforeAttempt,
    pub(super) after_response: AfterResponse,
    pub(super) after_attempt: AfterAttempt,
}

type Result<T> = std::result::Result<T, Box<Failure>>;

type Send = for<'c> fn(
    &'c mut PreparedCall,
    &'c mut dyn CallInput,
    Timer,
    &'c mut dyn ResponseSlot,
) -> BoxFuture<'c, Result<Metadata>>;

type BeforeAttempt = for<'c> fn(&'c PreparedCall, &'c mut Attempt<'_>) -> BoxFuture<'c, Result<()>>;

type AfterResponse =
    for<'c> fn(&'c PreparedCall, u32, Response<Bytes>) -> BoxFuture<'c, Result<Response<Bytes>>>;

type AfterAttempt = for<'c> fn(
    &'c PreparedCall,
    &'c Attempt<'_>,
    &'c Result<Response<()>>,
    Option<&'c (dyn Any + std::marker::Send + Sync)>,
) -> BoxFuture<'c, Result<RetryDecision>>;

impl HookCode {
    /// Returns the functions for a call, if its client has hooks.
    pub(super) fn of(call: &PreparedCall) -> Option<&'static Self> {
        call.inner.hook_code?.downcast_ref()
    }
}
