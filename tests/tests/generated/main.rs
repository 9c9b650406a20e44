//! Generated crates: their public API, properties of their shapes, and endpoint rules of models.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a panic fails the test")]

mod api;
mod endpoint_rules;
mod properties;
