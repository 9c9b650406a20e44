//! Clients against servers on loopback and mock transports.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic fails the test")]

mod auth;
mod blocking;
mod call_settings;
mod configuration;
mod discovery;
mod end_to_end;
mod error_types;
mod file_bodies;
mod framing;
mod hooks;
mod requests;
mod send_sync;
mod transport;
mod typed_mocks;
