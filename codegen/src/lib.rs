//! Generates Rust client crates from Smithy JSON AST models.

mod docs;
