//! Authentication over loopback: requests are verified as a service would verify them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "panics fail the test")]

mod blocking;
mod clients;
mod clock_skew;
mod log;
mod presigned;
mod signatures;
mod support;
mod variables;
