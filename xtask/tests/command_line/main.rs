//! The command line as a real process, each test in a small workspace of its own.

mod arguments;
mod atomic;
mod check;
mod generate;
mod mistakes;
mod repository;
mod workspace;
