//! The generated Sign-In client against a server on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "panics fail the test")]

mod bodies;
mod calls;
mod concurrency;
mod connections;
mod declared_errors;
mod endpoints;
mod error_codes;
mod events;
mod metadata;
mod retries;
mod sans_io;
mod support;
mod timeouts;
mod tls;
mod transports;
mod wire_format;
