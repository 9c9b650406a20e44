//! Hooks before each attempt and after each response.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "panics fail the test")]

mod attempts;
mod dpop;
mod modes;
mod responses;
mod support;
