//! Tests that build generated crates. They take longer than all others of `xtask`, so `cargo test --workspace` leaves
//! them out. `.ci/run models` runs them, and so does `cargo test -p xtask --test builds`.
//!
//! The modules are one test target so that their builds run in parallel.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic fails the test")]

mod conformance;
mod evolution;
mod newcomer;
mod support;
mod tasks;
mod troubleshooting;
