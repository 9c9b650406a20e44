//! Generates Rust client crates from Smithy JSON AST models.
//!
//! Model bytes and settings in, files or diagnostics out: this library touches no disk, environment,
//! clock or network, and what it returns is the same on every machine and run.

pub mod ast;
pub mod diagnostic;
pub mod model;

pub use diagnostic::{Diagnostic, Diagnostics, Span};
