//! `cargo xtask` as a process.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic fails the test")]

mod arguments;
mod atomic;
mod check;
mod diagnostics;
mod generate;
mod mutate;
mod repository;
mod several_files;
mod test_models;
mod workspace;
