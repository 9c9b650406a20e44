//! A matrix of faults on loopback: outcomes of async and blocking calls, without leaked tasks or connections.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "panics fail the test")]

mod async_calls;
mod blocking;
mod cancellation;
mod case;
mod cases;
mod certificates;
mod tasks;
mod uploads;
