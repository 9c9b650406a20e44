//! What code of the user sees around each attempt, and can do to it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot do its part fails the test"
)]

mod answers;
mod attempts;
mod dpop;
mod modes;
mod support;
