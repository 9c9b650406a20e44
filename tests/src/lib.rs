//! Support code of the tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic fails the test")]

pub mod cargo;
pub mod dpop;
pub mod endpoint_rules;
pub mod http2;
pub mod json;
pub mod modules;
pub mod properties;
pub mod server;
pub mod signin;
pub mod signin_server;
pub mod sigv4_verifier;
