//! `cargo xtask codegen` as a process, each test in its own small workspace.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod arguments;
mod atomic;
mod check;
mod diagnostics;
mod generate;
mod repository;
mod several_files;
mod workspace;
