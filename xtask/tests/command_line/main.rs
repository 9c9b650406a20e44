//! The command line as a real process, each test in a small workspace of its own.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod arguments;
mod atomic;
mod check;
mod generate;
mod mistakes;
mod repository;
mod workspace;
