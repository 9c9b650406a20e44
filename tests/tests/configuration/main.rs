//! What settings do, and where they come from.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot do its part fails the test"
)]

mod environment;
mod introduction;
mod support;
mod variables;
