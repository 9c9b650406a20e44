//! A matrix of faults on loopback: what a call makes of each, awaited and blocking, and that it leaves nothing
//! behind.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot do its part fails the test"
)]

mod blocking;
mod cancelling;
mod case;
mod cases;
mod certificates;
mod tasks;
mod waiting;
