//! Client settings: effects, sources and precedence.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "panics fail the test")]

mod environment;
mod support;
mod user_agent;
mod variables;
