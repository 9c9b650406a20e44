//! The generated Sign-In client against a server on loopback.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot do its part fails the test"
)]

mod bodies;
mod calls;
mod concurrency;
mod connections;
mod declared_errors;
mod endpoints;
mod error_codes;
mod events;
mod exchanges;
mod grants;
mod retries;
mod sans_io;
mod support;
mod timeouts;
mod tls;
mod transports;
