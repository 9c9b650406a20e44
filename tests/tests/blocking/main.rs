//! Clients whose calls block, against servers on loopback.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot do its part fails the test"
)]

mod calls;
mod connections;
mod limits;
mod proxies;
mod requests;
mod streams;
mod support;
mod tls;
mod transports;
mod tree;
