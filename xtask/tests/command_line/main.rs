//! `cargo xtask` as a process.
//!
//! The modules are one test target so that the builds of generated crates in [`conformance`] and [`evolution`]
//! run in parallel.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic fails the test")]

mod arguments;
mod atomic;
mod check;
mod conformance;
mod diagnostics;
mod evolution;
mod generate;
mod mutate;
mod repository;
mod several_files;
mod test_models;
mod workspace;
