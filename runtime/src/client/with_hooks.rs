//! The functions of clients with hooks. Only the builder's method `hook` refers to them.

use super::hook_code::HookCode;
use super::notify;
use super::send::send_within_hooks;

pub(super) static HOOK_CODE: HookCode = HookCode {
    send: |call, input, timer, slot| Box::pin(send_within_hooks(call, input, timer, slot)),
    before_attempt: |call, attempt| Box::pin(notify::before_attempt(call, attempt)),
    after_response: |call, number, response| Box::pin(notify::after_response(call, number, response)),
    after_attempt: |call, attempt, result, error| {
        Box::pin(notify::after_attempt(call, attempt, result, error))
    },
};
