//! Blocking clients against servers on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "panics fail the test")]

mod calls;
mod connections;
mod dependency_tree;
mod proxies;
mod requests;
mod streams;
mod support;
mod timeouts;
mod tls;
mod transports;
