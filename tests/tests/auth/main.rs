//! Authentication, over loopback: what is sent is what a service would accept.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot do its part fails the test"
)]

mod blocking;
mod clients;
mod clock;
mod log;
mod presigned;
mod signatures;
mod support;
mod variables;
